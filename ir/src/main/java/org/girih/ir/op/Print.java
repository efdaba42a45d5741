package org.girih.ir.op;

import java.util.ArrayList;
import java.util.List;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Value;

/// Prints values while the program runs, on the host: an effect. It is done as often as the program
/// says, whether anything needs its result or not, with the primal values under derivatives.
///
/// The last operand, a scalar `u32`, is the order: what it depends on is printed before, and the
/// result, the same number, is for what is printed behind. Where the program is made it is a
/// constant 0; a pass makes a chain of it.
///
/// - (C1) at least one operand, of which the last is a scalar `u32`
/// - (C2) every other operand has the lanes as leading axes, all the same
///
/// @param template the text, in which `{0}` and `{1:.3f}` are the operands by their numbers, and
///     `{{` and `}}` are braces
/// @param mapped how many leading axes of the operands are those of a `vmap`: one line for each
///     lane
public record Print(String template, int mapped) implements Discrete {
  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.c(1).require(!in.isEmpty(), "expected the order, got no operand");
    cx.c(1).same(ArrayType.scalar(DType.U32), in.getLast());
    List<ArrayType> shown = in.subList(0, in.size() - 1);
    for (ArrayType type : shown) {
      cx.c(2).require(type.rank() >= mapped, "expected %d axes of lanes, got %s", mapped, type);
      for (int axis = 0; axis < mapped; axis++) {
        cx.c(2).equal(type.dim(axis), shown.getFirst().dim(axis), "lanes of what is printed");
      }
    }
    return List.of(ArrayType.scalar(DType.U32));
  }

  @Override
  public Work work(List<ArrayType> in, List<ArrayType> out) {
    return Work.whole(0);
  }

  @Override
  public boolean effect() {
    return true;
  }

  @Override
  public Batched batch(Builder b, BatchAxis axis, List<Value> xs, Mask batched) {
    int count = xs.size() - 1;
    var operands =
        new ArrayList<>(Batched.spread(b, axis, xs.subList(0, count), batched.slice(0, count)));
    // All lanes print at once, so that their order is one.
    Value order = xs.getLast();
    operands.add(
        batched.at(count) ? b.emit1(new Reduce(Reduce.Monoid.MAX, List.of(0)), order) : order);
    return new Batched(b.emit(new Print(template, mapped + 1), operands), Mask.none(1));
  }
}
