/// The syntax tree: sealed records, a span on each, made by the parser and read by the elaborator.
/// It records what was written, not what it means: names are not resolved, nothing is typed.
///
/// [FreeNames] and [BoundNames] list the names that a lambda or def uses from outside, and those
/// that patterns and blocks bind; [SizeNames] those of sizes in a type. [UnusedNames] warns of what
/// is bound for nothing.
///
/// A [SourceFile] is a list of [Item]s: definitions, modules, tests, benches, and statements
/// ([Stmt]). Statements hold expressions ([Expr]), patterns that bind names ([Pattern]), and types
/// as they are written ([TypeExpr]). [AstPrinter] prints a tree, for `girih show --stage ast` and
/// the goldens.
package org.girih.grammar.ast;
