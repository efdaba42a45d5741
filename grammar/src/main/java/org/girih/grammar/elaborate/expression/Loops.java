package org.girih.grammar.elaborate.expression;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.girih.grammar.ast.Expr;
import org.girih.grammar.ast.Pattern;
import org.girih.grammar.elaborate.array.Carries;
import org.girih.grammar.elaborate.array.KeyCarries;
import org.girih.grammar.elaborate.array.Operands;
import org.girih.grammar.elaborate.array.Operators;
import org.girih.grammar.elaborate.binding.Patterns;
import org.girih.grammar.elaborate.core.Affine;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.FunctionTrace;
import org.girih.grammar.elaborate.core.KeyLanes;
import org.girih.grammar.elaborate.core.KeyUse;
import org.girih.grammar.elaborate.core.Scope;
import org.girih.grammar.elaborate.core.StaticArithmetic;
import org.girih.grammar.elaborate.core.Symbol;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.op.Arithmetic;
import org.girih.ir.op.Compare;
import org.girih.ir.op.FuncRef;
import org.girih.ir.op.Scan;
import org.girih.ir.op.While;
import org.girih.ir.source.Span;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Dim;

/// Loops: over a tuple unrolled, over an array or a range with static bounds a `scan`, else a
/// `while`.
public final class Loops {
  private Loops() {}

  /// The results of a body: the next carry, and what is stacked.
  public record Step(Val carry, Val stacked) {}

  static Val loop(Elaboration e, Expr.Loop loop, Scope scope) {
    Val first = Expressions.eval(e, loop.init(), scope);
    return switch (loop.head()) {
      case Expr.LoopHead.For(_, Expr.Generator(_, var pattern, Expr.Iter.Over over)) ->
          through(e, loop, pattern, Sequences.of(e, pattern, over.sequence(), scope), first, scope);
      case Expr.LoopHead.For(_, Expr.Generator(_, var pattern, Expr.Iter.Range range)) ->
          range(e, loop, pattern, range, first, scope);
      case Expr.LoopHead.While head -> whileLoop(e, loop, head, first, scope);
    };
  }

  private static Val body(
      Elaboration e, Expr.Loop loop, Val carry, Optional<Pattern> pattern, Val item, Scope scope) {
    Scope inner = scope.inner();
    Patterns.bind(e, loop.carry(), carry, inner);
    pattern.ifPresent(p -> Patterns.bind(e, p, item, inner));
    return Expressions.eval(e, loop.body(), inner);
  }

  private static Val through(
      Elaboration e, Expr.Loop loop, Pattern pattern, Sequence sequence, Val first, Scope scope) {
    return switch (sequence) {
      case Sequence.Items items -> {
        Val carry = first;
        for (Val item : items.unrolled(e, loop.head().span())) {
          carry = body(e, loop, carry, Optional.of(pattern), item, scope);
        }
        yield carry;
      }
      case Sequence.Steps(var length, var xs, var low, boolean counts, var each) ->
          scan(
                  e,
                  loop.span(),
                  first,
                  length,
                  xs,
                  false,
                  (carry, element) -> {
                    Val number = counts ? Sequence.plus(e, element.index, low) : element.index;
                    Val item = each.of(e, number, element.slice);
                    return new Step(
                        body(e, loop, carry, Optional.of(pattern), item, scope), Val.NONE);
                  })
              .carry;
    };
  }

  /// The leading size that all arrays of a tree share.
  public static Dim leading(Elaboration e, Val sequence, Span at) {
    List<Val.Array> arrays = Trees.arrays(sequence);
    if (arrays.isEmpty() || arrays.stream().anyMatch(a -> a.rank() == (a.key() == null ? 0 : 1))) {
      throw e.fault(
          Diagnostic.error(
                  Code.NOT_A_SEQUENCE,
                  at,
                  Trees.describe(sequence)
                      + " is not a sequence: expected an array, a tuple or a range")
              .help("`for i in 0..n` counts"));
    }
    Dim length = arrays.getFirst().type().dim(0);
    for (Val.Array array : arrays) {
      if (array.type().dim(0).equalTo(length) == Dim.Truth.NO) {
        throw e.fault(
            Code.SIZES_DIFFER,
            at,
            "leading sizes " + length + " and " + array.type().dim(0) + " differ");
      }
    }
    return length;
  }

  private static Val range(
      Elaboration e,
      Expr.Loop loop,
      Pattern pattern,
      Expr.Iter.Range range,
      Val first,
      Scope scope) {
    Val from = Expressions.eval(e, range.from(), scope);
    Val to = Expressions.eval(e, range.to(), scope);
    if (from instanceof Val.Num && to instanceof Val.Num) {
      Dim low = bound(e, from, range.from().span());
      Dim length = bound(e, to, range.to().span()).minus(low).max(Dim.of(0));
      checkLength(e, length, low, range.span());
      return through(e, loop, pattern, Sequence.range(length, low), first, scope);
    }
    return runTimeRange(e, loop, pattern, range, from, to, first, scope);
  }

  static void checkLength(Elaboration e, Dim length, Dim low, Span at) {
    boolean far =
        length.known().orElse(0) > Integer.MAX_VALUE
            || Math.abs(low.known().orElse(0) + length.known().orElse(0)) > Integer.MAX_VALUE;
    if (far) {
      throw e.fault(
          Diagnostic.error(Code.BAD_RANGE, at, "the range leaves i32, which counts loops")
              .help("nest two loops"));
    }
  }

  static Dim bound(Elaboration e, Val val, Span at) {
    return StaticArithmetic.dim(val)
        .orElseThrow(
            () ->
                e.fault(
                    Code.BAD_RANGE, at, "a range has integer bounds, not " + Trees.describe(val)));
  }

  private static Val runTimeRange(
      Elaboration e,
      Expr.Loop loop,
      Pattern pattern,
      Expr.Iter.Range range,
      Val from,
      Val to,
      Val first,
      Scope scope) {
    var bounds =
        Operands.unify(
            e,
            range.span(),
            "a range",
            List.of(
                new Operands.Operand(from, range.from().span()),
                new Operands.Operand(to, range.to().span())));
    for (Val.Array bound : bounds.arrays()) {
      if (!bound.dtype().integer() || bound.rank() != 0) {
        throw e.fault(
            Code.BAD_RANGE, range.span(), "a range has integer bounds, not " + bound.type());
      }
    }
    Val.Array end = bounds.arrays().get(1);
    Val start = Val.Tuple.of(bounds.arrays().get(0), first);
    Val last =
        whileCarry(
            e,
            loop.span(),
            start,
            OptionalInt.empty(),
            carry -> {
              Val.Array i = (Val.Array) ((Val.Tuple) carry).items().getFirst();
              return e.emit1(Compare.LT, i, end);
            },
            carry -> {
              Val.Array i = (Val.Array) ((Val.Tuple) carry).items().getFirst();
              Val inner = ((Val.Tuple) carry).items().getLast();
              Val next = body(e, loop, inner, Optional.of(pattern), i, scope);
              e.at(range.span());
              return Val.Tuple.of(e.emit1(Arithmetic.ADD, i, Operators.fill(e, i, 1)), next);
            });
    return ((Val.Tuple) last).items().getLast();
  }

  private static Val whileLoop(
      Elaboration e, Expr.Loop loop, Expr.LoopHead.While head, Val first, Scope scope) {
    OptionalInt max = OptionalInt.empty();
    if (head.max().isPresent()) {
      Span at = head.max().get().span();
      Val bound = Expressions.eval(e, head.max().get(), scope);
      Dim dim =
          StaticArithmetic.dim(bound)
              .orElseThrow(
                  () ->
                      e.fault(
                          Code.NOT_STATIC,
                          at,
                          "`max` takes a static integer, not " + Trees.describe(bound)));
      long steps = dim.known().orElse(1);
      if (steps < 0 || steps > Integer.MAX_VALUE) {
        throw e.fault(
            Code.BAD_RANGE, at, "`max` takes 0 to " + Integer.MAX_VALUE + ", not " + steps);
      }
      max = OptionalInt.of((int) steps);
    }
    return whileCarry(
        e,
        loop.span(),
        first,
        max,
        carry -> {
          Scope inner = scope.inner();
          Patterns.bind(e, loop.carry(), carry, inner);
          Val condition = Expressions.eval(e, head.condition(), inner);
          return Branches.condition(e, condition, head.condition().span());
        },
        carry -> body(e, loop, carry, Optional.empty(), Val.NONE, scope));
  }

  private static Val whileCarry(
      Elaboration e,
      Span at,
      Val first,
      OptionalInt max,
      Function<Val, Val.Array> condition,
      Function<Val, Val> body) {
    Val skeleton = Carries.guess(first);
    Val guessed = Val.NONE;
    Elaboration.KeyMark keys = e.keyMark();
    while (true) {
      e.forgetKeys(keys);
      var iteration = new Symbol.Iteration(Symbol.Kind.LOOP, OptionalLong.empty());
      FunctionTrace inside = e.newIterationTrace(iteration);
      Val carry = skeleton;
      Val params = Carries.params(inside, carry);
      Val result = e.in(inside, () -> body.apply(params));
      Val next = Carries.next(e, at, carry, result, "");
      if (!next.equals(carry)) {
        skeleton = next;
        continue;
      }
      if (Carries.guessing(carry)) {
        guessed = carry;
        skeleton = Carries.settled(carry);
        continue;
      }
      List<Val.Array> results = e.in(inside, () -> Carries.arrays(e, result, carry, at));
      FunctionTrace test = e.newIterationTrace(iteration);
      Val testParams = Carries.params(test, carry);
      Val.Array goesOn = e.in(test, () -> condition.apply(testParams));
      var tested = KeyCarries.tested(Trees.arrays(testParams));
      e.in(inside, () -> KeyCarries.use(e, at, Trees.arrays(params), tested));
      results.forEach(inside::lift);
      test.lift(goesOn);
      var captured = new LinkedHashSet<>(test.captures());
      captured.addAll(inside.captures());
      var leading = List.copyOf(captured);
      FuncRef testRef = e.define(test.finish(e.fresh("while.condition"), leading, List.of(goesOn)));
      FuncRef bodyRef = e.define(inside.finish(e.fresh("while.body"), leading, results));
      var operands = new ArrayList<>(leading);
      operands.addAll(Carries.arrays(e, first, carry, at));
      e.at(at);
      List<Val.Array> out = e.emit(new While(testRef, bodyRef, leading.size(), max), operands);
      List<Val.Array> carries = operands.subList(leading.size(), operands.size());
      var last = KeyCarries.of(e, at, carries, Trees.arrays(params), results, out);
      List<Val.Array> all =
          LoopLiterals.pliable(
              e,
              keys,
              e.hasEffect(bodyRef) || e.hasEffect(testRef) ? Val.NONE : guessed,
              first,
              carry,
              KeyCarries.use(e, at, last, tested),
              again -> whileCarry(e, at, again, max, condition, body));
      return Trees.fill(carry, all.iterator());
    }
  }

  /// One iteration's number and slices.
  public record Element(Val.Array index, Val slice) {}

  /// Elaborates a counted loop: over the leading axis of the arrays in `xs`, or over none where it
  /// holds none.
  public static Step scan(
      Elaboration e,
      Span at,
      Val first,
      Dim length,
      Val xs,
      boolean reverse,
      BiFunction<Val, Element, Step> body) {
    Val skeleton = Carries.guess(first);
    Val slices =
        Trees.map(
            xs,
            leaf ->
                leaf instanceof Val.Array a
                    ? new Val.Hole(a.type().withDims(a.type().dims().subList(1, a.rank())), false)
                    : leaf);
    Val guessed = Val.NONE;
    Elaboration.KeyMark keys = e.keyMark();
    while (true) {
      e.forgetKeys(keys);
      var iteration = new Symbol.Iteration(Symbol.Kind.LOOP, length.known());
      FunctionTrace inside = e.newIterationTrace(iteration);
      Val carry = skeleton;
      Val.Array index = inside.param(ArrayType.scalar(DType.I32), false);
      inside.means(index, Affine.of(iteration));
      Val params = Carries.params(inside, carry);
      var arrays = Trees.arrays(xs).iterator();
      Val element =
          Trees.map(
              Carries.params(inside, slices),
              leaf ->
                  leaf instanceof Val.Array param
                      ? KeyLanes.slice(inside, param, arrays.next(), 0)
                      : leaf);
      Step step = e.in(inside, () -> body.apply(params, new Element(index, element)));
      Val next = Carries.next(e, at, carry, step.carry, "");
      if (!next.equals(carry)) {
        skeleton = next;
        continue;
      }
      if (Carries.guessing(carry)) {
        guessed = carry;
        skeleton = Carries.settled(carry);
        continue;
      }
      Val stackedOut = Carries.settled(Carries.guess(step.stacked));
      List<Val.Array> results =
          e.in(
              inside,
              () -> {
                var all = new ArrayList<>(Carries.arrays(e, step.carry, carry, at));
                all.addAll(Carries.arrays(e, step.stacked, stackedOut, at));
                return all;
              });
      var stackedKeys =
          e.in(inside, () -> KeyCarries.stacked(e, at, Trees.arrays(params), results));
      results.forEach(inside::lift);
      List<Val.Array> leading = inside.captures();
      FuncRef ref = e.define(inside.finish(e.fresh("loop.body"), leading, results));
      var operands = new ArrayList<>(leading);
      List<Val.Array> carries = Carries.arrays(e, first, carry, at);
      operands.addAll(carries);
      operands.addAll(Trees.arrays(xs));
      e.at(at);
      var scan = new Scan(ref, length, leading.size(), carries.size(), reverse, false);
      var all = new ArrayList<>(e.emit(scan, operands));
      var lanes = new KeyLanes(e, inside);
      int count = carries.size();
      for (int i = count; i < all.size(); i++) {
        KeyUse use = stackedKeys.get(i);
        if (use != null) {
          all.set(i, all.get(i).as(lanes.out(use, 0)));
        }
      }
      var last =
          KeyCarries.of(
              e,
              at,
              carries,
              Trees.arrays(params),
              results.subList(0, count),
              all.subList(0, count));
      List<Val.Array> ended =
          LoopLiterals.pliable(
              e,
              keys,
              e.hasEffect(ref) ? Val.NONE : guessed,
              first,
              carry,
              last,
              again -> scan(e, at, again, length, xs, reverse, body).carry);
      return new Step(
          Trees.fill(carry, ended.iterator()),
          Trees.fill(stackedOut, all.subList(count, all.size()).iterator()));
    }
  }
}
