/// The compiler inside a program: from source to something that runs, in one process.
///
/// [org.girih.embed.Embed] compiles a text and loads it onto a device.
/// It also runs a whole program, which prints, loads, saves and draws in the world that
/// [org.girih.embed.RunSettings] describes.
///
/// [org.girih.embed.ArtifactBuilder] makes the artifact that `girih build` writes, and that
/// [org.girih.runtime.host.Program] loads: the module of each def whose sizes are numbers, and the
/// sources, from which [org.girih.embed.SourceCompiler] compiles those that are generic in sizes
/// when they are called.
///
/// [org.girih.embed.ProgramException] is a program that is wrong; [org.girih.embed.Leaves]
/// translates the types of the compiler into those of the runtime.
package org.girih.embed;
