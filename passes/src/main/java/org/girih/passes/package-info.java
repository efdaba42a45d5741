/// Passes: what happens to a program between the elaborator and the emitter.
///
/// A [Pass] is a value: a name, a sentence, the stages between which it runs and a function from
/// program to program. A [Stage] says what a program may
/// hold. A [Pipeline] is a list of passes; [Pipelines#standard] is what `girih run`
/// uses at a [Level], and `girih opt --pass NAME` runs one. [Pipelines] lists all. Each keeps the
/// types of all functions that stay and are called from outside, and the numbers that they return,
/// bit for bit; that of `--check` adds two results to entries, and `merge_dots`, which is in no
/// pipeline, and `reassociate`, which is only where it is asked for, may change last bits.
///
/// ```
/// func @f(%0: f32[3]) -> (f32[3]) {            func @f(%0: f32[3]) -> (f32[3]) {
///   %1: f32[3] = sin %0                          %1: f32[3] = sin %0
///   %2: f32[3] = sin %0                 cse      %2: f32[3] = multiply %1 %1
///   %3: f32[3] = multiply %1 %2         ───▶     return %2
///   return %3                                  }
/// }
/// ```
///
/// | pass | what it does | from level |
/// |---|---|---|
/// | [PruneFunctions] | drops functions that no entry reaches | 0 |
/// | [Rewriting] | rewrites equations by the rules of `org.girih.passes.rewrite` | 1 |
/// | [CommonSubexpressions] | computes each thing of a function once | 1 |
/// | [DeadCode] | drops equations, carries, parameters, results that nothing uses | 1 |
/// | [SimplifyScans] | takes out of loops what their iterations do not change | 2 |
/// | [Hoist] | computes before a loop what is the same in each iteration | 2 |
/// | [MergeFunctions] | keeps one of functions that do the same | 2 |
/// | [CseRegions] | hands to branches and bodies what their caller has computed | 2 |
/// | [Inline] | inlines small functions, and those called once | 2 |
/// | [Rematerialise] | lets loops compute again what others stacked | `--memory` |
/// | [Reassociate] | adds and multiplies floats in another order | `--reassociate` |
/// | [MergeDots] | makes one product of those with one left operand | none |
/// | `org.girih.passes.check` | for `--check`: makes entries tell of NaN, infinities, indices out
/// of bounds | |
///
/// Level 2 rewrites and looks for common subexpressions once more after the passes for loops.
///
/// All are loops over lists, none recurses, so depth costs nothing. What copies or moves equations
/// is held to a multiple of the program's size by a [Budget]; the rest is linear as it is. What
/// they do not do: unroll loops of more than one iteration, move code out of branches.
package org.girih.passes;
