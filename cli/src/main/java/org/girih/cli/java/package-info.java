/// Java source for the functions of a file: what `girih java` and the Maven plugin generate.
///
/// [org.girih.cli.java.JavaClass] writes the class, of [org.girih.cli.java.JavaMethod]s and
/// [org.girih.cli.java.JavaRecord]s; [org.girih.cli.java.JavaNames] turns names of the language
/// into names of Java; [org.girih.cli.java.JavaText] breaks lines as google-java-format does, so
/// that what comes out needs no formatter. The class loads the artifact that lies beside it as a
/// resource.
package org.girih.cli.java;
