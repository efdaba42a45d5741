/// Passes: what happens to a program between the elaborator and the emitter.
///
/// A [Pass] is a value: a name, a sentence, the stages between which it stands and a function from
/// program to program. A [Pipeline] is a list of them; [Pipelines#standard] is what `girih run`
/// uses, and `girih opt --pass NAME` runs one. Each keeps the types of all functions that stay, and
/// the numbers that they give, bit for bit; that of `--check` gives entries two results more.
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
/// | pass | what it does |
/// |---|---|
/// | [PruneFunctions] | drops functions that no entry reaches |
/// | [Rewriting] | rewrites equations by the rules of `org.girih.passes.rewrite` |
/// | [CommonSubexpressions] | computes each thing once |
/// | [DeadCode] | drops equations whose results nothing uses |
/// | `org.girih.passes.check` | for `--check`: makes entries tell of NaN, infinities, indices out
/// of bounds |
///
/// All are loops over lists, linear in the number of equations; none recurses, so depth costs
/// nothing. What they do not do yet: move code out of loops, look into called functions.
package org.girih.passes;
