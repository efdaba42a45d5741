String java = new File(basedir, 'target/generated-sources/girih/Twice.java').text
assert java.contains('public float[] twice(float[] x)')
assert new File(basedir, 'target/generated-resources/girih/Twice.girihx').exists()
return true
