package org.girih.passes.rewrite;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.girih.ir.op.Arithmetic;
import org.girih.ir.op.Broadcast;
import org.girih.ir.op.Constant;
import org.girih.ir.op.Op;
import org.girih.ir.op.Reduce;
import org.girih.ir.op.ReduceBits;
import org.girih.ir.op.ReduceSum;
import org.girih.ir.program.Equation;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Literal;
import org.girih.ir.type.Value;

/// A reduction along an axis that only repeats leaves that axis out: of equal elements the
/// greatest, the least, their `and` and their `or` are that element. A sum of n equal integers is n
/// times one, which wraps alike.
///
/// ```
/// %1: i32[9, 3] = broadcast %0 {dims = [9, 3], axes = [1]}
/// %2: i32[3] = reduce_sum %1 {axes = [0]}
///   ───▶  %2: i32[3] = constant {value = i32[3] splat 9}
///         %3: i32[3] = multiply %0 %2
/// ```
///
/// Limits: sums and products of floats stay, since x + x + x rounds otherwise than 3 x does, and 0
/// + (−0) is 0. No elements along the axis stay too: their reduction is the neutral element.
final class ReduceOfBroadcast implements Rewrite {
  @Override
  public Optional<Step> apply(Equation equation, Context context) {
    List<Integer> reduced = axes(equation);
    if (reduced.isEmpty()) {
      return Optional.empty();
    }
    Value operand = equation.operands().getFirst();
    var repeated = context.by(Broadcast.class, operand);
    if (repeated.isEmpty()) {
      return Optional.empty();
    }
    var op = (Broadcast) repeated.get().op();
    long times = 1;
    var gone = new ArrayList<Integer>();
    for (int axis : reduced) {
      long size = op.dims().get(axis).known().orElse(0L);
      if (!op.axes().contains(axis) && size > 0) {
        gone.add(axis);
        times *= size; // wraps as the sum does
      }
    }
    if (gone.isEmpty()) {
      return Optional.empty();
    }
    ArrayType small = operand.type().withDims(without(op.dims(), gone));
    Value source = repeated.get().operands().getFirst();
    Value x = context.emit(new Broadcast(small.dims(), moved(op.axes(), gone)), small, source);
    List<Integer> rest =
        moved(reduced.stream().filter(axis -> !gone.contains(axis)).toList(), gone);
    ArrayType type = equation.result().type();
    Value once = rest.isEmpty() ? x : context.emit(over(equation.op(), rest), type, x);
    if (!(equation.op() instanceof ReduceSum)) {
      return Rewrite.is(once);
    }
    Value n = context.emit(new Constant(Literal.of(type, times)), type);
    return Rewrite.becomes(Arithmetic.MULTIPLY, once, n);
  }

  /// Returns the axes of a reduction that may leave some out; none for other ops.
  private static List<Integer> axes(Equation equation) {
    Op op = equation.op();
    if (op instanceof Reduce(Reduce.Monoid monoid, List<Integer> axes)) {
      return monoid == Reduce.Monoid.PROD ? List.of() : axes;
    }
    if (op instanceof ReduceBits(ReduceBits.Monoid monoid, List<Integer> axes)) {
      return monoid == ReduceBits.Monoid.XOR ? List.of() : axes;
    }
    return op instanceof ReduceSum(List<Integer> axes) && equation.result().type().dtype().integer()
        ? axes
        : List.of();
  }

  private static Op over(Op op, List<Integer> axes) {
    if (op instanceof Reduce(Reduce.Monoid monoid, _)) {
      return new Reduce(monoid, axes);
    }
    return op instanceof ReduceBits(ReduceBits.Monoid monoid, _)
        ? new ReduceBits(monoid, axes)
        : new ReduceSum(axes);
  }

  private static List<Dim> without(List<Dim> dims, List<Integer> gone) {
    var out = new ArrayList<Dim>();
    for (int i = 0; i < dims.size(); i++) {
      if (!gone.contains(i)) {
        out.add(dims.get(i));
      }
    }
    return out;
  }

  /// Returns the axes by their numbers where some are gone.
  private static List<Integer> moved(List<Integer> axes, List<Integer> gone) {
    return axes.stream()
        .map(axis -> axis - (int) gone.stream().filter(g -> g < axis).count())
        .toList();
  }
}
