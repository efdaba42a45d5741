package org.girih.ir.op;

import java.util.ArrayList;
import java.util.List;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Dim;

/// A counted loop. Operands: `constants` captured values, `carries` first carries, then arrays
/// whose leading size is `length`. `body` takes the constants, the iteration's number (a scalar
/// `i32`), the carry and the slice of each array at that number, and gives the next carry, then
/// what is to be stacked. Results: the last carry, then the stacked values, leading size `length`.
/// With `reverse` the numbers run down from `length − 1`; slices and stacks keep their places.
public record Scan(FuncRef body, Dim length, int constants, int carries, boolean reverse)
    implements Structured {
  @Override
  public List<FuncRef> callees() {
    return List.of(body);
  }

  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.require(
        constants >= 0 && carries >= 0 && (long) constants + carries <= in.size(),
        "%d constants and %d carries of %d operands",
        constants,
        carries,
        in.size());
    cx.atLeast(length, Dim.of(0), "length of a scan");
    cx.atLeast(Dim.of(Integer.MAX_VALUE), length, "length of a scan");
    var signature = cx.signature(body);
    List<ArrayType> carry = in.subList(constants, constants + carries);
    var due = new ArrayList<>(in.subList(0, constants));
    due.add(ArrayType.scalar(DType.I32));
    due.addAll(carry);
    for (ArrayType array : in.subList(constants + carries, in.size())) {
      cx.require(array.rank() >= 1, "scan over %s", array);
      cx.equal(array.dim(0), length, "leading size of a scan");
      due.add(array.withDims(array.dims().subList(1, array.rank())));
    }
    cx.same(signature.params(), due, "operands of " + body);
    cx.require(signature.results().size() >= carries, "results of %s", body);
    cx.same(carry, signature.results().subList(0, carries), "carry of " + body);
    var out = new ArrayList<>(carry);
    for (ArrayType each : signature.results().subList(carries, signature.results().size())) {
      var dims = new ArrayList<Dim>();
      dims.add(length);
      dims.addAll(each.dims());
      out.add(each.withDims(dims));
    }
    return out;
  }
}
