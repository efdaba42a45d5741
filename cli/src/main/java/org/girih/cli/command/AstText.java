package org.girih.cli.command;

/// A syntax tree as indented text, made of the records' own: `Binary[span=…, op=ADD, …]`.
final class AstText {
  private AstText() {}

  static String of(Object tree) {
    String text = tree.toString();
    var out = new StringBuilder();
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean empty = c == '[' && i + 1 < text.length() && text.charAt(i + 1) == ']';
      if (empty) {
        out.append("[]");
        i++;
      } else if (c == '[') {
        depth++;
        newLine(out.append(c), depth);
      } else if (c == ']') {
        depth--;
        newLine(out, depth);
        out.append(c);
      } else if (c == ',' && i + 1 < text.length() && text.charAt(i + 1) == ' ') {
        newLine(out.append(c), depth);
        i++;
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  private static void newLine(StringBuilder out, int depth) {
    out.append('\n').append("  ".repeat(depth));
  }
}
