/// The compiler inside a program: from source to something that runs, in one process.
///
/// [org.girih.embed.Embed] compiles a text and loads it onto a device.
/// [org.girih.embed.ArtifactBuilder] makes the artifact that `girih build` writes, and that
/// [org.girih.runtime.host.Program] loads: the module of each def whose sizes are numbers, and the
/// sources, from which [org.girih.embed.SourceCompiler] compiles those that are generic in sizes
/// when they are called.
package org.girih.embed;
