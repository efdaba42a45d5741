package org.girih.cli.command;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.girih.ir.diagnostic.Visible;

/// Shows what changed from one text to another, as a unified diff.
final class TextDiff {
  /// Longer texts are not compared: where all lines differ, that takes the product of both lengths.
  private static final int LONGEST = 20_000;

  private static final int CONTEXT = 3;

  private TextDiff() {}

  /// Returns the diff, each line ended; unseen characters are shown by their numbers.
  ///
  /// @param name of both texts
  static String of(String name, String before, String after) {
    List<String> old = lines(before);
    List<String> now = lines(after);
    String shown = Visible.text(name);
    if (old.size() > LONGEST || now.size() > LONGEST) {
      return "--- %s\n+++ %s\ntoo long to compare: %d lines, %d lines\n"
          .formatted(shown, shown, old.size(), now.size());
    }
    var patch = DiffUtils.diff(old, now, new MyersDiffWithLinearSpace<>());
    List<String> lines = UnifiedDiffUtils.generateUnifiedDiff(shown, shown, old, patch, CONTEXT);
    return removedFirst(lines).stream().map(line -> line + "\n").collect(Collectors.joining());
  }

  /// The algorithm gives what is new before what it replaces; the other way round is read
  /// everywhere.
  private static List<String> removedFirst(List<String> lines) {
    int heads = Math.min(2, lines.size());
    var out = new ArrayList<>(lines.subList(0, heads));
    var added = new ArrayList<String>();
    for (String line : lines.subList(heads, lines.size())) {
      if (line.startsWith("+")) {
        added.add(line);
        continue;
      }
      if (!line.startsWith("-")) {
        out.addAll(added);
        added.clear();
      }
      out.add(line);
    }
    out.addAll(added);
    return out;
  }

  private static List<String> lines(String text) {
    boolean ended = text.isEmpty() || text.endsWith("\n");
    List<String> lines =
        Stream.of(text.split("\n", -1)).map(TextDiff::visible).collect(Collectors.toList());
    if (ended) {
      lines.removeLast();
    } else {
      lines.add(lines.removeLast() + "\n\\ No newline at end of file");
    }
    return lines;
  }

  private static String visible(String line) {
    var out = new StringBuilder();
    line.codePoints()
        .forEach(
            c -> {
              if (c != '\t' && Visible.hidden(c)) {
                out.append(Visible.text(Character.toString(c)));
              } else {
                out.appendCodePoint(c);
              }
            });
    return out.toString();
  }
}
