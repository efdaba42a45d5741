package org.girih.grammar.elaborate.core;

import java.util.List;
import java.util.OptionalLong;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Dim;

/// The axes of an array of keys: all but the last, which has a key's two words.
public final class Axes {
  private Axes() {}

  public static List<Symbol.Axis> of(ArrayType keys) {
    return keys.dims().subList(0, keys.rank() - 1).stream()
        .map(dim -> new Symbol.Axis(count(dim)))
        .toList();
  }

  /// The size, if it is a number.
  static OptionalLong count(Dim size) {
    return size.known();
  }

  /// All positions along each.
  static List<Affine> whole(List<Symbol.Axis> axes) {
    return axes.stream().map(Affine::of).toList();
  }
}
