/// From text to tree. [SourceParser#parse] is the door; behind it are, in order:
///
/// 1. [org.girih.ir.source.SourceReader] decodes bytes, strictly UTF-8;
/// 2. `GirihLexer` (generated from `Girih.g4`) makes tokens over [Utf16Stream];
/// 3. [Layout], the token filter, makes line breaks into `NL` tokens, mends brackets that do not
///    match, and cuts the file into [ItemTokens]s, one an item, so that a file's parse trees are
///    never held all at once and an error in one item cannot hide those of the next;
/// 4. [ItemParser] runs `GirihParser` over a chunk, SLL first and LL where that fails; after an
///    error it replaces the faulty statement and tries again for the next one;
/// 5. [Mistakes] and [Expected] report what was wrong: `unexpected ..., expecting ...`;
/// 6. [ItemBuilder], [StmtBuilder], [ExprBuilder], [OperatorBuilder], [PatternBuilder],
/// [TypeBuilder]
///    and [TextBuilder] make the records of `org.girih.grammar.ast`.
///
/// The files of the standard library are only cut into items by [Outline]; each is parsed when it
/// is first needed.
///
/// [SourceParser#lex] gives, with the tree, the tokens as a [LexedFile], each a [Lexeme] with its
/// role ([Roles]), which [LexemeReader] reads off the parse trees: for `org.girih.grammar.format`.
///
/// All of it runs on a thread with a large stack ([org.girih.ir.source.LargeStack]) and refuses
/// what nests deeper than [Nesting] allows, so that no input overflows it, nor the stack of whoever
/// walks the tree later.
package org.girih.grammar.parse;
