package org.girih.embed;

import java.util.List;
import java.util.stream.Collectors;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.diagnostic.Renderer;

/// A program that is wrong. Its message shows every error, with the places in the source.
public final class ProgramException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;
  private static final int WIDTH = 100;

  private final transient List<Diagnostic> diagnostics;

  ProgramException(Diagnostics diagnostics) {
    super(
        diagnostics.all().stream()
            .map(new Renderer(false, WIDTH)::render)
            .collect(Collectors.joining("\n")));
    this.diagnostics = List.copyOf(diagnostics.all());
  }

  /// Returns the errors and warnings; none in an exception that was serialised.
  public List<Diagnostic> diagnostics() {
    return diagnostics == null ? List.of() : diagnostics;
  }
}
