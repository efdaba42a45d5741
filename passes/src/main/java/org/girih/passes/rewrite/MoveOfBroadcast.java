package org.girih.passes.rewrite;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.girih.ir.op.Broadcast;
import org.girih.ir.op.Reshape;
import org.girih.ir.op.Reverse;
import org.girih.ir.op.Slice;
import org.girih.ir.op.Transpose;
import org.girih.ir.program.Equation;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Value;

/// Turns a move of elements of an array that was repeated into a move of those of the array, which
/// is repeated: a slice, a transposition, a reversal; a reshape of one number repeated. Elements
/// are moved, not computed.
///
/// ```
/// %1: f32[9, 3] = broadcast %0 {dims = [9, 3], axes = [1]}
/// %2: f32[3, 9] = transpose %1 {permutation = [1, 0]}
///   ───▶  %2: f32[3, 9] = broadcast %0 {dims = [3, 9], axes = [0]}
/// ```
final class MoveOfBroadcast implements Rewrite {
  @Override
  public Optional<Step> apply(Equation equation, Context context) {
    boolean moves =
        equation.op() instanceof Slice
            || equation.op() instanceof Transpose
            || equation.op() instanceof Reverse
            || equation.op() instanceof Reshape;
    Equation before = moves ? context.equation(equation.operands().getFirst()) : null;
    if (before == null || !(before.op() instanceof Broadcast(_, List<Integer> axes))) {
      return Optional.empty();
    }
    Value source = before.operands().getFirst();
    List<Dim> dims = equation.result().type().dims();
    if (equation.op() instanceof Slice slice) {
      return Rewrite.becomes(new Broadcast(dims, axes), sliced(slice, axes, source, dims, context));
    }
    if (equation.op() instanceof Reverse(List<Integer> reversed)) {
      List<Integer> own =
          IntStream.range(0, axes.size())
              .filter(i -> reversed.contains(axes.get(i)))
              .boxed()
              .toList();
      return Rewrite.becomes(
          before.op(),
          own.isEmpty() ? source : context.emit(new Reverse(own), source.type(), source));
    }
    if (equation.op() instanceof Transpose(List<Integer> permutation)) {
      return transposed(permutation, axes, source, dims, context);
    }
    return axes.isEmpty() ? Rewrite.becomes(new Broadcast(dims, axes), source) : Optional.empty();
  }

  private static Value sliced(
      Slice slice, List<Integer> axes, Value source, List<Dim> dims, Context context) {
    ArrayType type = source.type().withDims(axes.stream().map(dims::get).toList());
    var op =
        new Slice(
            axes.stream().map(slice.start()::get).toList(),
            axes.stream().map(slice.limit()::get).toList(),
            axes.stream().map(slice.stride()::get).toList());
    return context.emit(op, type, source);
  }

  private static Optional<Step> transposed(
      List<Integer> permutation,
      List<Integer> axes,
      Value source,
      List<Dim> dims,
      Context context) {
    // The axes of the source, in the order in which they stand afterwards.
    List<Integer> order =
        IntStream.range(0, axes.size())
            .boxed()
            .sorted(Comparator.comparing(i -> permutation.indexOf(axes.get(i))))
            .toList();
    var to = new ArrayList<Integer>();
    order.forEach(i -> to.add(permutation.indexOf(axes.get(i))));
    ArrayType type = source.type().withDims(order.stream().map(source.type()::dim).toList());
    return Rewrite.becomes(
        new Broadcast(dims, to), context.emit(new Transpose(order), type, source));
  }
}
