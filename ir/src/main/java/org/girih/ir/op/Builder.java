package org.girih.ir.op;

import java.util.List;
import java.util.stream.IntStream;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Literal;
import org.girih.ir.type.Value;

/// The place where rules append their equations. Types are inferred; the short forms below are
/// those that rules use most.
public interface Builder {
  /// Appends an equation and returns its results.
  ///
  /// @throws IllTyped if the operands do not fit the op
  List<Value> emit(Op op, List<Value> operands);

  /// Appends an equation, or returns the results of the same one that was appended by this before,
  /// whatever it does besides: for what several rules share.
  default List<Value> once(Op op, List<Value> operands) {
    return emit(op, operands);
  }

  /// Appends an equation with one result.
  ///
  /// @throws IllTyped if the operands do not fit the op
  default Value emit1(Op op, Value... operands) {
    return emit(op, List.of(operands)).getFirst();
  }

  default Value add(Value a, Value b) {
    return emit1(Arithmetic.ADD, a, b);
  }

  default Value subtract(Value a, Value b) {
    return emit1(Arithmetic.SUBTRACT, a, b);
  }

  default Value multiply(Value a, Value b) {
    return emit1(Arithmetic.MULTIPLY, a, b);
  }

  default Value divide(Value a, Value b) {
    return emit1(Arithmetic.DIVIDE, a, b);
  }

  default Value negate(Value a) {
    return emit1(Arithmetic.NEGATE, a);
  }

  /// Returns one number everywhere.
  default Value fill(ArrayType type, Number number) {
    Value scalar = emit1(new Constant(Literal.of(ArrayType.scalar(type.dtype()), number)));
    return type.isScalar() ? scalar : emit1(new Broadcast(type.dims(), List.of()), scalar);
  }

  default Value zeros(ArrayType type) {
    return fill(type, 0);
  }

  /// Returns the same number everywhere, of the type that `like` has.
  default Value fill(Value like, Number number) {
    return fill(like.type(), number);
  }

  default Value compare(Compare op, Value a, Value b) {
    return emit1(op, a, b);
  }

  /// Selects, pointwise, `a` where `p`, else `b`.
  default Value select(Value p, Value a, Value b) {
    return emit1(new Select(), p, a, b);
  }

  default Value convert(Value x, DType dtype) {
    return x.type().dtype() == dtype ? x : emit1(new Convert(dtype), x);
  }

  default Value reshape(Value x, List<Dim> dims) {
    return x.type().dims().equals(dims) ? x : emit1(new Reshape(dims), x);
  }

  default Value broadcast(Value x, List<Dim> dims, List<Integer> axes) {
    return x.type().dims().equals(dims) ? x : emit1(new Broadcast(dims, axes), x);
  }

  default Value transpose(Value x, List<Integer> permutation) {
    boolean same = IntStream.range(0, permutation.size()).allMatch(i -> permutation.get(i) == i);
    return same ? x : emit1(new Transpose(permutation), x);
  }

  default Value sum(Value x, List<Integer> axes) {
    return axes.isEmpty() ? x : emit1(new ReduceSum(axes), x);
  }

  /// Returns 0, 1, 2, … along an axis.
  default Value iota(DType dtype, List<Dim> dims, int axis) {
    return emit1(new Iota(dtype, dims, axis));
  }

  /// Returns a scalar `i32`.
  default Value position(long at) {
    return emit1(new Constant(Literal.i32(Math.toIntExact(at))));
  }

  /// Returns the array with axis `from` at place `to`, the others in their order.
  default Value moveAxis(Value x, int from, int to) {
    var order = new java.util.ArrayList<>(IntStream.range(0, x.type().rank()).boxed().toList());
    order.add(to, order.remove(from));
    return transpose(x, order);
  }

  /// Returns the array repeated along a new leading axis.
  default Value repeat(Value x, Dim size) {
    return broadcast(
        x,
        Batched.dims(size, x.type().dims()),
        IntStream.rangeClosed(1, x.type().rank()).boxed().toList());
  }
}
