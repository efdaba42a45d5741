/// Elaborates the host program. Read [HostStatements] first, which does the statements in order,
/// then [HostEffects] for those that print and write (an [AssertedComparison] is what an `assert`
/// shows), [HostLoops] for those that hold others, and [HostReadings] for the times, files and
/// [ProgramArguments] that they read.
///
/// [HostSegments] collects what they yield: pure statements between two effects become one
/// function, and the whole a plan. [SymbolicCheck] checks defs once for all sizes, [UnknownNames]
/// their names; [Signatures] describes what a def takes and returns.
package org.girih.grammar.elaborate.program;
