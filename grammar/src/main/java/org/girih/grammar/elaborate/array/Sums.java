package org.girih.grammar.elaborate.array;

import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.op.Broadcast;
import org.girih.ir.op.Constant;
import org.girih.ir.source.Span;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Literal;

/// Values of sum types where it is the run that decides which variant they are: a tag, and the
/// arrays of each variant that they may be; those of the others are zeros.
final class Sums {
  private Sums() {}

  /// The skeleton of a value that is one of two.
  ///
  /// @param both joins what both hold as the same variant
  /// @param one gives the skeleton of what only one of them holds
  static Val.Sum join(Val.Sum a, Val.Sum b, BinaryOperator<Val> both, UnaryOperator<Val> one) {
    var numbers = new TreeSet<>(a.payloads().keySet());
    numbers.addAll(b.payloads().keySet());
    var payloads = new TreeMap<Integer, Val>();
    for (int number : numbers) {
      Val x = a.payloads().get(number);
      Val y = b.payloads().get(number);
      payloads.put(
          number, x != null && y != null ? both.apply(x, y) : one.apply(x != null ? x : y));
    }
    Val tag =
        a.known().isPresent() && a.known().equals(b.known())
            ? a.tag()
            : new Val.Hole(ArrayType.scalar(DType.I32), false);
    return new Val.Sum(a.type(), tag, payloads);
  }

  /// The value with the leaves of a skeleton that may be more variants.
  static Val.Sum convert(Elaboration e, Val.Sum val, Val.Sum skeleton, Span at) {
    var payloads = new TreeMap<Integer, Val>();
    skeleton
        .payloads()
        .forEach(
            (number, payload) -> {
              Val own = val.payloads().get(number);
              payloads.put(
                  number,
                  own == null
                      ? zeros(e, val.type().variant(number).name(), payload, at)
                      : BranchJoin.convert(e, own, payload, at));
            });
    Val tag =
        skeleton.tag() instanceof Val.Hole && val.tag() instanceof Val.Int number
            ? Operands.constant(e, number, DType.I32, at)
            : val.tag();
    return new Val.Sum(val.type(), tag, payloads);
  }

  /// Returns what stands in for a variant that a value is not; for a key nothing can.
  private static Val zeros(Elaboration e, String variant, Val skeleton, Span at) {
    return Trees.map(
        skeleton,
        leaf ->
            switch (leaf) {
              case Val.Hole(_, _, boolean key) when key ->
                  throw e.fault(
                      Diagnostic.error(
                              Code.BRANCHES_DIFFER,
                              at,
                              "`"
                                  + variant
                                  + "` holds a key, so that it cannot be one of several variants of"
                                  + " the run time")
                          .help("keep the key beside the value: `(key, value)`"));
              case Val.Hole(var type, _, _) -> zeros(e, type);
              case Val other -> other;
            });
  }

  private static Val.Array zeros(Elaboration e, ArrayType type) {
    Val.Array zero = e.emit1(new Constant(Literal.of(ArrayType.scalar(type.dtype()), 0)));
    return type.isScalar() ? zero : e.emit1(new Broadcast(type.dims(), List.of()), zero);
  }
}
