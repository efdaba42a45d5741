/// Runs a program: [FileLoader] reads what the elaborator asks for, [HostDriver] does the steps of
/// a plan on the devices of a [Machine], each entry compiled once, and [Checkpoints] keeps what its
/// outermost loops carry. [RunOptions] is the world around it. [Placements] records where the parts
/// of arrays are, [ShardingReport] what the partitioner made of it.
///
/// [EntryCompiler] compiles the entries ahead of their use, under a [MemoryLimit] if there is one;
/// [RuntimeShapes] names types as the runtime does. [Printing] makes text of what is printed.
/// [Profile] measures where the time goes, and [Stages] shows what the plugin made of a program. A
/// [RunProblem] ends a run with a diagnostic.
package org.girih.host.run;
