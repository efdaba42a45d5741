package org.girih.host.figures;

import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;
import org.girih.hlo.proto.PrimitiveType;
import org.girih.hlo.proto.ShapeProto;

/// The sizes of shapes, without the padding that a device may add.
final class ShapeFigures {
  private ShapeFigures() {}

  /// Returns the bytes of an array or of all arrays of a tuple.
  static long bytes(ShapeProto shape) {
    if (shape.getElementType() == PrimitiveType.TUPLE) {
      return shape.getTupleShapesList().stream().mapToLong(ShapeFigures::bytes).sum();
    }
    return (long) Math.ceil(elements(shape) * bits(shape.getElementType()) / 8);
  }

  /// Returns the largest array of a tuple, or the array itself.
  static ShapeProto largest(ShapeProto shape) {
    return shape.getTupleShapesList().stream()
        .map(ShapeFigures::largest)
        .max(Comparator.comparingLong(ShapeFigures::bytes))
        .orElse(shape);
  }

  static double elements(ShapeProto shape) {
    return shape.getDimensionsList().stream()
        .mapToDouble(Long::doubleValue)
        .reduce(1, (a, b) -> a * b);
  }

  /// Returns `f32[2,3]`.
  static String text(ShapeProto shape) {
    if (shape.getElementType() == PrimitiveType.TUPLE) {
      return shape.getTupleShapesList().stream()
          .map(ShapeFigures::text)
          .collect(Collectors.joining(", ", "(", ")"));
    }
    String type = shape.getElementType().name().toLowerCase(Locale.ROOT);
    return shape.getDimensionsList().stream()
        .map(String::valueOf)
        .collect(Collectors.joining(", ", type + "[", "]"));
  }

  private static int bits(PrimitiveType type) {
    return switch (type) {
      case PRIMITIVE_TYPE_INVALID, TUPLE, OPAQUE_TYPE, TOKEN, UNRECOGNIZED -> 0;
      case S1, U1 -> 1;
      case S2, U2 -> 2;
      case S4, U4, F4E2M1FN -> 4;
      case PRED,
          S8,
          U8,
          F8E5M2,
          F8E4M3FN,
          F8E4M3B11FNUZ,
          F8E5M2FNUZ,
          F8E4M3FNUZ,
          F8E4M3,
          F8E3M4,
          F8E8M0FNU ->
          8;
      case S16, U16, F16, BF16 -> 16;
      case S32, U32, F32 -> 32;
      case S64, U64, F64, C64 -> 64;
      case C128 -> 128;
    };
  }
}
