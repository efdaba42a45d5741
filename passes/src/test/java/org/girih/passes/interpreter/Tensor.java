package org.girih.passes.interpreter;

import java.util.Arrays;
import java.util.function.IntFunction;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Literal;
import org.girih.passes.scalar.Scalar;
import org.girih.passes.scalar.Scalar.Complex;
import org.girih.passes.scalar.Scalar.Real;
import org.girih.passes.scalar.Scalar.Whole;

/// An array of elements in row-major order.
public record Tensor(ArrayType type, Scalar[] elements) {
  /// An array whose element at each row-major position is what `element` says.
  public static Tensor of(ArrayType type, IntFunction<Scalar> element) {
    long count = type.elements().known().orElseThrow();
    var elements = new Scalar[Math.toIntExact(count)];
    Arrays.setAll(elements, element);
    return new Tensor(type, elements);
  }

  public static Tensor of(Literal literal) {
    return of(literal.type(), i -> Scalar.of(literal.type().dtype(), literal.element(i)));
  }

  public static Tensor i32(int value) {
    return of(ArrayType.scalar(DType.I32), _ -> new Whole(value));
  }

  /// The same as a literal; NaN has its usual bits.
  public Literal literal() {
    int size = type.dtype().bytes();
    byte[] bytes = new byte[elements.length * size];
    for (int i = 0; i < elements.length; i++) {
      System.arraycopy(elements[i].bytes(type.dtype()), 0, bytes, i * size, size);
    }
    return Literal.dense(type, bytes);
  }

  public int rank() {
    return type.rank();
  }

  public int size(int axis) {
    return Math.toIntExact(type.dim(axis).known().orElseThrow());
  }

  /// The element at an index.
  public Scalar at(int[] index) {
    return elements[position(index)];
  }

  /// The row-major position of an index.
  public int position(int[] index) {
    int position = 0;
    for (int i = 0; i < index.length; i++) {
      position = position * size(i) + index[i];
    }
    return position;
  }

  /// The index of a row-major position in an array of this type.
  public static int[] index(ArrayType type, int position) {
    int[] index = new int[type.rank()];
    int left = position;
    for (int i = index.length - 1; i >= 0; i--) {
      int size = Math.toIntExact(type.dim(i).known().orElseThrow());
      index[i] = left % size;
      left /= size;
    }
    return index;
  }

  long whole(int position) {
    return ((Whole) elements[position]).bits();
  }

  double real(int position) {
    return ((Real) elements[position]).value();
  }

  Complex complex(int position) {
    return (Complex) elements[position];
  }
}
