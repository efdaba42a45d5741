/// The goals of the Maven plugin. Maven's JVM may be older than Girih's classes: each goal runs a
/// command of `girih` in a process of its own ([org.girih.maven.Fork]), on a JDK that
/// [org.girih.maven.Jdk] finds, with the plugin's artifacts as class path. What that reports about
/// a source comes back as a message of the build, with file, line and column
/// ([org.girih.maven.Messages]).
///
/// The goals are [org.girih.maven.CompileMojo], [org.girih.maven.CheckMojo],
/// [org.girih.maven.TestMojo] and [org.girih.maven.BuildMojo].
package org.girih.maven;
