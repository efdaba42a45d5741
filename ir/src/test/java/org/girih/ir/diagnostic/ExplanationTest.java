package org.girih.ir.diagnostic;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Each code has an explanation, and `docs/errors.md` is made of them; `-Dbless` writes it anew.
class ExplanationTest {
  private static final Path FOLDER = Path.of("src/main/resources/org/girih/ir/diagnostic/explain");
  private static final Path PAGE = Path.of("../docs/errors.md");

  private static final List<String> SUBJECTS =
      List.of(
          "Syntax",
          "Types and shapes",
          "Names and calls",
          "Static values and sizes",
          "Control flow and indexing",
          "What is not built yet",
          "Files",
          "Plugin and device",
          "`.tir` and HLO as input",
          "Limits",
          "Meshes and placement");

  @ParameterizedTest
  @EnumSource
  void aTitleARuleAndNotTooMuch(Code code) {
    List<String> lines = code.explanation().lines().toList();
    assertAll(
        () -> assertTrue(lines.getFirst().startsWith("# " + code.text() + ": "), lines.getFirst()),
        () -> assertEquals("", lines.get(1)),
        () -> assertTrue(lines.size() >= 5 && lines.size() <= 30, lines.size() + " lines"),
        () -> assertTrue(lines.stream().allMatch(l -> l.length() <= 100), "a line is too long"),
        () -> assertTrue(lines.stream().noneMatch(l -> l.endsWith(" ")), "blanks at an end"),
        () -> assertEquals(0, lines.stream().filter(l -> l.equals("```")).count() % 2));
  }

  @Test
  void noExplanationWithoutACode() throws IOException {
    var codes =
        Arrays.stream(Code.values())
            .map(c -> c.text() + ".md")
            .collect(Collectors.toCollection(TreeSet::new));
    try (Stream<Path> files = Files.list(FOLDER)) {
      var names =
          files.map(f -> f.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
      assertEquals(codes, names);
    }
  }

  @Test
  void codesAreDistinctAndFoundByTheirText() {
    for (Code code : Code.values()) {
      assertEquals(code, Code.of(code.text().toLowerCase(java.util.Locale.ROOT)).orElseThrow());
    }
    assertTrue(Code.of("E9999").isEmpty());
  }

  @Test
  void thePageOfAllErrors() throws IOException {
    String page = page();
    if (System.getProperty("bless") != null) {
      assertNull(System.getenv("CI"), "-Dbless is refused in CI");
      Files.writeString(PAGE, page);
    }
    assertEquals(Files.exists(PAGE) ? Files.readString(PAGE) : "", page, "write it with -Dbless");
  }

  private static String page() {
    var out = new StringBuilder();
    out.append("# Errors\n\n");
    out.append("What each code means; `girih explain E0103` prints the same. This page is made\n");
    out.append("from the texts in `ir/src/main/resources/org/girih/ir/diagnostic/explain`.\n");
    int subject = -1;
    for (Code code : Code.values()) {
      int hundreds = Integer.parseInt(code.text().substring(1)) / 100;
      if (hundreds != subject) {
        subject = hundreds;
        out.append("\n## ").append(SUBJECTS.get(subject)).append('\n');
      }
      out.append("\n##").append(code.explanation().strip()).append('\n');
    }
    return out.toString();
  }
}
