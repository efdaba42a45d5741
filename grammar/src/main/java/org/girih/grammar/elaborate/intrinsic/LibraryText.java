package org.girih.grammar.elaborate.intrinsic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.girih.grammar.ast.SourceFile;
import org.girih.grammar.parse.Outline;
import org.girih.grammar.parse.SourceParser;
import org.girih.ir.diagnostic.CompilerBug;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.source.Source;

/// Reads the files of the standard library, which lie beside the classes.
final class LibraryText {
  private LibraryText() {}

  /// Returns how messages call a file.
  static String path(String file) {
    return "girih:" + file + ".girih";
  }

  /// Parses a whole file.
  static SourceFile parse(String file) {
    Source source = source(file);
    var diagnostics = new Diagnostics();
    return SourceParser.parse(source, diagnostics)
        .orElseThrow(() -> new CompilerBug(file + ".girih: " + diagnostics.all()));
  }

  /// Cuts a file into its items.
  static Outline outline(String file) {
    return Outline.of(source(file));
  }

  private static Source source(String file) {
    try (var in = Library.class.getResourceAsStream("/girih/" + file + ".girih")) {
      if (in == null) {
        throw new CompilerBug("the library has no file " + file + ".girih");
      }
      return new Source(path(file), new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }
}
