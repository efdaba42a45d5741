/// The syntax tree: sealed records, a span on each, made by the parser and read by the elaborator.
/// It records what was written, not what it means: names are not resolved, nothing is typed.
///
/// [FreeNames] and [BoundNames] list the names that a lambda uses from outside, and those that
/// patterns and blocks bind.
package org.girih.grammar.ast;
