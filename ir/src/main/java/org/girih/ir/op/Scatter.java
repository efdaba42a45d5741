package org.girih.ir.op;

import java.util.List;
import java.util.Optional;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Value;

/// The array with updates written or multiplied in at positions, or with the greater or lesser of
/// element and update; operands and bounds as in [ScatterAdd]. Where equal positions are written,
/// the last update in row-major order stays on CPU; elsewhere which one is not specified, as in
/// XLA.
///
/// - (C1) three operands
/// - (C2) to (C6) are those of [Windows]
/// - (C7) updates of the array's dtype
/// - (C8) updates of the dims that the blocks at the indices have
/// - (C9) to multiply, a numeric dtype, and of extremes a real one
public record Scatter(Combine combine, Windows windows) implements Custom {
  public enum Combine {
    SET,
    MULTIPLY,
    /// The greater; NaN if either is.
    MAX,
    MIN;

    /// Returns whether it keeps one of two numbers by their order.
    public boolean extreme() {
      return this == MAX || this == MIN;
    }
  }

  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.c(1).count(in, 3);
    ArrayType array = windows.scatter(cx, in);
    cx.c(9)
        .require(
            combine == Combine.SET
                || array.dtype().numeric() && !(combine.extreme() && array.dtype().complex()),
            "expected a %s dtype, got %s",
            combine.extreme() ? "real numeric" : "numeric",
            array);
    return List.of(array);
  }

  @Override
  public Work work(List<ArrayType> in, List<ArrayType> out) {
    return Work.scatter(in, combine == Combine.SET ? 0 : 1);
  }

  @Override
  public NanSource nanSource() {
    return combine == Combine.MULTIPLY ? NanSource.WHOLE : NanSource.NONE;
  }

  /// Gives written elements the tangent of the update that stayed: who wrote what is found by
  /// scattering the updates' numbers. Factors' tangents are refused, since equal positions would
  /// need each other's factors. Extremes have the rule of [Winners].
  @Override
  public List<Optional<Value>> jvp(
      Builder b, List<Value> xs, List<Value> ys, List<Optional<Value>> ts) {
    Value indices = xs.get(1);
    Value updates = xs.get(2);
    if (combine.extreme()) {
      return List.of(Winners.tangent(b, this, xs, ts));
    }
    if (combine == Combine.MULTIPLY) {
      if (ts.get(2).isPresent()) {
        throw new Refusal(
            Code.NOT_DIFFERENTIABLE,
            "the factors of `*=` at positions of the run time have no derivative",
            "read the elements, multiply, and write them with `=`");
      }
      Value factors = b.emit1(this, b.fill(xs.get(0), 1), indices, updates);
      return List.of(ts.get(0).map(t -> b.multiply(t, factors)));
    }
    ArrayType counted = updates.type().withDType(DType.I32);
    Value flat = b.iota(DType.I32, List.of(counted.elements()), 0);
    Value numbers = b.reshape(b.add(flat, b.fill(flat, 1)), counted.dims());
    Value nobody = b.zeros(xs.get(0).type().withDType(DType.I32));
    Value writer = b.emit1(this, nobody, indices, numbers);
    Optional<Value> kept =
        ts.get(0).map(t -> b.select(b.compare(Compare.EQ, writer, nobody), t, b.fill(t, 0)));
    Optional<Value> written =
        ts.get(2)
            .map(
                t -> {
                  var gather = new Gather(windows, windows.sizes(xs.get(0).type(), updates.type()));
                  Value stays = b.compare(Compare.EQ, b.emit1(gather, writer, indices), numbers);
                  return b.emit1(
                      new ScatterAdd(windows),
                      b.zeros(xs.get(0).type()),
                      indices,
                      b.select(stays, t, b.fill(t, 0)));
                });
    return List.of(Tangents.sum(b, kept, written));
  }

  @Override
  public Batched batch(Builder b, BatchAxis axis, List<Value> xs, Mask batched) {
    var lanes = windows.lanes(b, axis, xs, batched);
    return Batched.all(b.emit(new Scatter(combine, lanes.windows()), lanes.operands()));
  }
}
