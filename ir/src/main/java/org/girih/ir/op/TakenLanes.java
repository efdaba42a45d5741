package org.girih.ir.op;

import java.util.ArrayList;
import java.util.List;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Value;

/// Replaces the operands of lanes that must not compute on what they are given: a branch that a
/// lane does not take may hold a `while` that never ends for it. Such a lane is given what the
/// first lane has that takes the branch, and its result is dropped.
///
/// ```
/// %4: f32[8] = call %1 {callee = @branch}       for lanes %0: bool[8], %1: f32[8]
///
/// %5: i32 = argmax of %0
/// %6: f32[8] = dynamic_slice of %1 at %5, repeated
/// %7: f32[8] = select %0 %1 %6
/// %8: bool = any of %0
/// %4: f32[8] = cond %8 %7 {then = @branch, otherwise = zeros}
/// ```
final class TakenLanes {
  private TakenLanes() {}

  /// Returns the operands, where `p` is false those of the first lane where it is true.
  static List<Value> given(Builder b, Value p, List<Value> xs, Mask batched) {
    Value first = b.emit1(new ArgReduce(ArgReduce.Which.MAX, 0), b.convert(p, DType.I32));
    var out = new ArrayList<Value>();
    for (int i = 0; i < xs.size(); i++) {
      Value x = xs.get(i);
      out.add(batched.at(i) ? b.select(Cond.lanes(b, p, x), x, row(b, x, first)) : x);
    }
    return out;
  }

  /// Returns one lane's part, as that of all.
  private static Value row(Builder b, Value x, Value lane) {
    List<Dim> dims = new ArrayList<>(x.type().dims());
    dims.set(0, Dim.of(1));
    var operands = new ArrayList<>(List.of(x, lane));
    for (int i = 1; i < dims.size(); i++) {
      operands.add(b.position(0));
    }
    Value row = b.emit(new DynamicSlice(dims), operands).getFirst();
    List<Dim> rest = dims.subList(1, dims.size());
    return b.repeat(b.reshape(row, rest), x.type().dim(0));
  }

  /// Calls a branch on lanes if any lane takes it; else the results are zeros, which nothing uses.
  static List<Value> call(
      Builder b, Transforms t, FuncRef branch, Value p, List<Value> xs, Mask batched) {
    List<ArrayType> params = xs.stream().map(Value::type).toList();
    List<ArrayType> results = t.signature(branch).results();
    FuncRef none =
        t.define(
            branch.name() + ".none", params, (g, _) -> results.stream().map(g::zeros).toList());
    Value any = b.emit1(new ReduceBits(ReduceBits.Monoid.OR, List.of(0)), p);
    var operands = new ArrayList<Value>(List.of(any));
    operands.addAll(given(b, p, xs, batched));
    return b.emit(new Cond(branch, none), operands);
  }
}
