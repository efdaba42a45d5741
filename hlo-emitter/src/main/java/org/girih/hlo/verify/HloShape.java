package org.girih.hlo.verify;

import java.util.List;
import java.util.stream.Collectors;
import org.girih.hlo.proto.LayoutProto;
import org.girih.hlo.proto.PrimitiveType;
import org.girih.hlo.proto.ShapeProto;

/// A shape that was found valid: an element type of the language with sizes whose product fits, or
/// a flat tuple of such. Layouts are checked when it is read and then forgotten.
sealed interface HloShape {
  /// NumPy's limit is 64; XLA's code generators nest one loop a dimension.
  int MOST_DIMENSIONS = 64;

  /// The most elements that an array may have, were its empty dimensions of size 1: products of a
  /// few such numbers of bytes still fit in 64 bits.
  long MOST_ELEMENTS = 1L << 50;

  /// An array; no dimensions is a scalar.
  record Array(PrimitiveType type, List<Long> dims) implements HloShape {
    int rank() {
      return dims.size();
    }

    boolean scalar() {
      return dims.isEmpty();
    }

    long dim(int i) {
      return dims.get(i);
    }

    Array withType(PrimitiveType other) {
      return new Array(other, dims);
    }

    Array withDims(List<Long> other) {
      return new Array(type, List.copyOf(other));
    }

    Array element() {
      return new Array(type, List.of());
    }

    long elements() {
      long product = 1;
      for (long d : dims) {
        product *= d;
      }
      return product;
    }

    @Override
    public long bytes() {
      return elements() * Math.max(1, Types.bits(type) / 8);
    }

    @Override
    public String toString() {
      return type.name().toLowerCase(java.util.Locale.ROOT)
          + dims.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
    }
  }

  /// A tuple of arrays.
  record Tuple(List<Array> elements) implements HloShape {
    @Override
    public long bytes() {
      long sum = 0;
      for (Array element : elements) {
        // Stays above any memory once it is there.
        sum = Math.min(sum + element.bytes(), Long.MAX_VALUE / 4);
      }
      return sum;
    }

    @Override
    public String toString() {
      return elements.stream().map(Array::toString).collect(Collectors.joining(", ", "(", ")"));
    }
  }

  /// Returns the bytes on the host, a byte an element for the types below a byte.
  long bytes();

  static Array scalar(PrimitiveType type) {
    return new Array(type, List.of());
  }

  /// Returns arrays as a tuple, one array as itself: what ops of one operand or many yield.
  static HloShape of(List<Array> arrays) {
    return arrays.size() == 1 ? arrays.getFirst() : new Tuple(List.copyOf(arrays));
  }

  /// Reads a shape.
  ///
  /// @param limit the most bytes that an array may have
  /// @throws Refused if it is not valid
  static HloShape read(ShapeProto proto, long limit) {
    if (proto.getElementType() != PrimitiveType.TUPLE) {
      return readArray(proto, limit);
    }
    Refused.unless(
        proto.getDimensionsCount() == 0 && proto.getIsDynamicDimensionCount() == 0,
        "a tuple shape with dimensions");
    Refused.unless(proto.getUnknownFields().isEmpty(), "a shape with fields that Girih lacks");
    Refused.unless(!proto.hasLayout(), "a tuple shape with a layout");
    var elements = new java.util.ArrayList<Array>(proto.getTupleShapesCount());
    for (ShapeProto element : proto.getTupleShapesList()) {
      Refused.unless(
          element.getElementType() != PrimitiveType.TUPLE, "a tuple within a tuple: flatten it");
      elements.add(readArray(element, limit));
    }
    return new Tuple(List.copyOf(elements));
  }

  private static Array readArray(ShapeProto proto, long limit) {
    PrimitiveType type = proto.getElementType();
    Refused.unless(
        Types.known(type),
        "element type %s",
        type == PrimitiveType.UNRECOGNIZED ? proto.getElementTypeValue() : type);
    Refused.unless(proto.getTupleShapesCount() == 0, "an array shape with tuple elements");
    Refused.unless(proto.getUnknownFields().isEmpty(), "a shape with fields that Girih lacks");
    int rank = proto.getDimensionsCount();
    Refused.unless(rank <= MOST_DIMENSIONS, "%d dimensions, more than %d", rank, MOST_DIMENSIONS);
    Refused.unless(
        proto.getIsDynamicDimensionList().stream().noneMatch(d -> d)
            && (proto.getIsDynamicDimensionCount() == 0
                || proto.getIsDynamicDimensionCount() == rank),
        "a dynamic dimension");
    long product = 1;
    for (long d : proto.getDimensionsList()) {
      Refused.unless(d >= 0, "dimension of size %d", d);
      long size = Math.max(1, d);
      boolean fits = size <= MOST_ELEMENTS && Math.multiplyHigh(product, size) == 0;
      product = fits ? product * size : MOST_ELEMENTS + 1;
      Refused.tooLargeUnless(
          product >= 0 && product <= MOST_ELEMENTS, "an array of %s", proto.getDimensionsList());
    }
    var array = new Array(type, List.copyOf(proto.getDimensionsList()));
    Refused.tooLargeUnless(
        array.bytes() <= limit, "%s takes %d bytes, %d are there", array, array.bytes(), limit);
    layout(proto.getLayout(), rank);
    return array;
  }

  /// Checks a layout as XLA's `LayoutUtil::ValidateLayoutForShape` does: `minor_to_major` is a
  /// permutation.
  private static void layout(LayoutProto layout, int rank) {
    Refused.unless(layout.getUnknownFields().isEmpty(), "a layout with fields that Girih lacks");
    Refused.unless(layout.getElementSizeInBits() == 0, "a layout with elements of another width");
    Refused.unless(
        layout.getTailPaddingAlignmentInElements() >= 0
            && layout.getTailPaddingAlignmentInElements() <= 1,
        "a layout with padding");
    Refused.unless(
        layout.getMinorToMajorCount() == rank,
        "a layout of %d dimensions for %d",
        layout.getMinorToMajorCount(),
        rank);
    long seen = 0;
    for (long d : layout.getMinorToMajorList()) {
      Refused.unless(
          d >= 0 && d < rank && (seen & 1L << d) == 0,
          "layout %s is not a permutation",
          layout.getMinorToMajorList());
      seen |= 1L << d;
    }
  }

  /// Returns whether every array of the shape is row-major, as the host's arrays are.
  static boolean rowMajor(ShapeProto proto) {
    if (proto.getElementType() == PrimitiveType.TUPLE) {
      return proto.getTupleShapesList().stream().allMatch(HloShape::rowMajor);
    }
    int rank = proto.getDimensionsCount();
    var order = proto.getLayout().getMinorToMajorList();
    if (order.size() != rank) {
      return false;
    }
    for (int i = 0; i < rank; i++) {
      if (order.get(i) != rank - 1 - i) {
        return false;
      }
    }
    return true;
  }
}
