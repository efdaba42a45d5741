/// Runs what is not a host program: [ArtifactRun] a function of an artifact, [ModuleRun] a module
/// of HLO. [Json] and [EntryManifest] are their results and signatures as text, [BuiltFiles]
/// remembers which files are our own. [DiagnosticsJson] is what `girih check --json` writes.
///
/// [TextFile] reads a text that a command names, and [WeightFiles] the arrays that an artifact
/// takes along.
package org.girih.cli.run;
