package org.girih.cli.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

  private String fill(Page.Block block) throws IOException {
    String language = block.language();
    if (language.startsWith("java ")) {
      String text = Files.readString(CODE.resolve(language.substring(5)));
      return text.replaceFirst("(?s)^package .*?\n\n(import .*?\n\n)?", "");
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
