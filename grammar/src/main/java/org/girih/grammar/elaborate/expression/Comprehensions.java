package org.girih.grammar.elaborate.expression;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.girih.grammar.ast.Expr;
import org.girih.grammar.elaborate.array.Operands;
import org.girih.grammar.elaborate.array.Stacking;
import org.girih.grammar.elaborate.binding.Patterns;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Scope;
import org.girih.grammar.elaborate.core.Symbol;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.grammar.elaborate.transform.ClosureFunction;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.op.Arithmetic;
import org.girih.ir.op.Broadcast;
import org.girih.ir.op.Iota;
import org.girih.ir.op.Vmap;
import org.girih.ir.source.Span;
import org.girih.ir.type.DType;
import org.girih.ir.type.Dim;

/// Array comprehensions: `[e for i in 0..n, x in xs]` is `vmap` over the numbers and the slices. A
/// generator over a tuple is unrolled.
final class Comprehensions {
  private Comprehensions() {}

  /// `[e for i in 0..n, j in 0..m]`: an array whose leading axes are the generators'.
  static Val eval(Elaboration e, Expr.Comprehension all, Scope scope) {
    return comprehension(e, all, 0, scope);
  }

  private static Val comprehension(Elaboration e, Expr.Comprehension all, int depth, Scope scope) {
    if (depth == all.generators().size()) {
      return Expressions.eval(e, all.body(), scope);
    }
    Expr.Generator generator = all.generators().get(depth);
    return switch (generator.iter()) {
      case Expr.Iter.Over(Span at, var sequence) -> {
        Val items = Expressions.eval(e, sequence, scope);
        if (items instanceof Val.Tuple(var parts)) {
          var rows = new ArrayList<Operands.Operand>();
          for (Val part : parts) {
            Scope inner = scope.inner();
            Patterns.bind(e, generator.pattern(), part, inner);
            rows.add(
                new Operands.Operand(comprehension(e, all, depth + 1, inner), all.body().span()));
          }
          if (rows.isEmpty()) {
            throw e.fault(Code.NOT_A_SEQUENCE, at, "an array over an empty tuple has no dtype");
          }
          yield Stacking.stack(e, all.span(), rows);
        }
        yield stacked(e, all, depth, Loops.leading(e, items, at), items, Dim.of(0), scope);
      }
      case Expr.Iter.Range(Span at, var from, var to) -> {
        Val a = Expressions.eval(e, from, scope);
        Val b = Expressions.eval(e, to, scope);
        if (!(a instanceof Val.Num) || !(b instanceof Val.Num)) {
          throw e.fault(
              Diagnostic.error(
                      Code.NOT_STATIC,
                      at,
                      "the size of an array is static: the range's bounds are "
                          + Trees.describe(a)
                          + " and "
                          + Trees.describe(b))
                  .help("use a size or a static number"));
        }
        Dim low = Loops.bound(e, a, from.span());
        Dim length = Loops.bound(e, b, to.span()).minus(low).max(Dim.of(0));
        Loops.checkLength(e, length, low, at);
        yield stacked(e, all, depth, length, Val.NONE, low, scope);
      }
    };
  }

  /// Elaborates one generator: `vmap` over its numbers or its slices.
  private static Val stacked(
      Elaboration e, Expr.Comprehension all, int depth, Dim length, Val xs, Dim low, Scope scope) {
    Expr.Generator generator = all.generators().get(depth);
    boolean counts = xs instanceof Val.None;
    List<Val.Array> mapped =
        counts ? List.of(numbers(e, length, low, generator.iter().span())) : Trees.arrays(xs);
    var types =
        mapped.stream().map(a -> a.type().withDims(a.type().dims().subList(1, a.rank()))).toList();
    ClosureFunction traced =
        ClosureFunction.lanes(
            e,
            "comprehension",
            new Symbol.Iteration(Symbol.Kind.COMPREHENSION, length.known()),
            mapped,
            mapped.stream().map(_ -> 0).toList(),
            types,
            params -> {
              Scope inner = scope.inner();
              Iterator<Val.Array> next = params.iterator();
              Val item =
                  counts
                      ? next.next()
                      : Trees.map(xs, leaf -> leaf instanceof Val.Array ? next.next() : leaf);
              Patterns.bind(e, generator.pattern(), item, inner);
              return ClosureFunction.arrays(
                  e, comprehension(e, all, depth + 1, inner), all.body().span());
            });
    e.at(all.span());
    var in = new ArrayList<Integer>();
    traced.captured().forEach(_ -> in.add(-1));
    mapped.forEach(_ -> in.add(0));
    var out = traced.results().stream().map(_ -> 0).toList();
    if (out.isEmpty()) {
      return traced.result();
    }
    var op = new Vmap(traced.ref(), length, in, out, e.freshLane());
    return traced.stacked(e, e.emit(op, traced.operands(mapped)), out);
  }

  /// low, low + 1, … as an array.
  private static Val.Array numbers(Elaboration e, Dim length, Dim low, Span at) {
    e.at(at);
    Val.Array counted = e.emit1(new Iota(DType.I32, List.of(length), 0));
    if (low.equals(Dim.of(0))) {
      return counted;
    }
    Val.Array first = Operands.constant(e, Val.of(low), DType.I32, at);
    return e.emit1(
        Arithmetic.ADD, counted, e.emit1(new Broadcast(List.of(length), List.of()), first));
  }
}
