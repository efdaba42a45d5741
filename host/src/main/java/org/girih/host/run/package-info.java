/// Runs a program: [FileLoader] reads what the elaborator asks for, [HostDriver] does the steps of
/// a plan on the devices of a [Machine], each entry compiled once, and [Checkpoints] keeps what its
/// outermost loops carry. [RunOptions] is the world around it. [Placements] records where the parts
/// of arrays are, [ShardingReport] what the partitioner made of it.
package org.girih.host.run;
