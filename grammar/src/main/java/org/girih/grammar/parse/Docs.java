package org.girih.grammar.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import org.girih.ir.source.Source;

/// `##` comments in lines of their own. Lines of them without a gap are one text; it belongs to the
/// def, type or module right below. At the head of a file it belongs to the file where no such item
/// follows at once.
final class Docs {
  private final Source source;
  private final List<String> run = new ArrayList<>();
  private int lastLine = -1;
  private boolean headSeen;
  private Optional<String> fileDoc = Optional.empty();

  Docs(Source source) {
    this.source = source;
  }

  void add(Token comment) {
    int line = source.line(comment.getStartIndex());
    if (!source.text().substring(source.lineStart(line), comment.getStartIndex()).isBlank()) {
      return; // behind code, about which it is
    }
    if (line != lastLine + 1) {
      endRun();
    }
    lastLine = line;
    String text = comment.getText().substring(2);
    run.add((text.startsWith(" ") ? text.substring(1) : text).stripTrailing());
  }

  /// The comment that ends on the line before the item's first token.
  Optional<String> above(Token first) {
    boolean adjacent =
        !run.isEmpty()
            && takesDoc(first.getType())
            && lastLine + 1 == source.line(first.getStartIndex());
    Optional<String> doc = adjacent ? Optional.of(String.join("\n", run)) : Optional.empty();
    if (adjacent) {
      run.clear();
    }
    endRun();
    headSeen = true;
    return doc;
  }

  private static boolean takesDoc(int type) {
    return switch (type) {
      case GirihParser.DEF, GirihParser.MODULE, GirihParser.TYPE, GirihParser.AT -> true;
      default -> false;
    };
  }

  Optional<String> fileDoc() {
    endRun();
    return fileDoc;
  }

  private void endRun() {
    if (!run.isEmpty() && !headSeen) {
      fileDoc = Optional.of(String.join("\n", run));
      headSeen = true;
    }
    run.clear();
  }
}
