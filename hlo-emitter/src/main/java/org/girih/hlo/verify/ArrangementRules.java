package org.girih.hlo.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.girih.hlo.proto.HloInstructionProto.SliceDimensions;
import org.girih.hlo.proto.PaddingConfig.PaddingConfigDimension;
import org.girih.hlo.proto.PrimitiveType;

/// Ops that move elements. Rules: XLA's operation semantics, "Broadcast", "Reshape", "Transpose",
/// "Rev", "Slice", "Pad", "Concatenate", "DynamicSlice", "DynamicUpdateSlice", "Iota".
final class ArrangementRules {
  private ArrangementRules() {}

  static void addTo(Map<String, Rule> rules) {
    rules.put("iota", Rule.of(ArrangementRules::iota, Field.DIMENSIONS));
    rules.put("broadcast", Rule.of(ArrangementRules::broadcast, Field.DIMENSIONS));
    rules.put("reshape", Rule.of(ArrangementRules::reshape));
    rules.put("transpose", Rule.of(ArrangementRules::transpose, Field.DIMENSIONS));
    rules.put("reverse", Rule.of(ArrangementRules::reverse, Field.DIMENSIONS));
    rules.put("slice", Rule.of(ArrangementRules::slice, Field.SLICE));
    rules.put("pad", Rule.of(ArrangementRules::pad, Field.PADDING));
    rules.put("concatenate", Rule.of(ArrangementRules::concatenate, Field.DIMENSIONS));
    rules.put("dynamic-slice", Rule.of(ArrangementRules::dynamicSlice, Field.DYNAMIC_SLICE_SIZES));
    rules.put("dynamic-update-slice", Rule.of(ArrangementRules::dynamicUpdateSlice));
  }

  private static void iota(Site s) {
    s.count(0);
    s.require(s.proto().getDimensionsCount() == 1, "iota needs one dimension");
    s.axis(s.proto().getDimensions(0), s.result().rank(), "iota dimension");
    s.require(s.result().type() != PrimitiveType.PRED, "iota of %s", s.result());
  }

  /// Checks that the operand's dimension i becomes `dimensions[i]` of the result.
  private static void broadcast(Site s) {
    s.count(1);
    HloShape.Array x = s.operand(0);
    HloShape.Array out = s.result();
    List<Long> axes = s.proto().getDimensionsList();
    s.require(axes.size() == x.rank(), "dimensions %s of %s", axes, x);
    s.ascending(axes, out.rank(), "dimensions");
    for (int i = 0; i < axes.size(); i++) {
      s.require(
          x.dim(i) == out.dim(axes.get(i).intValue()),
          "dimension %d of %s in dimension %d of %s",
          i,
          x,
          axes.get(i),
          out);
    }
    s.gives(x.type(), out.dims());
  }

  private static void reshape(Site s) {
    s.count(1);
    HloShape.Array x = s.operand(0);
    s.require(
        x.type() == s.result().type() && x.elements() == s.result().elements(),
        "reshape of %s to %s",
        x,
        s.result());
  }

  private static void transpose(Site s) {
    s.count(1);
    HloShape.Array x = s.operand(0);
    List<Long> permutation = s.proto().getDimensionsList();
    s.require(permutation.size() == x.rank(), "dimensions %s of %s", permutation, x);
    s.axes(permutation, x.rank(), "dimensions");
    s.gives(x.withDims(permutation.stream().map(d -> x.dim(d.intValue())).toList()));
  }

  private static void reverse(Site s) {
    s.count(1);
    HloShape.Array x = s.operand(0);
    s.axes(s.proto().getDimensionsList(), x.rank(), "dimensions");
    s.gives(x);
  }

  private static void slice(Site s) {
    s.count(1);
    HloShape.Array x = s.operand(0);
    s.require(
        s.proto().getSliceDimensionsCount() == x.rank(),
        "%d ranges of %s",
        s.proto().getSliceDimensionsCount(),
        x);
    var dims = new ArrayList<Long>();
    for (int i = 0; i < x.rank(); i++) {
      SliceDimensions d = s.proto().getSliceDimensions(i);
      s.require(d.getUnknownFields().isEmpty(), "a range with fields that Girih lacks");
      s.require(
          d.getStart() >= 0
              && d.getStart() <= d.getLimit()
              && d.getLimit() <= x.dim(i)
              && d.getStride() >= 1,
          "range %d:%d:%d of %s",
          d.getStart(),
          d.getLimit(),
          d.getStride(),
          x);
      dims.add(Math.ceilDiv(d.getLimit() - d.getStart(), d.getStride()));
    }
    s.gives(x.withDims(dims));
  }

  /// Checks a `pad`: padding below 0 takes elements away; what is left must not be fewer than none.
  private static void pad(Site s) {
    s.count(2);
    HloShape.Array x = s.operand(0);
    s.same(x.element(), s.operand(1), "padding value");
    var config = s.proto().getPaddingConfig();
    s.require(
        config.getUnknownFields().isEmpty() && config.getDimensionsCount() == x.rank(),
        "padding of %d dimensions of %s",
        config.getDimensionsCount(),
        x);
    var dims = new ArrayList<Long>();
    for (int i = 0; i < x.rank(); i++) {
      PaddingConfigDimension d = config.getDimensions(i);
      s.require(
          d.getUnknownFields().isEmpty() && d.getInteriorPadding() >= 0,
          "interior padding %d",
          d.getInteriorPadding());
      long holes = Math.multiplyExact(Math.max(0, x.dim(i) - 1), d.getInteriorPadding());
      long edges = Math.addExact(d.getEdgePaddingLow(), d.getEdgePaddingHigh());
      long size = Math.addExact(Math.addExact(x.dim(i), holes), edges);
      s.require(size >= 0, "padding of dimension %d of %s leaves %d", i, x, size);
      dims.add(size);
    }
    s.gives(x.withDims(dims));
  }

  private static void concatenate(Site s) {
    HloShape.Array first = s.operand(0);
    s.require(s.proto().getDimensionsCount() == 1, "concatenate needs one dimension");
    int axis = s.axis(s.proto().getDimensions(0), first.rank(), "dimension");
    long sum = 0;
    for (HloShape.Array x : s.arrays(0, s.operands().size())) {
      var dims = new ArrayList<>(x.dims());
      s.require(x.rank() == first.rank(), "%s and %s do not concatenate", first, x);
      sum = Math.addExact(sum, dims.set(axis, first.dim(axis)));
      s.same(first, x.withDims(dims), "other dimensions");
    }
    var dims = new ArrayList<>(first.dims());
    dims.set(axis, sum);
    s.gives(first.withDims(dims));
  }

  private static void positions(Site s, int from, int count) {
    s.count(from + count);
    for (int i = from; i < from + count; i++) {
      HloShape.Array at = s.operand(i);
      s.require(at.scalar() && Types.integral(at.type()), "position %s", at);
      s.require(Types.bits(at.type()) >= 8, "position %s", at);
      s.same(s.operand(from), at, "positions");
    }
  }

  private static void dynamicSlice(Site s) {
    HloShape.Array x = s.operand(0);
    positions(s, 1, x.rank());
    List<Long> sizes = s.proto().getDynamicSliceSizesList();
    s.require(sizes.size() == x.rank(), "sizes %s of %s", sizes, x);
    for (int i = 0; i < x.rank(); i++) {
      s.require(sizes.get(i) >= 0 && sizes.get(i) <= x.dim(i), "sizes %s of %s", sizes, x);
    }
    s.gives(x.withDims(sizes));
  }

  private static void dynamicUpdateSlice(Site s) {
    HloShape.Array x = s.operand(0);
    HloShape.Array block = s.operand(1);
    positions(s, 2, x.rank());
    s.require(block.type() == x.type() && block.rank() == x.rank(), "block %s in %s", block, x);
    for (int i = 0; i < x.rank(); i++) {
      s.require(block.dim(i) <= x.dim(i), "block %s in %s", block, x);
    }
    s.gives(x);
  }
}
