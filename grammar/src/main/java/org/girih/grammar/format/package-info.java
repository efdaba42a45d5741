/// The layout of programs: [Formatter#format] makes a text of a text, without files.
///
/// There is one format and no option. Where the user broke lines they stay broken, as in gofmt, and
/// lines of more than [Lines#WIDTH] columns are broken where it costs least. In order:
///
/// 1. [org.girih.grammar.parse.SourceParser#lex] gives the tokens, each with its role in the
///    grammar ([org.girih.grammar.parse.Lexeme]);
/// 2. [Gaps] holds what is between them: line breaks, empty lines, each [Comment];
/// 3. [Rule] is the table of the format: spaces, and where a line may be broken at what cost;
/// 4. [Breaks] keeps line breaks of the user, [TrailingCommas] finds the commas that go;
/// 5. [Lines] breaks lines that are too long, and [Indentation] indents them all;
/// 6. [Text] writes the tokens, which [Spacing] sets apart, and the comments;
/// 7. [Formatter] parses what was written and holds it against the tokens, the tree and the
/// comments
///    of before.
///
/// What was formatted stays as it is: lines are only broken that are too long and have a place to
/// be broken at, which no line of the result is, and all else is a function of tokens and line
/// breaks. No tree of nested groups is built, as pretty printers do: whether such a group fits
/// depends on what surrounds it, and line breaks that a user chose have no place in it. Everything
/// here goes through the tokens from the first to the last, and takes time in proportion to their
/// number.
package org.girih.grammar.format;
