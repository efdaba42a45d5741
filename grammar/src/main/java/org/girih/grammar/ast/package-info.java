/// The syntax tree: sealed records, a span on each, made by the parser and read by the elaborator.
/// It says what was written, not what it means: names are not resolved, nothing is typed.
package org.girih.grammar.ast;
