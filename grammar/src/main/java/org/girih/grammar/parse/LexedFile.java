package org.girih.grammar.parse;

import java.util.List;
import org.girih.grammar.ast.SourceFile;

/// A file, parsed, and its tokens.
public record LexedFile(SourceFile file, List<Lexeme> lexemes) {}
