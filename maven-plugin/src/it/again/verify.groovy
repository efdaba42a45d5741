String log = new File(basedir, 'build.log').text
assert log.count('Compiling 2 Girih sources.') == 1
assert log.count('Nothing to compile: 2 Girih sources are as they were.') == 1
assert new File(basedir, 'target/generated-sources/girih/deep/Model.java').text.startsWith('package deep;')
assert new File(basedir, 'target/generated-resources/girih/deep/Model.girihx').exists()

def suite = new groovy.xml.XmlSlurper().parse(new File(basedir, 'target/girih-reports/TEST-model.xml'))
assert suite.@tests == 2 && suite.@failures == 1
assert suite.testcase.find { it.@name == 'bad' }.failure.@type == 'E0706'
assert log =~ /\[ERROR\] .*model\.girih:\[7,\d+\] error\[E0706\]/
return true
