package org.girih.ir.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.girih.ir.diagnostic.CompilerBug;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Value;

/// Ops that are linear in disjoint groups of operands, each with the others held fixed: `multiply`
/// in each operand, `reshape` in its only one, `select` in the two that are selected from.
public sealed interface Linear extends Op.Plain
    permits Arithmetic,
        ComplexPart,
        Convert,
        Reshape,
        Transpose,
        Broadcast,
        ReduceSum,
        CumulativeSum,
        Concatenate,
        Slice,
        Pad,
        Reverse,
        DynamicSlice,
        DynamicUpdateSlice,
        Gather,
        ScatterAdd,
        Dot,
        TriangularSolve,
        Fft,
        Convolution,
        Select,
        AxisSum,
        AxisGather,
        AxisPermute,
        AxisExchange,
        Shard {
  /// Returns disjoint sets of operands; the op is jointly linear in those of each, with the others
  /// held fixed. By default it is in all of them together.
  default List<List<Integer>> groups(int operands) {
    return List.of(IntStream.range(0, operands).boxed().toList());
  }

  /// Returns, by default, that of an op that only moves elements.
  @Override
  default Work work(List<ArrayType> in, List<ArrayType> out) {
    return Work.whole(0);
  }

  /// Returns, by default, that of an op that sums.
  @Override
  default NanSource nanSource() {
    return NanSource.WHOLE;
  }

  /// Adds the cotangents of the operands that it is linear in here, given that of its result.
  /// Cotangents pair bilinearly, without conjugation, as JAX's do.
  void transpose(Builder b, TransposedOperands in, Value ct, Cotangents out);

  /// Returns the tangent of the result `y`: for each group the op itself on tangents. Not called
  /// where all tangents are zero.
  ///
  /// @param ts tangents of the operands, empty where zero
  /// @throws CompilerBug if an operand of no group has a tangent: its op defines a derivative
  ///     itself
  default Optional<Value> tangent(Builder b, List<Value> xs, Value y, List<Optional<Value>> ts) {
    for (int i = 0; i < ts.size(); i++) {
      int operand = i;
      if (ts.get(i).isPresent() && groups(xs.size()).stream().noneMatch(g -> g.contains(operand))) {
        throw new CompilerBug(
            primitive() + " has no derivative in its operand " + i + ", which is in no group");
      }
    }
    Optional<Value> sum = Optional.empty();
    for (List<Integer> group : groups(xs.size())) {
      if (group.stream().noneMatch(i -> ts.get(i).isPresent())) {
        continue;
      }
      var operands = new ArrayList<>(xs);
      for (int i : group) {
        operands.set(i, ts.get(i).orElseGet(() -> b.zeros(xs.get(i).type())));
      }
      Value term = b.emit(this, operands).getFirst();
      sum = Optional.of(sum.map(s -> b.add(s, term)).orElse(term));
    }
    return sum;
  }
}
