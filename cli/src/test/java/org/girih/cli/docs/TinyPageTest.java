package org.girih.cli.docs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.girih.cli.Session;
import org.girih.cli.docs.tiny.TinyPrograms;
import org.junit.jupiter.api.Test;

/// The essay shows the files of the tiny compiler, and what that makes of the program at its
/// beginning.
class TinyPageTest {
  private static final Path CODE =
      Session.ROOT.resolve("cli/src/test/java/org/girih/cli/docs/tiny");

  private String program = "";

  @Test
  void thePageIsTheCode() throws IOException {
    Page.read("docs/contributing/tiny.md").check(this::fill);
  }

  /// What the page promises, of all but the interpreter, which only checks the code.
  @Test
  void theCodeHas300LinesAtMost() throws IOException {
    int lines = 0;
    for (Page.Block block : Page.read("docs/contributing/tiny.md").blocks()) {
      if (block.language().startsWith("java ") && !block.language().endsWith("Interpreter.java")) {
        Stream<String> code = block.text().lines().map(String::strip);
        lines += (int) code.filter(line -> !line.isEmpty() && !line.startsWith("//")).count();
      }
    }
    assertTrue(lines <= 300, lines + " lines");
  }

  private String fill(Page.Block block) throws IOException {
    String language = block.language();
    if (language.startsWith("java ")) {
      String text = Files.readString(CODE.resolve(language.substring(5)));
      return text.replaceFirst("(?s)^package .*?\n\n(import .*?\n\n)*", "");
    }
    return switch (language) {
      case "girih" -> {
        program = block.text();
        yield program;
      }
      case "hlo" -> TinyPrograms.hlo(program);
      case "result" -> TinyPrograms.result(program) + "\n";
      default -> throw new AssertionError("a block of `" + language + "`");
    };
  }
}
