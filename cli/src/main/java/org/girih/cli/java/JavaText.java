package org.girih.cli.java;

import java.util.List;

/// Lines of Java, broken as google-java-format breaks them.
final class JavaText {
  private static final int WIDTH = 100;

  private final StringBuilder out = new StringBuilder();

  /// Adds a line; an empty one without spaces.
  void line(int indent, String text) {
    out.append(text.isEmpty() ? "" : " ".repeat(indent) + text).append('\n');
  }

  /// Returns whether a line has room for it.
  static boolean fits(int indent, String text) {
    return indent + text.length() <= WIDTH;
  }

  /// Adds `head(items)tail`, on one line if there is room; else the items on one line of their own,
  /// else each on its own.
  void list(int indent, String head, List<String> items, String tail) {
    String all = head + "(" + String.join(", ", items) + ")" + tail;
    if (fits(indent, all)) {
      line(indent, all);
      return;
    }
    line(indent, head + "(");
    String inner = String.join(", ", items) + ")" + tail;
    if (fits(indent + 4, inner)) {
      line(indent + 4, inner);
      return;
    }
    for (int i = 0; i < items.size(); i++) {
      line(indent + 4, items.get(i) + (i + 1 < items.size() ? "," : ")" + tail));
    }
  }

  /// Returns the lines of a comment of the source: what begins with @ would be a tag of javadoc,
  /// and a backslash before u would begin a character's number, even in a comment.
  static List<String> comment(String text) {
    return text.strip()
        .lines()
        .map(String::stripTrailing)
        .map(line -> line.startsWith("@") ? "&#64;" + line.substring(1) : line)
        .map(line -> line.replaceAll("(?<!\\\\)((?:\\\\\\\\)*)\\\\u", "$1\\\\\\\\u"))
        .toList();
  }

  /// Adds doc lines.
  void doc(int indent, List<String> lines) {
    lines.forEach(each -> doc(indent, each));
  }

  /// Appends a comment; words that have no room go to the next line, indented behind a tag.
  private void doc(int indent, String text) {
    String rest = text;
    String next = text.startsWith("@") ? "    " : "";
    while (!fits(indent + 4, rest) && rest.lastIndexOf(' ', WIDTH - indent - 4) > next.length()) {
      int cut = rest.lastIndexOf(' ', WIDTH - indent - 4);
      line(indent, "/// " + rest.substring(0, cut).stripTrailing());
      rest = next + rest.substring(cut + 1);
    }
    line(indent, rest.isEmpty() ? "///" : "/// " + rest);
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
