package org.girih.grammar.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.girih.grammar.ast.Item;
import org.girih.ir.diagnostic.CompilerBug;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.source.Source;

/// A file of the standard library, cut into its items by the words that begin its lines. Its defs
/// are parsed when they are first needed: a program calls a few of two thousand, and parsing all of
/// them took most of its start.
///
/// This is for the library alone, all of whose items begin at the margin, a rule on its def's line,
/// and are free of errors. A test asks of each of its files that its parts, all parsed, are what
/// [SourceParser] makes of the whole.
///
/// @param items what is not a def, and no test, parsed
/// @param defs in the order of the file
public record Outline(Source source, List<Item> items, List<Def> defs) {
  private static final Pattern HEAD =
      Pattern.compile(
          "(?:@[a-z]+\\(([\\w.]+)\\)\\s+)?(def|module|type|import|test|bench)\\b\\s*(\\w*)");

  /// A def that is not parsed yet.
  ///
  /// @param documented whether it has a doc comment, as those for programs do
  /// @param ruleOf the def whose derivative it is
  /// @param item parses it, at each call
  public record Def(
      String name, boolean documented, Optional<String> ruleOf, Supplier<Item.Def> item) {}

  /// Cuts a file.
  public static Outline of(Source source) {
    var items = new ArrayList<Item>();
    var defs = new ArrayList<Def>();
    List<Integer> starts = starts(source.text());
    for (int i = 0; i < starts.size(); i++) {
      int head = starts.get(i);
      int end = i + 1 < starts.size() ? starts.get(i + 1) : source.text().length();
      Matcher words = HEAD.matcher(source.text()).region(head, end);
      if (!words.lookingAt()) {
        throw new CompilerBug(source.name() + ": no item begins at " + head);
      }
      int start = docStart(source.text(), head);
      Supplier<Item> parse = () -> parse(source, start, end);
      switch (words.group(2)) {
        case "def" ->
            defs.add(
                new Def(
                    words.group(3),
                    source.text().startsWith("##", start),
                    Optional.ofNullable(words.group(1)),
                    () -> (Item.Def) parse.get()));
        case "test", "bench" -> {}
        case String _ -> items.add(parse.get());
      }
    }
    return new Outline(source, List.copyOf(items), List.copyOf(defs));
  }

  /// Returns where lines with a letter or an `@` at the margin begin, but for those of conditions.
  private static List<Integer> starts(String text) {
    var out = new ArrayList<Integer>();
    for (int at = 0; at < text.length(); at = text.indexOf('\n', at) + 1) {
      char first = text.charAt(at);
      if ((Character.isLetter(first) || first == '@') && !text.startsWith("where", at)) {
        out.add(at);
      }
      if (text.indexOf('\n', at) < 0) {
        break;
      }
    }
    return out;
  }

  /// Returns where the lines of comment right above a line begin.
  private static int docStart(String text, int line) {
    int start = line;
    while (start > 0) {
      int above = text.lastIndexOf('\n', start - 2) + 1;
      if (!text.startsWith("##", above)) {
        break;
      }
      start = above;
    }
    return start;
  }

  private static Item parse(Source source, int start, int end) {
    var diagnostics = new Diagnostics();
    return SourceParser.item(source, start, end, diagnostics)
        .orElseThrow(() -> new CompilerBug(source.name() + ": " + diagnostics.all()));
  }
}
