package org.girih.grammar.reference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.girih.ir.diagnostic.CompilerBug;

/// Reads the tables beside this package's class files.
final class Table {
  private Table() {}

  /// Returns the lines of a table, without comments.
  static Stream<String> lines(String name) {
    try (var in = Table.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new CompilerBug("the table " + name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"));
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }
}
