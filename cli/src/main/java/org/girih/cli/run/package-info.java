/// Running a program: [FileLoader] reads what the elaborator asks for, [HostDriver] does the steps
/// of a plan on a device, each entry compiled once, and [Checkpoints] keeps what its outermost
/// loops carry.
package org.girih.cli.run;
