package org.girih.ir.type;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The type of every value of the IR: an element type and dimensions, outermost first. No
/// dimensions is a scalar. Arrays are dense and row-major where they meet the host.
public record ArrayType(DType dtype, List<Dim> dims) {
  public ArrayType {
    dims = List.copyOf(dims);
  }

  public static ArrayType scalar(DType dtype) {
    return new ArrayType(dtype, List.of());
  }

  public static ArrayType of(DType dtype, long... sizes) {
    return new ArrayType(dtype, Arrays.stream(sizes).mapToObj(Dim::of).toList());
  }

  public int rank() {
    return dims.size();
  }

  public boolean isScalar() {
    return dims.isEmpty();
  }

  public Dim dim(int axis) {
    return dims.get(axis);
  }

  /// Returns the number of elements.
  ///
  /// @throws ArithmeticException if it leaves 64 bits
  public Dim elements() {
    Dim product = Dim.of(1);
    for (Dim dim : dims) {
      product = product.times(dim);
    }
    return product;
  }

  /// Returns whether all sizes are numbers.
  public boolean known() {
    return dims.stream().allMatch(Dim.Known.class::isInstance);
  }

  /// Returns the sizes as numbers.
  ///
  /// @throws IllegalStateException if one is not
  public long[] sizes() {
    return dims.stream()
        .mapToLong(
            d -> d.known().orElseThrow(() -> new IllegalStateException("symbolic size in " + this)))
        .toArray();
  }

  public ArrayType withDType(DType other) {
    return new ArrayType(other, dims);
  }

  public ArrayType withDims(List<Dim> other) {
    return new ArrayType(dtype, other);
  }

  /// Returns the type of its tangents: itself if inexact, else absent.
  public Optional<ArrayType> tangent() {
    return dtype.inexact() ? Optional.of(this) : Optional.empty();
  }

  /// Returns `f32[4, n]`; a scalar is `f32`.
  @Override
  public String toString() {
    return dims.isEmpty()
        ? dtype.text()
        : dims.stream()
            .map(Dim::toString)
            .collect(Collectors.joining(", ", dtype.text() + "[", "]"));
  }
}
