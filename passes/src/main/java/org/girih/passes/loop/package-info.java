/// Passes for loops: what of them goes before them, away, or is computed again.
///
/// | class | what it does |
/// |---|---|
/// | [SimplifyScans] | the pass that takes out of loops what iterations do not change |
/// | [LoopShape] | one loop as it is and as it could be |
/// | [LoopInvariants] | finds what is the same in every iteration of one loop |
/// | [Hoist] | the pass that computes before a loop what each iteration repeats |
/// | [Invariants] | finds what depends on fixed parameters only, and is worth that |
/// | [Rematerialise] | the pass that lets loops compute again what others stacked |
/// | [ForwardLoop] | a loop whose stacked values another one reads |
/// | [StackChoice] | which stacked values to compute again, the cheapest first |
/// | [Recomputed] | a loop with the equations that compute them |
///
/// ```
/// scan { %3 = sin %k; %4 = multiply %c %3 }   hoist   %3 = sin %k; scan { %4 = multiply %c %3 }
/// ```
package org.girih.passes.loop;
