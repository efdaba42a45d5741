package org.girih.cli.docs.tiny;

import java.util.List;
import java.util.Optional;
import org.girih.cli.docs.tiny.Func.Builder;
import org.girih.cli.docs.tiny.Func.Type;
import org.girih.cli.docs.tiny.Func.Value;

/// The ops, and their rules for each transformation: type, tangent, transpose.
sealed interface Op {
  record Constant(List<Double> values, boolean scalar) implements Op {}

  enum Unary implements Op {
    SIN,
    COS,
    NEGATE
  }

  enum Pair implements Op {
    ADD,
    MULTIPLY
  }

  record Broadcast(int size) implements Op {}

  record Sum() implements Op {}

  default Type infer(List<Type> in) {
    return switch (this) {
      case Constant c -> new Type(c.scalar() ? Optional.empty() : Optional.of(c.values().size()));
      case Unary _ -> in.getFirst();
      case Pair _ when in.get(0).equals(in.get(1)) -> in.getFirst();
      case Pair _ -> throw new Wrong("sizes of " + in.get(0) + " and " + in.get(1) + " differ");
      case Broadcast(var size) -> new Type(Optional.of(size));
      case Sum() -> Type.SCALAR;
    };
  }

  /// What operand `i` adds to the tangent of the result, if `t` is its own tangent: linear in `t`.
  default Value tangent(Builder b, int i, List<Value> xs, Value t) {
    return switch (this) {
      case Constant _ -> throw new IllegalStateException("a constant has no operands");
      case Unary.SIN -> b.emit(Pair.MULTIPLY, t, b.emit(Unary.COS, xs.get(i)));
      case Unary.COS ->
          b.emit(Pair.MULTIPLY, t, b.emit(Unary.NEGATE, b.emit(Unary.SIN, xs.get(i))));
      case Pair.MULTIPLY -> b.emit(this, t, xs.get(1 - i));
      case Pair.ADD -> t;
      case Unary.NEGATE -> b.emit(this, t);
      case Broadcast _ -> b.emit(this, t);
      case Sum() -> b.emit(this, t);
    };
  }

  /// What operand `i`, in which the op is linear, gets of the result's cotangent.
  default Value transpose(Builder b, int i, List<Value> xs, Value ct) {
    return switch (this) {
      case Constant _ -> throw new IllegalStateException("a constant has no operands");
      case Unary.SIN, Unary.COS -> throw new IllegalStateException(this + " is not linear");
      case Unary.NEGATE -> b.emit(this, ct);
      case Pair.ADD -> ct;
      case Pair.MULTIPLY -> b.emit(this, ct, xs.get(1 - i));
      case Broadcast _ -> b.emit(new Sum(), ct);
      case Sum() -> b.emit(new Broadcast(xs.get(i).type().size().orElseThrow()), ct);
    };
  }
}
