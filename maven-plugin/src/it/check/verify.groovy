// Programs are checked too, and nothing is written.
String log = new File(basedir, 'build.log').text
assert log =~ /\[ERROR\] .*train\.girih:\[5,\d+\] error\[E0103\]: matrix product of f32\[3, 4\] and f32\[5\]/
assert !new File(basedir, 'target').exists()
return true
