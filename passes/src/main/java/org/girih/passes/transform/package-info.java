/// The transformations: what `grad`, `jvp`, `vjp`, `vmap` and their kin become.
///
/// They enter the IR as ops that name a function ([org.girih.ir.op.Transform]); [Expansion] walks
/// the program once, callees first, and replaces them by calls of derived functions. Derived
/// functions come from four questions, answered once each ([Derivations]):
///
/// | question | answered by | returns |
/// |---|---|---|
/// | `jvp` | [Forward] | results and tangents |
/// | `split` | [Split] | what is known before the tangents are, and the linear rest |
/// | `transpose` | [Transposition] | cotangents from cotangents |
/// | `batch` | [Batching] | the function on lanes |
///
/// Reverse mode is the first three in a row: the derivative of `f` along its tangents, cut where
/// tangents come in, and the linear part run backward. The rules of each op are with the op; the
/// ops that name functions (`call`, `cond`, `while`, `scan`) answer by asking the same questions of
/// these. Loops stay loops, and calls stay calls.
///
/// Walk: `grad(x -> sin(x) * x)(1.0)` is `vjp_backward {callee = @lambda, wrt = [0], of = [0]}`.
/// `@lambda.jvp` has `cos`, two products and a sum; `split` leaves `sin`, `cos` and the results in
/// `@lambda.fwd`, and `@lambda.lin(residuals, t)` with `t · cos(x) · x + sin(x) · t`; its transpose
/// `@lambda.vjp(residuals, ct)` adds both. The program calls `@lambda.fwd`, then `@lambda.vjp`.
///
/// What `shard_map` runs on each device ([org.girih.ir.op.MeshMap]) is the exception: its own
/// transformations wait until it was mapped over the devices, so that a derivative in it is that of
/// all devices together.
///
/// [EraseRules] follows: rules, checkpoints and stopped gradients have served, and become calls.
///
/// Limits: a linear map that a loop applies (`vjp`'s result called in a `scan`) is called with its
/// residuals in each iteration; whether the forward half is hoisted out is left to XLA.
///
/// [EntryGradients] makes the derivative of what a program enters, for `girih show --stage
/// gradient`.
package org.girih.passes.transform;
