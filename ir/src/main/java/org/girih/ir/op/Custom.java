package org.girih.ir.op;

import java.util.List;
import java.util.Optional;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Value;

/// Differentiable ops whose derivative has a form of its own: where the maximum was, along a sort's
/// permutation, …
public sealed interface Custom extends Op.Plain
    permits Absolute, Extremum, Reduce, Cumulative, Sort, Scatter, Barrier, AxisExtremum, Factor {
  /// Returns the tangents of the results `ys`, empty where zero; linear in the tangents of the
  /// operands, of which one at least is there.
  List<Optional<Value>> jvp(Builder b, List<Value> xs, List<Value> ys, List<Optional<Value>> ts);

  @Override
  Work work(List<ArrayType> in, List<ArrayType> out);

  @Override
  NanSource nanSource();
}
