package org.girih.passes.golden;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.program.Program;
import org.girih.ir.source.Source;
import org.girih.ir.text.TirParser;
import org.junit.jupiter.api.Assertions;

/// Where the golden files are, and how they are read.
public final class TestData {
  private TestData() {}

  /// The folder `testdata` of the repository; tests run in a module's folder.
  public static Path root() {
    Path module = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    return module.resolveSibling("testdata");
  }

  public static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What is in the folder, sorted.
  public static List<Path> list(Path folder) {
    try (var files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The folders `testdata/ops/NAME`.
  public static List<Path> ops() {
    return list(root().resolve("ops"));
  }

  /// Those that `-Dgolden=NAME` asks for: whose name without suffix is that, or begins so where it
  /// ends in `*`; without the property, all.
  public static Stream<Path> chosen(List<Path> files) {
    String asked = System.getProperty("golden", "*");
    String start = asked.substring(0, asked.length() - (asked.endsWith("*") ? 1 : 0));
    return files.stream()
        .filter(
            file -> {
              String name = file.getFileName().toString().split("\\.")[0];
              return asked.endsWith("*") ? name.startsWith(start) : name.equals(start);
            });
  }

  /// A program that must be well-typed.
  public static Program program(Path file) {
    return program(file.getFileName().toString(), read(file));
  }

  /// A program that must be well-typed.
  public static Program program(String name, String text) {
    var diagnostics = new Diagnostics();
    var program = TirParser.parse(new Source(name, text), diagnostics);
    Assertions.assertEquals(List.of(), diagnostics.all(), name);
    return program.orElseThrow();
  }
}
