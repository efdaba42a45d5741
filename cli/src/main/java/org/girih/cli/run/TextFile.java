package org.girih.cli.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.source.Source;

/// A text that a command names.
public final class TextFile {
  private TextFile() {}

  public static Optional<Source> read(Path path, Diagnostics diagnostics) {
    try {
      return Optional.of(new Source(path.toString(), Files.readString(path)));
    } catch (IOException e) {
      diagnostics.add(
          Diagnostic.error(
              Code.CANNOT_READ,
              "cannot read `"
                  + path
                  + "`: "
                  + (Files.exists(path) ? "it is not UTF-8 text" : "no such file")));
      return Optional.empty();
    }
  }
}
