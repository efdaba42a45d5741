/// The guard in front of the plugin. XLA trusts a serialised module in many places: a shape that
/// does not fit, a number out of range or an unknown opcode can end in a failed CHECK, which aborts
/// the process. [HloVerifier] refuses such modules first, with a diagnostic for each instruction
/// that is wrong; [HloReader] reads a stranger's file and brings it to the form that the verifier
/// takes.
///
/// [OpcodeRules] lists the opcodes that are accepted. Each has a [Rule] in the class of its family
/// ([ElementwiseRules], [ArrangementRules], [IndexingRules], [ProductRules], [ReductionRules],
/// [LinearAlgebraRules], [ControlRules]), which computes an instruction's shape from its operands
/// ([Site]) as XLA's shape inference does, and no less strictly.
///
/// [Access] tells how an opcode reads its operands, [Types] which families of element types rules
/// distinguish, and [HloLimits] how much a module may ask for.
package org.girih.hlo.verify;
