package org.girih.ir.op;

import java.util.List;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Value;

/// xⁿ for an integer n that the program states, by multiplications: by squares, from the lowest bit
/// of n on, then 1 / x⁻ⁿ for a negative n. These are those of `lax.integer_pow`, in its order. It
/// is an op of its own for the sake of its derivative, n xⁿ⁻¹, which is one power again: the
/// derivatives of the multiplications would double with each order.
///
/// Integers have no negative powers.
///
/// - (C1) one operand
/// - (C2) a numeric dtype
/// - (C3) of a negative exponent, an inexact dtype
public record IntegerPower(int exponent) implements Smooth {
  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.c(1).count(in, 1);
    ArrayType type = in.getFirst();
    cx.c(2).require(type.dtype().numeric(), "expected a numeric dtype, got %s", type);
    cx.c(3)
        .require(
            exponent >= 0 || type.dtype().inexact(),
            "expected an inexact dtype for the exponent %d, got %s",
            exponent,
            type);
    return in;
  }

  @Override
  public Work work(List<ArrayType> in, List<ArrayType> out) {
    throw Work.left(this);
  }

  @Override
  public Value tangent(Builder b, int i, List<Value> xs, Value y, Value t) {
    Value x = xs.getFirst();
    return switch (exponent) {
      case 0 -> b.fill(x, 0);
      case 1 -> t;
      case 2 -> b.multiply(t, b.multiply(b.fill(x, 2), x));
      default ->
          b.multiply(
              t, b.multiply(b.fill(x, exponent), b.emit1(new IntegerPower(exponent - 1), x)));
    };
  }

  /// Emits the multiplications.
  public Value expand(Builder b, Value x) {
    long size = Math.abs((long) exponent);
    Value out = null;
    Value square = x;
    for (long left = size; left > 0; left >>= 1) {
      if ((left & 1) == 1) {
        out = out == null ? square : b.multiply(out, square);
      }
      if (left > 1) {
        square = b.multiply(square, square);
      }
    }
    Value one = out == null || exponent < 0 ? b.fill(x, 1) : null;
    return out == null ? one : exponent < 0 ? b.divide(one, out) : out;
  }
}
