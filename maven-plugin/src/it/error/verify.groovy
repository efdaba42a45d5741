// The error stands in the log as one of the Java compiler would: file, line, column.
String log = new File(basedir, 'build.log').text
assert log =~ /\[ERROR\] .*wrong\.girih:\[4,\d+\] error\[E0103\]: matrix product of f32\[3, 4\] and f32\[5\]/
assert log.contains('f32[5]')
assert !new File(basedir, 'target/generated-sources/girih/Wrong.java').exists()
return true
