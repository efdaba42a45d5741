package org.girih.ir.program;

import java.util.Optional;
import org.girih.ir.source.Span;

/// Where an equation came from; no part of its meaning.
public record Origin(Optional<Span> span) {
  public static final Origin NONE = new Origin(Optional.empty());

  public static Origin at(Span span) {
    return new Origin(Optional.of(span));
  }

  /// Equal to every other, so that equations compare by what they compute.
  @Override
  public boolean equals(Object other) {
    return other instanceof Origin;
  }

  @Override
  public int hashCode() {
    return 0;
  }
}
