/// Runs what is not a host program: [ArtifactRun] a function of an artifact, [ModuleRun] a module
/// of HLO. [Json] and [Manifest] are their results and signatures as text, [BuiltFiles] remembers
/// which files are our own.
package org.girih.cli.run;
