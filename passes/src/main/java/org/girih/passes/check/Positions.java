package org.girih.passes.check;

import java.util.ArrayList;
import java.util.List;
import org.girih.ir.op.Bits;
import org.girih.ir.op.Builder;
import org.girih.ir.op.Compare;
import org.girih.ir.op.Concatenate;
import org.girih.ir.op.Constant;
import org.girih.ir.op.DynamicSlice;
import org.girih.ir.op.DynamicUpdateSlice;
import org.girih.ir.op.Gather;
import org.girih.ir.op.Op;
import org.girih.ir.op.Scatter;
import org.girih.ir.op.ScatterAdd;
import org.girih.ir.op.Windows;
import org.girih.ir.program.Equation;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Value;

/// The positions at which an equation reads or writes an array, before they are clamped or dropped.
/// The elaborator has counted negative ones from the end, so what is below 0 was below `-size`.
///
/// @param indices a scalar position, or index vectors along the last axis
/// @param bounds one for each entry of an index vector
record Positions(Value indices, List<RecordSite.Bound> bounds) {
  /// Returns those of an equation that may lie outside; constants do not, since the elaborator
  /// looks at them.
  ///
  /// @param definitions the equation of each value, by id; null for parameters
  static List<Positions> of(Equation equation, Equation[] definitions) {
    List<Value> xs = equation.operands();
    return switch (equation.op()) {
      case DynamicSlice(var sizes) -> starts(xs.getFirst().type(), sizes, xs, 1, definitions);
      case DynamicUpdateSlice _ ->
          starts(xs.getFirst().type(), xs.get(1).type().dims(), xs, 2, definitions);
      case Gather(var windows, var sizes) ->
          vectors(windows, xs.getFirst().type(), xs.get(1), sizes);
      case ScatterAdd(var windows) -> vectors(windows, xs);
      case Scatter(_, var windows) -> vectors(windows, xs);
      case Op _ -> List.of();
    };
  }

  private static List<Positions> starts(
      ArrayType array, List<Dim> sizes, List<Value> xs, int first, Equation[] definitions) {
    var out = new ArrayList<Positions>();
    for (int axis = 0; axis < array.rank(); axis++) {
      Value start = xs.get(first + axis);
      Equation made = definitions[start.id()];
      if (made == null || !(made.op() instanceof Constant)) {
        out.add(new Positions(start, List.of(bound(array, sizes, axis))));
      }
    }
    return out;
  }

  private static List<Positions> vectors(Windows windows, List<Value> xs) {
    ArrayType array = xs.getFirst().type();
    return vectors(windows, array, xs.get(1), windows.sizes(array, xs.get(2).type()));
  }

  private static List<Positions> vectors(
      Windows windows, ArrayType array, Value indices, List<Dim> sizes) {
    long count = indices.type().elements().known().orElse(0);
    return count == 0 || count > Integer.MAX_VALUE
        ? List.of()
        : List.of(
            new Positions(
                indices, windows.indexed().stream().map(a -> bound(array, sizes, a)).toList()));
  }

  private static RecordSite.Bound bound(ArrayType array, List<Dim> sizes, int axis) {
    return new RecordSite.Bound(
        array.dim(axis).known().orElseThrow(), sizes.get(axis).known().orElseThrow());
  }

  /// Returns which of them lie outside.
  ///
  /// @param at the indices as they are where `b` emits
  Value outside(Builder b, Value at) {
    Value last;
    if (at.type().isScalar()) {
      last = b.position(last(bounds.getFirst()));
    } else {
      var each = new ArrayList<Value>();
      bounds.forEach(bound -> each.add(b.fill(ArrayType.of(DType.I32, 1), last(bound))));
      Value row = each.size() == 1 ? each.getFirst() : b.emit(new Concatenate(0), each).getFirst();
      last = b.broadcast(row, at.type().dims(), List.of(at.type().rank() - 1));
    }
    Value below = b.compare(Compare.LT, at, b.fill(at, 0));
    return b.emit1(Bits.OR, below, b.compare(Compare.GT, at, last));
  }

  private static long last(RecordSite.Bound bound) {
    return bound.size() - bound.block();
  }
}
