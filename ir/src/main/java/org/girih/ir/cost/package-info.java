/// The cost of a program, counted from its equations: operations, transcendental functions, bytes
/// read from and written to memory.
///
/// Each op states its own ([org.girih.ir.op.Work]); [Traffic] that of the equations of
/// a block, neighbours of which share loops; [ProgramCost] adds up the [Cost] of functions, each
/// place of the source for itself, loops as often as they turn. Conventions are those of XLA's own
/// cost analysis, so that both can be laid side by side: an operation on an element counts once,
/// whatever its dtype, a multiplication with its addition in a product counts two, and
/// transcendental functions count apart.
///
/// ```
/// %2: f32[64, 16] = dot %0 %1 {…}      2 · 64 · 16 · 32 flops, 4 (64·32 + 32·16 + 64·16) bytes
/// %3: f32[64, 16] = tanh %2            1,024 transcendentals, 4 (64·16 + 64·16) bytes
/// ```
package org.girih.ir.cost;
