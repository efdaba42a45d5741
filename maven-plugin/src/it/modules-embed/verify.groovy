// The compiler on the module path: its resources, ANTLR and protocol buffers are found there.
String log = new File(basedir, 'build.log').text
assert log.contains('[3.0, 6.0] of any size, [10.0, 20.0] of a text')
assert log.contains('6 of a whole program')
assert log.contains('E0201: unknown name `y`')
return true
