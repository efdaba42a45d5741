package org.girih.ir.program;

import java.util.Optional;
import org.girih.ir.source.Span;

/// The place that an equation came from; not part of its meaning.
///
/// @param span the place in a source
/// @param derivative whether it computes a derivative of what is there
/// @param lanes how many leading axes of its result are axes of `vmap`s; 0 where that is not known
public record Origin(Optional<Span> span, Derivative derivative, int lanes) {
  /// The part of a derivative that an equation computes.
  public enum Derivative {
    /// None: the program's own value.
    NONE,
    /// A tangent, or a factor of one, which reverse mode uses too.
    TANGENT,
    /// A cotangent, on the way back.
    COTANGENT
  }

  public static final Origin NONE = new Origin(Optional.empty(), Derivative.NONE, 0);

  public static Origin at(Span span) {
    return new Origin(Optional.of(span), Derivative.NONE, 0);
  }

  /// Returns the same place in a derivative.
  public Origin of(Derivative other) {
    return new Origin(span, other, lanes);
  }

  /// Returns the same place with other axes in front.
  public Origin inLanes(int count) {
    return new Origin(span, derivative, count);
  }

  /// Is equal to every other, so that equations compare by what they compute.
  @Override
  public boolean equals(Object other) {
    return other instanceof Origin;
  }

  @Override
  public int hashCode() {
    return 0;
  }
}
