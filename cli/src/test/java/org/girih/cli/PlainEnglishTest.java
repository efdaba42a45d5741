package org.girih.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Messages, help texts and the explanations of errors are in plain English: no phrase comes back
/// that a native reader stumbles over.
class PlainEnglishTest {
  /// Each with what to write instead.
  private static final List<String> PHRASES =
      List.of(
          "\\b(is|are) no ", // is not a; `x` does not exist
          "\\bis none", // is not one
          "(is|are) due", // expected X, got Y
          "\\bstands?\\b(?! for )", // is, or comes
          "anew", // again
          "in its stead", // instead
          "so many", // that many
          "stays away", // is never reused
          "bears", // has, is named
          "by the round", // per iteration
          "(each|one) round");

  private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

  @Test
  void messagesAndHelp() throws IOException {
    var found = new ArrayList<String>();
    for (Path file : files(".java")) {
      for (String line : Files.readAllLines(file)) {
        var literals = LITERAL.matcher(line.strip().startsWith("//") ? "" : line);
        while (literals.find()) {
          look(file, literals.group(1), found);
        }
      }
    }
    assertEquals(List.of(), found);
  }

  @Test
  void explanations() throws IOException {
    var found = new ArrayList<String>();
    Path errors = Session.ROOT.resolve("docs/errors.md");
    for (String line : Files.readAllLines(errors)) {
      look(errors, line, found);
    }
    assertEquals(List.of(), found);
  }

  private static void look(Path file, String text, List<String> found) {
    for (String phrase : PHRASES) {
      if (Pattern.compile(phrase).matcher(text).find()) {
        found.add(Session.ROOT.relativize(file) + ": `" + phrase + "` in: " + text);
      }
    }
  }

  private static List<Path> files(String suffix) throws IOException {
    try (var all = Files.walk(Session.ROOT, 20)) {
      return all.filter(file -> file.toString().contains("/src/main/java/"))
          .filter(file -> file.toString().endsWith(suffix))
          .toList();
    }
  }
}
