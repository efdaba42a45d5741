package org.girih.ir.op;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Value;

/// The result of a batching rule: results, and which of them have the batch dimension, which is
/// always dimension 0.
public record Batched(List<Value> results, Mask mask) {
  /// Returns all results batched.
  static Batched all(Value... results) {
    return all(List.of(results));
  }

  static Batched all(List<Value> results) {
    return new Batched(results, Mask.all(results.size()));
  }

  static List<Dim> dims(Dim size, List<Dim> dims) {
    var out = new ArrayList<Dim>(dims.size() + 1);
    out.add(size);
    out.addAll(dims);
    return out;
  }

  static ArrayType type(Dim size, ArrayType type) {
    return type.withDims(dims(size, type.dims()));
  }

  /// Returns the axes as they are behind a batch dimension.
  static List<Integer> axes(List<Integer> axes) {
    return axes.stream().map(a -> a + 1).toList();
  }

  /// Returns all operands with the batch dimension: what has none is repeated.
  static List<Value> spread(Builder b, BatchAxis axis, List<Value> xs, Mask batched) {
    var out = new ArrayList<Value>(xs.size());
    for (int i = 0; i < xs.size(); i++) {
      out.add(batched.at(i) ? xs.get(i) : b.repeat(xs.get(i), axis.size()));
    }
    return Collections.unmodifiableList(out);
  }

  /// Applies the rule of pointwise ops: the op itself on operands that all have the batch
  /// dimension.
  static Batched pointwise(Op op, Builder b, BatchAxis axis, List<Value> xs, Mask batched) {
    return all(b.emit(op, spread(b, axis, xs, batched)));
  }
}
