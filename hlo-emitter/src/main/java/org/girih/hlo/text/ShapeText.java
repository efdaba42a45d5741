package org.girih.hlo.text;

import java.util.Locale;
import org.girih.hlo.proto.PrimitiveType;
import org.girih.hlo.proto.ShapeProto;

/// Shapes: `f32[2,3]{1,0}`, `(s32[], f32[2]{0})`.
public final class ShapeText {
  private ShapeText() {}

  /// Returns the shape, without layouts.
  public static String of(ShapeProto shape) {
    var out = new StringBuilder();
    append(out, shape, false);
    return out.toString();
  }

  /// Appends the shape; with `layouts`, each array's order in memory after it.
  public static void append(StringBuilder out, ShapeProto shape, boolean layouts) {
    if (shape.getElementType() == PrimitiveType.TUPLE) {
      out.append('(');
      for (int i = 0; i < shape.getTupleShapesCount(); i++) {
        out.append(i == 0 ? "" : ", ");
        append(out, shape.getTupleShapes(i), layouts);
      }
      out.append(')');
      return;
    }
    out.append(name(shape)).append('[');
    for (int i = 0; i < shape.getDimensionsCount(); i++) {
      out.append(i == 0 ? "" : ",").append(shape.getDimensions(i));
    }
    out.append(']');
    if (layouts && shape.hasLayout() && shape.getLayout().getMinorToMajorCount() > 0) {
      out.append('{');
      for (int i = 0; i < shape.getLayout().getMinorToMajorCount(); i++) {
        out.append(i == 0 ? "" : ",").append(shape.getLayout().getMinorToMajor(i));
      }
      out.append('}');
    }
  }

  /// Returns `f32`; a number that is not an element type prints as `?99`.
  public static String name(ShapeProto shape) {
    PrimitiveType type = shape.getElementType();
    return switch (type) {
      case UNRECOGNIZED -> "?" + shape.getElementTypeValue();
      case PRIMITIVE_TYPE_INVALID -> "invalid";
      case OPAQUE_TYPE -> "opaque";
      case PRED,
          S8,
          S16,
          S32,
          S64,
          U8,
          U16,
          U32,
          U64,
          F16,
          F32,
          F64,
          TUPLE,
          C64,
          BF16,
          TOKEN,
          C128,
          F8E5M2,
          F8E4M3FN,
          S4,
          U4,
          F8E4M3B11FNUZ,
          F8E5M2FNUZ,
          F8E4M3FNUZ,
          S2,
          U2,
          F8E4M3,
          F8E3M4,
          S1,
          U1,
          F4E2M1FN,
          F8E8M0FNU ->
          type.name().toLowerCase(Locale.ROOT);
    };
  }
}
