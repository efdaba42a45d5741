// On the module path, with what girih.runtime itself requires, and nothing else.
String log = new File(basedir, 'build.log').text
assert log.contains('[2.0, 4.0, 6.0] on cpu:0, of the module girih.runtime')
assert log.contains('org.girih.runtime.pjrt is its own')
return true
