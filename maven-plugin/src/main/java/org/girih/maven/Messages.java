package org.girih.maven;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.maven.plugin.logging.Log;

/// Turns what a command wrote to standard error into messages of the build:
/// `file:[line,column] message`, as the Java compiler's, with the source below.
final class Messages {
  private static final Pattern HEAD = Pattern.compile("(error|warning)\\[(E\\d{4})]: (.*)");
  private static final Pattern PLACE = Pattern.compile(" *--> (.*):(\\d+):(\\d+)");

  private final Log log;
  private final List<String> block = new ArrayList<>();
  private int errors;
  private String first = "";

  Messages(Log log) {
    this.log = log;
  }

  /// Takes the next line.
  void line(String line) {
    if (HEAD.matcher(line).matches()) {
      end();
    }
    block.add(line);
  }

  /// Reports the last message.
  void end() {
    while (!block.isEmpty() && block.get(block.size() - 1).isBlank()) {
      block.remove(block.size() - 1);
    }
    if (block.isEmpty()) {
      return;
    }
    Matcher head = HEAD.matcher(block.get(0));
    if (!head.matches()) {
      block.forEach(log::info);
      block.clear();
      return;
    }
    int rest = 1;
    String place = "";
    if (block.size() > 1) {
      Matcher at = PLACE.matcher(block.get(1));
      if (at.matches()) {
        place = at.group(1) + ":[" + at.group(2) + "," + at.group(3) + "] ";
        rest = 2;
      }
    }
    String title = place + head.group(1) + "[" + head.group(2) + "]: " + head.group(3);
    var text = new StringBuilder(title);
    block.subList(rest, block.size()).forEach(l -> text.append('\n').append(l));
    block.clear();
    if (head.group(1).equals("error")) {
      errors++;
      first = first.isEmpty() ? title : first;
      log.error(text);
    } else {
      log.warn(text);
    }
  }

  int errors() {
    return errors;
  }

  /// Returns the first error, on one line.
  String first() {
    return first;
  }
}
