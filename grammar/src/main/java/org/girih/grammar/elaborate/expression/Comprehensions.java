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

/// Comprehensions. `[e for i in 0..n, x in xs]` is an array, by `vmap` over the numbers and the
/// slices; a generator over a tuple is unrolled. `(e for i in 0..n if c)` is a tuple, unrolled
/// whole.
final class Comprehensions {
  private Comprehensions() {}

  /// `[e for i in 0..n, j in 0..m]`: an array whose leading axes are the generators'.
  static Val eval(Elaboration e, Expr.Comprehension all, Scope scope) {
    if (all.tuple()) {
      var items = new ArrayList<Val>();
      tuple(e, all, 0, scope, items);
      return new Val.Tuple(items);
    }
    if (all.condition().isPresent()) {
      throw e.fault(
          Diagnostic.error(
                  Code.NOT_STATIC,
                  all.condition().get().span(),
                  "the size of an array is static: `if` cannot leave out elements of one")
              .help(
                  "`(e for x in xs if c)` is a tuple; `where(c, e, 0)` keeps the places of an array"));
    }
    return comprehension(e, all, 0, scope);
  }

  private static void tuple(
      Elaboration e, Expr.Comprehension all, int depth, Scope scope, List<Val> out) {
    if (depth == all.generators().size()) {
      if (all.condition().isEmpty() || chosen(e, all.condition().get(), scope)) {
        e.step(1);
        out.add(Expressions.eval(e, all.body(), scope));
        if (out.size() > Sequence.MAX_UNROLLED) {
          throw e.fault(
              Code.TOO_LARGE,
              all.span(),
              "a tuple of more than " + Sequence.MAX_UNROLLED + " values");
        }
      }
      return;
    }
    Expr.Generator generator = all.generators().get(depth);
    for (Val item : sequence(e, generator, scope).unrolled(e, generator.iter().span())) {
      Scope inner = scope.inner();
      Patterns.bind(e, generator.pattern(), item, inner);
      tuple(e, all, depth + 1, inner, out);
    }
  }

  private static boolean chosen(Elaboration e, Expr condition, Scope scope) {
    Val val = Expressions.eval(e, condition, scope);
    if (val instanceof Val.Bool(boolean known)) {
      return known;
    }
    throw e.fault(
        Diagnostic.error(
                Code.NOT_STATIC,
                condition.span(),
                "the size of a tuple is static: its `if` is a static `bool`, not "
                    + Trees.describe(val))
            .help("choose among the values with `where(c, a, b)`"));
  }

  private static Sequence sequence(Elaboration e, Expr.Generator generator, Scope scope) {
    return switch (generator.iter()) {
      case Expr.Iter.Over(_, var written) -> Sequences.of(e, generator.pattern(), written, scope);
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
        yield Sequence.range(length, low);
      }
    };
  }

  private static Val comprehension(Elaboration e, Expr.Comprehension all, int depth, Scope scope) {
    if (depth == all.generators().size()) {
      return Expressions.eval(e, all.body(), scope);
    }
    Expr.Generator generator = all.generators().get(depth);
    return switch (sequence(e, generator, scope)) {
      case Sequence.Items items -> {
        var rows = new ArrayList<Operands.Operand>();
        for (Val part : items.unrolled(e, generator.iter().span())) {
          Scope inner = scope.inner();
          Patterns.bind(e, generator.pattern(), part, inner);
          rows.add(
              new Operands.Operand(comprehension(e, all, depth + 1, inner), all.body().span()));
        }
        if (rows.isEmpty()) {
          throw e.fault(
              Code.NOT_A_SEQUENCE,
              generator.iter().span(),
              "an array over an empty tuple has no dtype");
        }
        yield Stacking.stack(e, all.span(), rows);
      }
      case Sequence.Steps steps -> stacked(e, all, depth, steps, scope);
    };
  }

  /// Elaborates one generator: `vmap` over its numbers or its slices.
  private static Val stacked(
      Elaboration e, Expr.Comprehension all, int depth, Sequence.Steps steps, Scope scope) {
    Expr.Generator generator = all.generators().get(depth);
    Dim length = steps.length();
    var mapped = new ArrayList<Val.Array>();
    if (steps.counts()) {
      mapped.add(numbers(e, length, steps.low(), generator.iter().span()));
    }
    mapped.addAll(Trees.arrays(steps.xs()));
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
              Val number = steps.counts() ? next.next() : Val.NONE;
              Val slice =
                  Trees.map(steps.xs(), leaf -> leaf instanceof Val.Array ? next.next() : leaf);
              Val item = steps.item().of(e, number, slice);
              Patterns.bind(e, generator.pattern(), item, inner);
              return ClosureFunction.arrays(
                  e, comprehension(e, all, depth + 1, inner), all.body().span());
            });
    e.at(all.span());
    var in = new ArrayList<Integer>();
    traced.captured().forEach(_ -> in.add(-1));
    mapped.forEach(_ -> in.add(0));
    var out = traced.results().stream().map(_ -> 0).toList();
    if (out.isEmpty() && !e.hasEffect(traced.ref())) {
      return traced.result();
    }
    var op = new Vmap(traced.ref(), length, in, out, e.lanes().fresh());
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
