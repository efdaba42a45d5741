package org.girih.ir.op;

import java.util.ArrayList;
import java.util.List;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Value;

/// Elements of the second operand where the first, a `bool`, is true, of the third elsewhere. The
/// first is a scalar or has the others' dims.
///
/// - (C1) three operands
/// - (C2) the first is `bool`
/// - (C3) the second and the third have equal types
/// - (C4) the first is a scalar or has the dims of the others
public record Select() implements Linear {
  @Override
  public boolean cheap() {
    return true;
  }

  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.c(1).count(in, 3);
    cx.c(2).require(in.getFirst().dtype() == DType.BOOL, "expected bool, got %s", in.getFirst());
    cx.c(3).same(in.get(1), in.get(2));
    if (!in.getFirst().isScalar()) {
      cx.c(4).sameDims(in.get(0), in.get(1));
    }
    return List.of(in.get(1));
  }

  @Override
  public Work work(List<ArrayType> in, List<ArrayType> out) {
    return Work.pointwise(out, 1);
  }

  @Override
  public NanSource nanSource() {
    return NanSource.NONE;
  }

  @Override
  public List<List<Integer>> groups(int operands) {
    return List.of(List.of(1, 2));
  }

  @Override
  public void transpose(Builder b, TransposedOperands in, Value ct, Cotangents out) {
    if (in.linear(1)) {
      out.add(1, b.select(in.get(0), ct, b.fill(ct, 0)));
    }
    if (in.linear(2)) {
      out.add(2, b.select(in.get(0), b.fill(ct, 0), ct));
    }
  }

  @Override
  public Batched batch(Builder b, BatchAxis axis, List<Value> xs, Mask batched) {
    List<Value> all = new ArrayList<>(Batched.spread(b, axis, xs, batched));
    List<Dim> dims = all.get(1).type().dims();
    if (!batched.at(0) && xs.get(0).type().isScalar()) {
      all.set(0, xs.get(0));
    } else if (all.get(0).type().rank() != dims.size()) {
      all.set(0, b.broadcast(all.get(0), dims, List.of(0)));
    }
    return Batched.all(b.emit(this, all));
  }
}
