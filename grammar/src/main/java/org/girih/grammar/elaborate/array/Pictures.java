package org.girih.grammar.elaborate.array;

import java.util.List;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;

/// Tells which values can be drawn.
public final class Pictures {
  private Pictures() {}

  private static boolean colours(ArrayType type, int axis) {
    long size = type.dim(axis).known().orElse(0);
    return size == 3 || size == 4;
  }

  private static boolean pixels(ArrayType type) {
    return type.dtype() == DType.U8 || type.dtype().floating();
  }

  /// Returns whether it is [height, width], with a third axis of 3 or 4 colours or one of 1.
  public static boolean isImage(ArrayType type) {
    return pixels(type) && (type.rank() == 2 || type.rank() == 3 && depth(type, 2));
  }

  private static boolean depth(ArrayType type, int axis) {
    return colours(type, axis) || type.dim(axis).known().orElse(0) == 1;
  }

  /// Returns whether `plot` takes it.
  public static boolean drawable(Val val) {
    return switch (val) {
      case Val.Array a when a.rank() == 1 -> curve(a);
      case Val.Array a ->
          isImage(a.type())
              || pixels(a.type()) && (a.rank() == 3 || a.rank() == 4 && depth(a.type(), 3));
      case Val.Tuple(var items) -> curves(items);
      case Val.Record(var fields) -> curves(fields.values());
      case Val _ -> false;
    };
  }

  private static boolean curves(java.util.Collection<Val> parts) {
    return !parts.isEmpty()
        && List.copyOf(parts).stream()
            .allMatch(p -> p instanceof Val.Array a && a.rank() == 1 && curve(a));
  }

  private static boolean curve(Val.Array array) {
    return array.dtype().numeric() && !array.dtype().complex();
  }
}
