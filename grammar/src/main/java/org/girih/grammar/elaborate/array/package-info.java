/// Turns values into arrays and computes with them. Read [Operands] first, then [Operators].
///
/// [Operands] brings operands to one dtype and one shape; [Operators] is arithmetic and comparison
/// on top of it, [PowerOperator] and [Products] are `**` and `@`, and [Casts] converts. [Literals]
/// makes constants of literals, [Stacking] one array of several, [Rows] several of one.
///
/// [BranchJoin] finds the value that represents two, as an `if` yields them; [Carries] finds the
/// types of what a loop carries, [Sums] and [LiteralLeaves] the parts of both that are sum types or
/// literals, and [KeyCarries] holds the keys among it to their rule:
/// [KeyIterations] follows them from one iteration to the next. [Binding] binds arguments to
/// parameters, [Statics] reads those that must be static, [KeyArgument] those that are keys, and
/// [Pictures] tells which values can be drawn.
package org.girih.grammar.elaborate.array;
