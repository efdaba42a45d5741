/// Evaluates expressions. Read [Expressions] first, which has a case for each kind of expression,
/// then [Calls], which applies functions; [HiddenFunctions] are those that a `let` hides.
///
/// [Branches] is `if`, [Matches] is `match` on what [Variants] makes, [Loops] are loops,
/// [Comprehensions] arrays and tuples made by one, and [Sequences] what a `for` goes through, each
/// a [Sequence]. [Assertions] refuses what an `assert` of a block excludes, and
/// [DebugPrints] prints from it. [Indexing] is `x[…]`
/// and [Updates] `x with […] = v`; both read the brackets with [Subscripts] and [Slices], and
/// [KeyIndex] tells which keys an index chooses. [Strings] evaluates strings that must be static.
package org.girih.grammar.elaborate.expression;
