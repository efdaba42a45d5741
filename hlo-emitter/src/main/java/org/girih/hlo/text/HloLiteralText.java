package org.girih.hlo.text;

import java.util.List;
import org.girih.hlo.proto.LiteralProto;
import org.girih.hlo.proto.PrimitiveType;
import org.girih.hlo.proto.ShapeProto;

/// Constants: `1.5`, `{1, 2}`, `{ { (1, -0.0), (nan, inf) } }`. Every element reads back to the
/// same bits; elements are in row-major order, whatever the literal's layout.
public final class HloLiteralText {
  private HloLiteralText() {}

  /// Appends the literal, or `{...}` if it has more than `largest` elements.
  public static void append(StringBuilder out, LiteralProto literal, long largest) {
    ShapeProto shape = literal.getShape();
    if (shape.getElementType() == PrimitiveType.TUPLE) {
      out.append("( ");
      String separator = "";
      for (LiteralProto element : literal.getTupleLiteralsList()) {
        out.append(separator);
        append(out, element, largest);
        separator = ", ";
      }
      out.append(" )");
      return;
    }
    long present = LiteralElements.count(literal);
    long expected = 1;
    for (long size : shape.getDimensionsList()) {
      // A product that overflows is never what is present: the literal prints as malformed.
      expected = size < 0 || Math.multiplyHigh(expected, size) != 0 ? -1 : expected * size;
      if (expected <= 0) {
        break;
      }
    }
    if (expected != present) {
      out.append("{malformed: ").append(present).append(" elements}");
    } else if (present > largest) {
      out.append("{...}");
    } else {
      dimension(out, literal, steps(shape), 0, 0);
    }
  }

  /// Returns how far apart neighbours of each dimension lie in the literal's fields.
  private static long[] steps(ShapeProto shape) {
    int rank = shape.getDimensionsCount();
    long[] steps = new long[rank];
    List<Long> order = shape.getLayout().getMinorToMajorList();
    boolean permutation =
        order.size() == rank
            && order.stream().distinct().count() == rank
            && order.stream().allMatch(d -> d >= 0 && d < rank);
    long step = 1;
    for (int i = 0; i < rank; i++) {
      int d = permutation ? Math.toIntExact(order.get(i)) : rank - 1 - i;
      steps[d] = step;
      step *= Math.max(1, shape.getDimensions(d));
    }
    return steps;
  }

  /// Appends the part of the array at `offset` with the dimensions from `d` on. The depth of the
  /// recursion is the rank.
  private static void dimension(
      StringBuilder out, LiteralProto literal, long[] steps, int d, long offset) {
    if (d == steps.length) {
      LiteralElements.append(out, literal, Math.toIntExact(offset));
      return;
    }
    long size = literal.getShape().getDimensions(d);
    boolean last = d == steps.length - 1;
    // XLA writes, and reads, an array without elements as one of rank 1 from its first 0 on.
    out.append(last ? "{" : "{ ");
    for (long i = 0; i < size; i++) {
      out.append(i == 0 ? "" : ", ");
      dimension(out, literal, steps, d + 1, offset + i * steps[d]);
    }
    out.append(last ? "}" : " }");
  }
}
