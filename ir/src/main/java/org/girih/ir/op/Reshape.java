package org.girih.ir.op;

import java.util.List;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Value;

/// The same elements in row-major order under other dims; their products must be equal.
///
/// - (C1) one operand
/// - (C2) no size is negative
/// - (C3) equal numbers of elements
public record Reshape(List<Dim> dims) implements Linear {
  @Override
  public boolean cheap() {
    return true;
  }

  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.c(1).count(in, 1);
    ArrayType to = in.getFirst().withDims(dims);
    for (Dim dim : dims) {
      cx.c(2).atLeast(dim, Dim.of(0), "a size");
    }
    cx.c(3).equal(in.getFirst().elements(), to.elements(), "elements of a reshape");
    return List.of(to);
  }

  @Override
  public Work work(List<ArrayType> in, List<ArrayType> out) {
    return Work.RENAMES;
  }

  @Override
  public NanSource nanSource() {
    return NanSource.NONE;
  }

  @Override
  public void transpose(Builder b, TransposedOperands in, Value ct, Cotangents out) {
    out.add(0, b.reshape(ct, in.type(0).dims()));
  }

  @Override
  public Batched batch(Builder b, BatchAxis axis, List<Value> xs, Mask batched) {
    return Batched.all(b.reshape(xs.getFirst(), Batched.dims(axis.size(), dims)));
  }
}
