/// Evaluates expressions. Read [Expressions] first, which has a case for each kind of expression,
/// then [Calls], which applies functions.
///
/// [Branches] is `if`, [Loops] are loops, [Comprehensions] arrays made by one. [Indexing] is `x[…]`
/// and [Updates] `x with […] = v`; both read the brackets with [Subscripts] and [Slices], and
/// [KeyIndex] tells which keys an index chooses. [Strings] evaluates strings that must be static.
package org.girih.grammar.elaborate.expression;
