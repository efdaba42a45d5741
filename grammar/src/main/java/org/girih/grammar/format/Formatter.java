package org.girih.grammar.format;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.girih.grammar.ast.AstPrinter;
import org.girih.grammar.parse.LexedFile;
import org.girih.grammar.parse.Lexeme;
import org.girih.grammar.parse.Lexeme.Role;
import org.girih.grammar.parse.SourceParser;
import org.girih.ir.diagnostic.CompilerBug;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.source.Source;

/// Lays files out.
public final class Formatter {
  private Formatter() {}

  /// Returns the text of a file, laid out; equal to the file's where nothing is to be changed. It
  /// has the same tokens, but for commas before closing brackets, the same syntax tree and the same
  /// comments, which is checked each time.
  ///
  /// @param diagnostics gets the syntax errors
  /// @return empty if and only if there was at least one
  public static Optional<String> format(Source source, Diagnostics diagnostics) {
    return SourceParser.lex(source, diagnostics).map(Formatter::format);
  }

  private static String format(LexedFile file) {
    Source source = file.file().source();
    List<Lexeme> lexemes = file.lexemes();
    var gaps = new Gaps(source, lexemes);
    var breaks = new Breaks(lexemes, gaps);
    BitSet leftOut = TrailingCommas.of(lexemes, source.text(), breaks, gaps);
    var spacing = new Spacing(source, lexemes, leftOut);
    var lines = new Lines(lexemes, spacing, breaks);
    while (breaks.openColumns()) {
      lines = new Lines(lexemes, spacing, breaks);
    }
    String text = new Text(lexemes, gaps, spacing, lines).toString();
    if (!text.equals(source.text())) {
      check(file, gaps, text);
    }
    return text;
  }

  /// Refuses a text that means something else than the file.
  private static void check(LexedFile before, Gaps gaps, String text) {
    var source = new Source(before.file().source().name(), text);
    LexedFile after =
        SourceParser.lex(source, new Diagnostics())
            .orElseThrow(() -> new CompilerBug("the formatter broke " + source));
    if (!tokens(before).equals(tokens(after))) {
      throw new CompilerBug("the formatter changed a token of " + source);
    }
    if (!AstPrinter.print(before.file()).equals(AstPrinter.print(after.file()))) {
      throw new CompilerBug("the formatter changed the meaning of " + source);
    }
    if (!gaps.texts().equals(new Gaps(source, after.lexemes()).texts())) {
      throw new CompilerBug("the formatter changed a comment of " + source);
    }
  }

  /// Returns the texts of all tokens but commas before closing brackets, with their roles and where
  /// statements begin.
  private static List<String> tokens(LexedFile file) {
    String text = file.file().source().text();
    List<Lexeme> lexemes = file.lexemes();
    var out = new ArrayList<String>(lexemes.size());
    for (int i = 0; i < lexemes.size(); i++) {
      Lexeme lexeme = lexemes.get(i);
      if (lexeme.is(Role.COMMA) && i + 1 < lexemes.size() && lexemes.get(i + 1).is(Role.CLOSE)) {
        continue;
      }
      String token = text.substring(lexeme.start(), lexeme.end());
      out.add(lexeme.role() + (lexeme.statement() ? "\n" : " ") + token);
    }
    return out;
  }
}
