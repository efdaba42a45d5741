package org.girih.ir.op;

import java.util.List;
import java.util.Optional;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Value;

/// Pointwise arithmetic; operands and result have one type. Integers wrap around.
///
/// - (C1) two operands, of `negate` one
/// - (C2) operands of equal types
/// - (C3) a numeric dtype
/// - (C4) of `divide`, an inexact dtype
public enum Arithmetic implements Linear {
  ADD(2),
  SUBTRACT(2),
  NEGATE(1),
  MULTIPLY(2),
  /// Of inexact numbers; [Quotient] divides integers.
  DIVIDE(2);

  private final int arity;

  Arithmetic(int arity) {
    this.arity = arity;
  }

  @Override
  public boolean cheap() {
    return this != DIVIDE;
  }

  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.c(1).count(in, arity);
    ArrayType type = in.getFirst();
    cx.c(2).same(type, in.getLast());
    cx.c(3).require(type.dtype().numeric(), "expected a numeric dtype, got %s", type);
    cx.c(4)
        .require(
            this != DIVIDE || type.dtype().inexact(), "expected an inexact dtype, got %s", type);
    return List.of(type);
  }

  @Override
  public Work work(List<ArrayType> in, List<ArrayType> out) {
    return Work.pointwise(out, 1);
  }

  @Override
  public NanSource nanSource() {
    return this == NEGATE ? NanSource.NONE : NanSource.POINTWISE;
  }

  @Override
  public List<List<Integer>> groups(int operands) {
    return switch (this) {
      case ADD, SUBTRACT -> List.of(List.of(0, 1));
      case MULTIPLY -> List.of(List.of(0), List.of(1));
      case NEGATE, DIVIDE -> List.of(List.of(0));
    };
  }

  /// Leaves out absent tangents; the derivative of x / y in y is −(x / y) / y.
  @Override
  public Optional<Value> tangent(Builder b, List<Value> xs, Value y, List<Optional<Value>> ts) {
    return switch (this) {
      case ADD -> Tangents.sum(b, ts.get(0), ts.get(1));
      case SUBTRACT -> Tangents.sum(b, ts.get(0), ts.get(1).map(b::negate));
      case NEGATE -> ts.get(0).map(b::negate);
      case MULTIPLY ->
          Tangents.sum(
              b,
              ts.get(0).map(t -> b.multiply(t, xs.get(1))),
              ts.get(1).map(t -> b.multiply(xs.get(0), t)));
      case DIVIDE ->
          Tangents.sum(
              b,
              ts.get(0).map(t -> b.divide(t, xs.get(1))),
              ts.get(1).map(t -> b.multiply(t, b.negate(b.divide(y, xs.get(1))))));
    };
  }

  @Override
  public void transpose(Builder b, TransposedOperands in, Value ct, Cotangents out) {
    switch (this) {
      case ADD -> {
        out.add(0, ct);
        out.add(1, ct);
      }
      case SUBTRACT -> {
        out.add(0, ct);
        if (in.linear(1)) {
          out.add(1, b.negate(ct));
        }
      }
      case NEGATE -> out.add(0, b.negate(ct));
      case MULTIPLY -> {
        int linear = in.linear(0) ? 0 : 1;
        out.add(linear, b.multiply(ct, in.get(1 - linear)));
      }
      case DIVIDE -> out.add(0, b.divide(ct, in.get(1)));
    }
  }

  @Override
  public Batched batch(Builder b, BatchAxis axis, List<Value> xs, Mask batched) {
    return Batched.pointwise(this, b, axis, xs, batched);
  }
}
