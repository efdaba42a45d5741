/// From text to tree. [SourceParser#parse] is the door; behind it stand, in order:
///
/// 1. `GirihLexer` (generated from `Girih.g4`) makes tokens over [Utf16Stream];
/// 2. [Layout], the token filter, makes line breaks into `NL`, matches brackets, lets [Lambdas] mark
///    the heads of lambdas, and cuts the file into [Chunk]s, one an item;
/// 3. `GirihParser` runs over a chunk, SLL first and LL where that fails; [Mistakes] says what was
///    not expected;
/// 4. [ItemBuilder], [ExprBuilder], [AtomBuilder], [OperatorBuilder], [TypeBuilder] and
///    [TextBuilder] make the records of `org.girih.grammar.ast`.
///
/// All of it runs on a thread with a large stack, so that no input overflows it.
package org.girih.grammar.parse;
