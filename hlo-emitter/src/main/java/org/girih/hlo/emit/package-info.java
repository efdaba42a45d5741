/// From the typed IR to an `HloModuleProto`.
///
/// [HloEmitter] makes a module of one entry and the functions that it reaches. Each function
/// becomes a computation; the body and the condition of a loop and the branches of a `cond` become
/// computations that take their values in one tuple. [OpEmitter] defines which instructions each op
/// becomes; [ElementaryEmitter] holds the formulas of functions that XLA lacks as opcodes;
/// [ComputationBuilder] numbers and names instructions.
///
/// [Shardings] writes placements as XLA does.
package org.girih.hlo.emit;
