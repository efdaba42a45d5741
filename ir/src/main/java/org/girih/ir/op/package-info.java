/// The operations of the IR, one file an op (or a family of pointwise ops), so that a listing of
/// this folder is the list of ops. An op is a record or an enum constant: its attributes are its
/// components, and its rules are its methods. What passes need to know of an op is here; what XLA
/// calls it is in the emitter.
///
/// [Op] is sealed by *how an op is differentiated*: [Linear], [Smooth], [Custom], [Discrete] and
/// [Structured]. A rule joins the interface together with the pass that calls it; today that is
/// `infer`, the typing rule, which the builder and the checker call.
///
/// Walk: `x @ w` with `x: f32[16, 4]`, `w: f32[4, 3]` is `Dot[contract {1} with {0}]`. Its `infer`
/// checks that sizes 4 and 4 agree, and returns `f32[16, 3]`: batch dimensions, then what is left
/// of the left operand, then what is left of the right one.
package org.girih.ir.op;
