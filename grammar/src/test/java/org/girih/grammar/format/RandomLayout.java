package org.girih.grammar.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// Writes tokens with spaces, tabs, line breaks and comments by chance, wherever the head of the
/// grammar says that a line break ends no statement.
final class RandomLayout {
  private static final List<String> SPACES = List.of(" ", " ", "  ", "\t", " \t ");
  private static final Set<String> GO_ON_AFTER =
      Set.of(
          ",", "=", "+=", "*=", "->", "|>", "then", "else", "and", "or", "not", "in", "with", "as",
          "if", "for", "while", ":", ".", "..", "@", "**", "*", "/", "//", "%", "+", "-", "<<",
          ">>", "&", "^", "|", "==", "!=", "<", "<=", ">", ">=", "{", "loop", "match", "let",
          "assert");
  private static final Set<String> GO_ON_BEFORE =
      Set.of(
          ",", "=", "+=", "*=", "->", "|>", "then", "else", "and", "or", "in", "with", "as", ":",
          ".", "..", "**", "*", "/", "//", "%", "<<", ">>", "&", "^", "|", "==", "<", "<=", ">",
          ">=", "}");

  private final Random random;
  private final int breaks;
  private final int comments;
  private final String end;
  private final StringBuilder out = new StringBuilder();
  private final List<Boolean> open = new ArrayList<>();
  private final List<String> written = new ArrayList<>();

  private RandomLayout(Random random) {
    this.random = random;
    this.breaks = random.nextInt(2, 40);
    this.comments = random.nextInt(2, 60);
    this.end = random.nextInt(5) == 0 ? "\r\n" : "\n";
  }

  /// A text, and the comments in it.
  record Laid(String text, List<String> comments) {}

  /// @param tokens with line breaks between statements; empty ones are left out
  static Laid of(List<String> tokens, Random random) {
    var layout = new RandomLayout(random);
    String before = "\n";
    for (String token : tokens) {
      if (!token.isEmpty()) {
        layout.place(before, token);
        before = token;
      }
    }
    if (random.nextBoolean()) {
      layout.lineEnd();
    }
    return new Laid(layout.out.toString(), layout.written);
  }

  private void place(String before, String token) {
    if (token.equals("\n")) {
      lineEnd();
      return;
    }
    gap(before, token);
    out.append(token);
    switch (token) {
      case "(", "[" -> open.add(true);
      case "{" -> open.add(false);
      case ")", "]", "}" -> open.removeLast();
      default -> {}
    }
  }

  private void gap(String before, String token) {
    boolean inList = !open.isEmpty() && open.getLast();
    // A line that begins so is a statement, even in brackets.
    boolean begins = Set.of("let", "assert", "def", "module", "import").contains(token);
    boolean may =
        before.equals("\n")
            || !begins && inList
            || before.equals("{")
            || !begins && (GO_ON_AFTER.contains(before) || GO_ON_BEFORE.contains(token));
    while (may && random.nextInt(breaks) == 0) {
      lineEnd();
    }
    if (!before.equals("\n") || random.nextInt(4) == 0) {
      out.append(SPACES.get(random.nextInt(SPACES.size())));
    }
  }

  private void lineEnd() {
    if (random.nextInt(comments) == 0) {
      out.append(SPACES.get(random.nextInt(SPACES.size())));
      comment();
    }
    out.append(end);
    while (random.nextInt(6) == 0) {
      if (random.nextInt(comments) < 2) {
        comment();
      }
      out.append(end);
    }
  }

  private void comment() {
    String text = (random.nextInt(4) == 0 ? "## " : "# ") + "note " + written.size() + " 😀 {\"";
    written.add(text);
    out.append(text);
  }
}
