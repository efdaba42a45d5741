package org.girih.ir.op;

import org.girih.ir.type.Dim;

/// The movement of a window along one axis: in steps of `stride` over the axis with `low` and
/// `high` zeros around it (negative: elements fewer), `base` − 1 between neighbours, while `window`
/// − 1 elements lie between those that the window takes.
public record Sliding(long stride, long low, long high, long base, long window) {
  /// A window that moves by one, without padding.
  static final Sliding PLAIN = new Sliding(1, 0, 0, 1, 1);

  /// Returns how many places the window has.
  ///
  /// @param size of the axis
  /// @param width of the window, in elements that it takes
  Dim places(Dim size, Dim width) {
    Dim padded = dilated(size, base).plus(low).plus(high);
    Dim room = padded.minus(dilated(width, window));
    return room.floorDiv(Dim.of(stride)).plus(1).max(Dim.of(0));
  }

  /// (size − 1) · by + 1; 0 of 0.
  static Dim dilated(Dim size, long by) {
    return by == 1 ? size : size.minus(Dim.of(1)).times(by).plus(1).max(Dim.of(0));
  }
}
