package org.girih.grammar.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.girih.grammar.ast.AstPrinter;
import org.girih.grammar.ast.SourceFile;
import org.girih.grammar.parse.SourceParser;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.source.Source;
import org.girih.ir.source.SourceReader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What holds of each program: it is formatted, formatting it again changes nothing, and its tree
/// and its comments stay.
class FormatterLawsTest {
  private static final Path ROOT = Path.of("..");

  /// Where programs are; `target` holds copies of some.
  private static final List<String> FOLDERS =
      List.of("library", "examples", "testdata", "benchmarks", "maven-plugin/src");

  @Test
  void allFilesOfTheRepository() throws IOException {
    int count = 0;
    for (Path file : files()) {
      if (SourceReader.decode(file.toString(), Files.readAllBytes(file))
          instanceof SourceReader.Decoded.Text(Source source)) {
        count += holds(source.name(), source.text(), comments(source.text())) ? 1 : 0;
      }
    }
    assertTrue(count > 500, count + " files parse");
  }

  @Test
  void someRandomPrograms() {
    randomPrograms(0, 500);
  }

  @Tag("full")
  @Test
  void manyRandomPrograms() {
    randomPrograms(1_000, 10_000);
  }

  private static void randomPrograms(int seed, int count) {
    for (int i = 0; i < count; i++) {
      var random = new Random(seed + i);
      var laid = RandomLayout.of(RandomSyntax.tokens(random), random);
      assertTrue(holds("seed " + (seed + i), laid.text(), laid.comments()), laid.text());
    }
  }

  private static List<Path> files() throws IOException {
    var out = new ArrayList<Path>();
    for (String folder : FOLDERS) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
        files
            .filter(f -> f.toString().endsWith(".girih") && !f.toString().contains("target"))
            .sorted()
            .forEach(out::add);
      }
    }
    return out;
  }

  /// Returns whether a text parses, and holds the laws if it does.
  private static boolean holds(String name, String text, List<String> comments) {
    var diagnostics = new Diagnostics();
    Optional<SourceFile> file = SourceParser.parse(new Source(name, text), diagnostics);
    Optional<String> formatted = Formatter.format(new Source(name, text), new Diagnostics());
    assertEquals(file.isPresent(), formatted.isPresent(), name);
    if (file.isEmpty()) {
      return false;
    }
    String once = formatted.get();
    SourceFile after = SourceParser.parse(new Source(name, once), new Diagnostics()).orElseThrow();
    assertEquals(AstPrinter.print(file.get()), AstPrinter.print(after), name);
    assertEquals(comments, comments(once), name);
    assertEquals(
        once, Formatter.format(new Source(name, once), new Diagnostics()).orElseThrow(), name);
    assertTrue(once.isEmpty() || once.endsWith("\n") && !once.endsWith("\n\n"), name);
    assertTrue(once.lines().noneMatch(line -> !line.equals(line.stripTrailing())), name);
    assertTrue(!once.contains("\r") && !once.contains("\n\n\n"), name);
    return true;
  }

  /// Returns the comments of a text, found without the lexer: what begins with `#` outside of
  /// strings, which end in their line.
  private static List<String> comments(String text) {
    var out = new ArrayList<String>();
    for (String line : text.split("\r?\n")) {
      boolean string = false;
      for (int i = 0; i < line.length(); i++) {
        char c = line.charAt(i);
        if (string && c == '\\') {
          i++;
        } else if (c == '"') {
          string = !string;
        } else if (c == '#' && !string) {
          out.add(line.substring(i).stripTrailing());
          break;
        }
      }
    }
    return out;
  }
}
