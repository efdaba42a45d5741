/// The operations of the IR, one file an op (or a family of pointwise ops), so that a listing of
/// this folder is the list of ops. An op is a record or an enum constant: its attributes are its
/// components, and its rules are its methods. What passes need to know of an op is here; what XLA
/// calls it is in the emitter.
///
/// [Op] is sealed by *how an op is differentiated*: [Linear], [Smooth], [Custom], [Discrete] and
/// [Structured]. Each kind asks for its rules: all for `infer`, the typing rule, and `batch`; those
/// that have a derivative for `tangent`, linear ones for `transpose` too.
///
/// Walk: `x @ w` with `x: f32[16, 4]`, `w: f32[4, 3]` is `Dot[contract {1} with {0}]`. Its `infer`
/// checks that sizes 4 and 4 agree, and returns `f32[16, 3]`: batch dimensions, then what is left
/// of the left operand, then what is left of the right one.
///
/// | class | role |
/// |---|---|
/// | [Builder] | the place where rules append equations |
/// | [Inference], [IllTyped] | what a typing rule asks, and how it refuses |
/// | [TransposedOperands], [Cotangents] | what a transposition rule gets, and where it adds |
/// | [Batched], [BatchAxis], [Mask] | what a batching rule returns, its axis, and which of a list |
/// | [Transform] | `grad`, `vmap` and the others, until they are expanded |
/// | [Control] | calls, branches and loops, the structured ops that are left then |
/// | [Transforms], [Splitting], [Demands] | what rules of structured ops ask of functions |
/// | [LanesApart] | lanes of a structured op, one after the other |
/// | [Refusal] | a rule that cannot do what the program asks for |
/// | [Work], [NanSource] | what an op costs, and whether it can make a NaN |
/// | [FuncRef], [Names] | names of functions, and of ops |
/// | [Windows], [Sliding] | how index vectors and windows address an array |
///
/// What a typing rule demands is numbered in the op's doc, from C1 on, as in StableHLO's
/// specification; `infer` asks with that number ([Inference#c]), and what is refused cites it: `dot
/// (C5): paired sizes: 4 and 5 differ`. An op whose rule is another's has its numbers too: `(C1) to
/// (C4) are those of [Jvp]`. A test demands that doc and code have the same numbers, and that
/// `testdata/ops/NAME/infer.tir` shows a refusal for each. Sizes that are not decided cite none.
package org.girih.ir.op;
