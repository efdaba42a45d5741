/// Rewrites, one file each: a pattern, what it becomes, and why the numbers stay the same.
///
/// A [Rewrite] looks at one equation and at what defines its operands ([Context], a view of its
/// function's [DefiningEquations]), and answers with a [Rewrite.Step]: another value replaces the
/// result, or another op on other operands computes it. [Rewrites] lists them.
///
/// "Bit for bit" here leaves two things open, as XLA does itself: the payload of a NaN (an op may
/// quiet it), and subnormal numbers, which a plugin may take for zero wherever it computes. −0, NaN
/// and infinities are kept: `x + 0.0` is not `x`, since −0 + 0 = 0.
package org.girih.passes.rewrite;
