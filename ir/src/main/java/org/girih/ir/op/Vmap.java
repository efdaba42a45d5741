package org.girih.ir.op;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Value;

/// A function on lanes: operand i is sliced along axis `in[i]` (shared by all lanes if −1), and
/// result i stacked along axis `out[i]` (the same on all lanes if −1).
///
/// - (C1) the callee is a function defined before
/// - (C2) an entry of `in` for each operand and each parameter, one of `out` for each result
/// - (C3) `in` are axes of the operands, or −1
/// - (C4) mapped axes of size `size`
/// - (C5) slices of the types of the parameters
/// - (C6) `out` are axes of the stacked results, or −1
///
/// @param size the number of lanes
/// @param lane the number by which collectives in the function name the axis
public record Vmap(FuncRef callee, Dim size, List<Integer> in, List<Integer> out, int lane)
    implements Transform {
  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> operands) {
    var signature = cx.c(1).signature(callee);
    cx.c(2).count(operands, in.size());
    cx.c(2)
        .require(
            in.size() == signature.params().size() && out.size() == signature.results().size(),
            "expected axes for the parameters and results of %s, got %s and %s",
            callee,
            in,
            out);
    var slices = new ArrayList<ArrayType>();
    for (int i = 0; i < in.size(); i++) {
      ArrayType type = operands.get(i);
      if (in.get(i) < 0) {
        slices.add(type);
        continue;
      }
      cx.c(3).axis(type, in.get(i));
      cx.c(4).equal(type.dim(in.get(i)), size, "mapped sizes");
      var dims = new ArrayList<>(type.dims());
      dims.remove((int) in.get(i));
      slices.add(type.withDims(dims));
    }
    cx.c(5).same(signature.params(), slices, "operands of " + callee);
    var results = new ArrayList<ArrayType>();
    for (int i = 0; i < out.size(); i++) {
      ArrayType type = signature.results().get(i);
      if (out.get(i) < 0) {
        results.add(type);
        continue;
      }
      cx.c(6).require(out.get(i) <= type.rank(), "no result axis %d over %s", out.get(i), type);
      var dims = new ArrayList<>(type.dims());
      dims.add((int) out.get(i), size);
      results.add(type.withDims(dims));
    }
    return results;
  }

  /// @throws Refusal if a result that is to be the same on all lanes is not
  @Override
  public List<Value> expand(Builder b, Transforms t, List<Value> xs) {
    return expand(
        b,
        t,
        xs,
        "give `out_axes` a number there, or reduce over the lanes with `psum` or `pmean`");
  }

  /// Does the same for lanes of another axis: its dimension comes before those of the lanes here.
  @Override
  public Batched batch(Builder b, Transforms t, BatchAxis axis, List<Value> xs, Mask batched) {
    var made = t.batch(callee, axis, batched, Mask.none(out.size()));
    return new Batched(
        b.emit(
            new Vmap(made.ref(), size, shifted(in, batched), shifted(out, made.out()), lane), xs),
        made.out());
  }

  /// Returns the axes behind a batch dimension, where there is one.
  static List<Integer> shifted(List<Integer> axes, Mask batched) {
    return IntStream.range(0, axes.size())
        .mapToObj(i -> axes.get(i) >= 0 && batched.at(i) ? axes.get(i) + 1 : axes.get(i))
        .toList();
  }

  /// @param help what is reported if a result differs between lanes that must not
  List<Value> expand(Builder b, Transforms t, List<Value> xs, String help) {
    Mask batched = Mask.where(in.size(), i -> in.get(i) >= 0);
    Mask stacked = Mask.where(out.size(), i -> out.get(i) >= 0);
    var made = t.batch(callee, new BatchAxis(size, lane), batched, stacked);
    var operands = new ArrayList<Value>();
    for (int i = 0; i < xs.size(); i++) {
      operands.add(batched.at(i) ? b.moveAxis(xs.get(i), in.get(i), 0) : xs.get(i));
    }
    List<Value> results = b.emit(new Call(made.ref()), operands);
    var moved = new ArrayList<Value>();
    for (int i = 0; i < out.size(); i++) {
      if (made.out().at(i) && !stacked.at(i)) {
        throw new Refusal(
            Code.BAD_AXES,
            "result " + i + " of the mapped function differs between lanes, and its axis is `none`",
            help);
      }
      moved.add(stacked.at(i) ? b.moveAxis(results.get(i), 0, out.get(i)) : results.get(i));
    }
    return moved;
  }
}
