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
/// | package | passes | from level |
/// |---|---|---|
/// | `transform` | `expand`, `expand_lanes_apart`, `erase_rules` | 0 |
/// | `rebuild` | `prune_functions`, and what others rebuild programs with | 0 |
/// | `optimise` | `simplify`, by the rules of `rewrite`; `fold`, `cse`, `dead_code` | 1 |
/// | `loop` | `simplify_scans`, `hoist` | 2 |
/// | `optimise` | `merge_functions`, `cse_regions`, `inline` | 2 |
/// | `loop` | `rematerialise` | `--memory` |
/// | `optimise` | `reassociate` | `--reassociate` |
/// | `optimise` | `merge_dots` | none |
/// | `check` | `functionalize_checks`: entries tell of NaN, infinities, indices | `--check` |
///
/// Level 2 rewrites and looks for common subexpressions once more after the passes for loops.
///
/// All are loops over lists, none recurses, so depth costs nothing. What copies or moves equations
/// is held to a multiple of the program's size by a [org.girih.passes.rebuild.RewriteBudget]; the
/// rest is linear as it is. What they do not do: unroll loops of more than one iteration, move code
/// out of branches.
package org.girih.passes;
