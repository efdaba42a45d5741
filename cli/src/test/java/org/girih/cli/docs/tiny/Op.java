package org.girih.cli.docs.tiny;

import static org.girih.cli.docs.tiny.Op.Pointwise.COSINE;
import static org.girih.cli.docs.tiny.Op.Pointwise.MULTIPLY;
import static org.girih.cli.docs.tiny.Op.Pointwise.NEGATE;
import static org.girih.cli.docs.tiny.Op.Pointwise.SINE;

import java.util.List;
import java.util.Set;
import org.girih.cli.docs.tiny.Func.Builder;
import org.girih.cli.docs.tiny.Func.Value;

/// The ops, and their rules for each transformation: type, tangent, transpose.
sealed interface Op {
  record Constant(List<Double> values, List<Integer> dims) implements Op {}

  /// Each element of the result comes from the operands' elements in its place.
  enum Pointwise implements Op {
    ADD,
    COSINE,
    MULTIPLY,
    NEGATE,
    SINE
  }

  record Broadcast(List<Integer> dims) implements Op {}

  record Sum() implements Op {}

  default List<Integer> infer(List<List<Integer>> in) {
    return switch (this) {
      case Constant constant -> constant.dims();
      case Pointwise _ when Set.copyOf(in).size() == 1 -> in.getFirst();
      case Pointwise _ -> throw new IllegalArgumentException("sizes " + in + " differ");
      case Broadcast broadcast -> broadcast.dims();
      case Sum _ -> List.of();
    };
  }

  /// What operand `i` adds to the tangent of the result, if `t` is its own tangent: linear in `t`.
  default Value tangent(Builder b, int i, List<Value> xs, Value t) {
    return switch (this) {
      case Constant _ -> throw new IllegalStateException("a constant has no operands");
      case Pointwise.ADD -> t;
      case Pointwise.COSINE -> b.emit(MULTIPLY, t, b.emit(NEGATE, b.emit(SINE, xs.get(i))));
      case Pointwise.MULTIPLY -> b.emit(this, t, xs.get(1 - i));
      case Pointwise.SINE -> b.emit(MULTIPLY, t, b.emit(COSINE, xs.get(i)));
      case Pointwise.NEGATE -> b.emit(this, t);
      case Broadcast _, Sum _ -> b.emit(this, t);
    };
  }

  /// What operand `i`, in which the op is linear, gets of the result's cotangent.
  default Value transpose(Builder b, int i, List<Value> xs, Value ct) {
    return switch (this) {
      case Constant _ -> throw new IllegalStateException("a constant has no operands");
      case Pointwise.COSINE, Pointwise.SINE -> throw new IllegalStateException("not linear");
      case Pointwise.ADD -> ct;
      case Pointwise.MULTIPLY -> b.emit(this, ct, xs.get(1 - i));
      case Pointwise.NEGATE -> b.emit(this, ct);
      case Broadcast _ -> b.emit(new Sum(), ct);
      case Sum _ -> b.emit(new Broadcast(xs.get(i).dims()), ct);
    };
  }
}
