/// The text form of programs, `.tir`: what `girih show` prints, what `girih opt` reads, and what
/// the golden files are written in. Its law is that reading what was printed yields the same
/// program.
///
/// ```
/// func @f(%0: f32[3]) -> (f32[3]) {
///   %1: f32[3] = sin %0
///   %2: f32 = constant {value = f32 1.0}
///   %3: f32[3] = broadcast %2 {dims = [3], axes = []}
///   %4: f32[3] = add %1 %3
///   return %4
/// }
///
/// entry @f("x") -> ("")
/// ```
///
/// [TirPrinter] writes and [TirParser] reads. Neither knows any op: [OpForms] finds the ops through
/// the sealed [org.girih.ir.op.Op] and their attributes through record components, so that an op
/// joins the text form by being declared. The types of attributes are a closed set
/// ([AttributeForm]); [LiteralText] holds the rules for elements, exact to the bit.
///
/// Lexical rules: `#` begins a comment; a line break is a space, but operands are on the line of
/// their op. Ids count up from 0 in each function, parameters first. The types of an equation's
/// results may be left out, and those of a function's: then they are what the ops infer. Function
/// names that are not made of letters, digits, `_` and `.` are in quotes: `@"odd name"`. An entry
/// names its function, the leaf path of each parameter and of each result.
///
/// Limits: a rank above 256, sizes nested deeper than 32 or with more than 1,024 terms are refused.
package org.girih.ir.text;
