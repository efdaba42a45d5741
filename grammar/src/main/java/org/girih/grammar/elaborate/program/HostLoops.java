package org.girih.grammar.elaborate.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedSet;
import java.util.TreeMap;
import org.girih.grammar.ast.BoundNames;
import org.girih.grammar.ast.Expr;
import org.girih.grammar.ast.Stmt;
import org.girih.grammar.elaborate.array.BranchJoin;
import org.girih.grammar.elaborate.array.Carries;
import org.girih.grammar.elaborate.array.KeyCarries;
import org.girih.grammar.elaborate.array.Operands;
import org.girih.grammar.elaborate.binding.Patterns;
import org.girih.grammar.elaborate.core.Affine;
import org.girih.grammar.elaborate.core.Choice;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Fault;
import org.girih.grammar.elaborate.core.Indices;
import org.girih.grammar.elaborate.core.Keys;
import org.girih.grammar.elaborate.core.Scope;
import org.girih.grammar.elaborate.core.Symbol;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.grammar.elaborate.expression.Branches;
import org.girih.grammar.elaborate.expression.Sequence;
import org.girih.grammar.elaborate.expression.Sequences;
import org.girih.grammar.plan.HostPlan;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.op.DynamicSlice;
import org.girih.ir.op.Reshape;
import org.girih.ir.source.Span;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Dim;

/// Elaborates `for`, `while` and `if` of the host program.
///
/// What a block binds that was bound outside is rebound there: those values are the *carry*. It has
/// slots of its own, which are set before the loop and at the end of each iteration. The block is
/// elaborated once; where a literal in the first carry meets another dtype, once more.
final class HostLoops {
  private final Elaboration e;
  private final HostStatements statements;
  private final HostSegments segments;
  private final HostReadings readings;

  HostLoops(
      Elaboration e, HostStatements statements, HostSegments segments, HostReadings readings) {
    this.e = e;
    this.statements = statements;
    this.segments = segments;
    this.readings = readings;
  }

  /// Those of the names that mean values outside.
  private static List<String> carried(HostStatements.Place place, SequencedSet<String> names) {
    return names.stream().filter(n -> place.value(n).isPresent()).toList();
  }

  private static Val.Record values(HostStatements.Place place, List<String> names) {
    var out = new TreeMap<String, Val>();
    names.forEach(n -> out.put(n, place.value(n).orElseThrow()));
    if (Trees.any(new Val.Record(out), Val.Poison.class::isInstance)) {
      throw new Fault.Poisoned();
    }
    return new Val.Record(out);
  }

  void forLoop(Stmt.HostFor loop, HostStatements.Place place) {
    switch (loop.iter()) {
      case Expr.Iter.Range(Span at, var from, var to) -> {
        Val low = bound(e.eval(from, place.scope()), from.span());
        Val high = bound(e.eval(to, place.scope()), to.span());
        counted(
            loop,
            place,
            low,
            high,
            (counter, scope) -> Patterns.bind(e, loop.pattern(), counter, scope));
      }
      case Expr.Iter.Over(Span at, var sequence) -> {
        var outside = place.scope().inner();
        var found =
            readings.in(
                sequence,
                place.effects(),
                outside,
                () -> Sequences.of(e, loop.pattern(), sequence, outside));
        switch (found) {
          case Sequence.Items items -> unrolled(loop, place, items.unrolled(e, at));
          case Sequence.Steps steps ->
              counted(
                  loop,
                  place,
                  Val.Int.of(0),
                  Val.of(steps.length()),
                  (counter, scope) ->
                      Patterns.bind(e, loop.pattern(), item(steps, counter), scope));
        }
      }
    }
  }

  private Val item(Sequence.Steps steps, Val.Array counter) {
    Val slice = Trees.map(steps.xs(), leaf -> leaf instanceof Val.Array a ? row(a, counter) : leaf);
    return steps.item().of(e, counter, slice);
  }

  private Val bound(Val val, Span at) {
    boolean fits =
        val instanceof Val.Int
            || val instanceof Val.Array a && a.type().equals(ArrayType.scalar(DType.I32));
    if (!fits) {
      throw e.fault(
          Code.BAD_RANGE, at, "a range has bounds of type i32, not " + Trees.describe(val));
    }
    return val;
  }

  /// The slice at a position of the run.
  private Val row(Val.Array array, Val.Array position) {
    var sizes = new ArrayList<>(array.type().dims());
    sizes.set(0, Dim.of(1));
    var operands = new ArrayList<Val.Array>();
    operands.add(array);
    operands.add(position);
    for (int i = 1; i < array.rank(); i++) {
      operands.add(Operands.constant(e, Val.Int.of(0), DType.I32, e.here()));
    }
    Val.Array slice = e.emit(new DynamicSlice(sizes), operands).getFirst();
    Val.Array row = e.emit1(new Reshape(sizes.subList(1, sizes.size())), slice);
    return array.key() == null ? row : row.as(array.key().at(0, Indices.of(position)));
  }

  private interface Item {
    void bind(Val.Array counter, Scope scope);
  }

  private void counted(
      Stmt.HostFor loop, HostStatements.Place place, Val low, Val high, Item item) {
    var names = BoundNames.of(loop.body());
    names.removeAll(BoundNames.of(loop.pattern()));
    Span at = loop.iter().span();
    Optional<Affine.Range> bounds = bounds(low, high);
    iteration(
        at,
        count(bounds),
        place,
        carried(place, names),
        (inner, next) -> {
          Val.Array counter =
              bounds.isPresent()
                  ? segments.counter(bounds.get().low())
                  : segments.input(ArrayType.scalar(DType.I32));
          e.in(
              segments.trace(),
              () -> {
                item.bind(counter, inner.scope());
                return null;
              });
          statements.block(loop.body(), inner);
          next.run();
          var times =
              new HostPlan.Times.Counted(
                  segments.slot(counter), segments.used(low), segments.used(high));
          return body -> new HostSegments.Item.Loop(at, times, body);
        });
  }

  /// The bounds of a range that are numbers of 32 bits.
  private static Optional<Affine.Range> bounds(Val low, Val high) {
    return low instanceof Val.Int(var from)
            && high instanceof Val.Int(var to)
            && from.bitLength() < 32
            && to.bitLength() < 32
        ? Optional.of(new Affine.Range(from.longValue(), to.longValue()))
        : Optional.empty();
  }

  private static OptionalLong count(Optional<Affine.Range> bounds) {
    return bounds.isPresent()
        ? OptionalLong.of(Math.max(0, bounds.get().high() - bounds.get().low()))
        : OptionalLong.empty();
  }

  void whileLoop(Stmt.HostWhile loop, HostStatements.Place place) {
    Span at = loop.condition().span();
    List<String> names = carried(place, BoundNames.of(loop.body()));
    var tested = new ArrayList<Boolean>();
    iteration(
        at,
        OptionalLong.empty(),
        place,
        names,
        (inner, next) -> {
          // The condition is the head of the iteration: where it fails the iteration ends, and all
          // iterations.
          Scope scope = inner.scope().inner();
          Val.Array goesOn =
              readings.in(
                  loop.condition(),
                  place.effects(),
                  scope,
                  () -> Branches.condition(e, e.eval(loop.condition(), scope), at));
          segments.breakUnless(goesOn);
          tested.clear();
          tested.addAll(KeyCarries.tested(Trees.arrays(values(inner, names))));
          statements.block(loop.body(), inner);
          next.run();
          return body -> new HostSegments.Item.Loop(at, new HostPlan.Times.Forever(), body);
        });
    e.in(segments.trace(), () -> KeyCarries.use(e, at, Trees.arrays(values(place, names)), tested));
  }

  private interface Round {
    /// Elaborates an iteration, and returns the loop that consists of such iterations.
    ///
    /// @param next computes and sets the next carry
    java.util.function.Function<List<HostSegments.Item>, HostSegments.Item> of(
        HostStatements.Place inner, Runnable next);
  }

  private void iteration(
      Span at, OptionalLong count, HostStatements.Place place, List<String> names, Round body) {
    Val first = values(place, names);
    Val skeleton = Carries.guess(first);
    int errors = e.diagnostics().errorCount();
    Elaboration.KeyMark keys = e.keyMark();
    while (true) {
      e.forgetKeys(keys);
      Val carry = skeleton;
      HostSegments.Block block =
          segments.enterIteration(new Symbol.Iteration(Symbol.Kind.HOST, count));
      Val params = inputs(carry);
      var inner = place.inner();
      ((Val.Record) params).fields().forEach(inner.scope()::bind);
      var passed = new Val[1];
      var given = new ArrayList<Val.Array>();
      var made =
          body.of(
              inner,
              () -> {
                if (e.diagnostics().errorCount() > errors) {
                  throw new Fault.Poisoned();
                }
                Val result = values(inner, names);
                passed[0] = Carries.next(e, at, carry, result, Carries.HOST);
                if (passed[0].equals(carry) && !Carries.guessing(carry)) {
                  given.addAll(e.in(segments.trace(), () -> Carries.arrays(e, result, carry, at)));
                  segments.move(given, Trees.arrays(params));
                }
              });
      List<HostSegments.Item> items = segments.leave(block);
      if (!passed[0].equals(carry)) {
        skeleton = passed[0];
        continue;
      }
      if (Carries.guessing(carry)) {
        skeleton = Carries.settled(carry);
        continue;
      }
      List<Val.Array> begin = Carries.arrays(e, first, carry, at);
      List<Val.Array> slots = Trees.arrays(params);
      segments.move(begin, slots);
      segments.add(made.apply(items));
      List<Val.Array> after =
          e.in(segments.trace(), () -> KeyCarries.of(e, at, begin, slots, given, slots));
      Val last = Trees.fill(carry, after.iterator());
      ((Val.Record) last).fields().forEach(place::bind);
      return;
    }
  }

  /// Returns new slots for the holes.
  private Val inputs(Val skeleton) {
    return Trees.map(skeleton, leaf -> leaf instanceof Val.Hole hole ? segments.input(hole) : leaf);
  }

  /// Elaborates a loop over a tuple: its iterations one after the other; the carry may change its
  /// type.
  private void unrolled(Stmt.HostFor loop, HostStatements.Place place, List<Val> items) {
    var names = BoundNames.of(loop.body());
    names.removeAll(BoundNames.of(loop.pattern()));
    List<String> carried = carried(place, names);
    var now = new TreeMap<>(values(place, carried).fields());
    for (Val item : items) {
      var inner = place.inner();
      now.forEach(inner.scope()::bind);
      Patterns.bind(e, loop.pattern(), item, inner.scope());
      statements.block(loop.body(), inner);
      now.putAll(values(inner, carried).fields());
    }
    now.forEach(place::bind);
  }

  void branch(Stmt.HostIf branch, HostStatements.Place place) {
    Span at = branch.condition().span();
    Scope scope = place.scope().inner();
    Val condition =
        readings.in(
            branch.condition(), place.effects(), scope, () -> e.eval(branch.condition(), scope));
    var names = BoundNames.of(branch.then());
    names.addAll(BoundNames.of(branch.otherwise()));
    List<String> carried = carried(place, names);
    if (condition instanceof Val.Bool(boolean known)) {
      var inner = place.inner();
      statements.block(known ? branch.then() : branch.otherwise(), inner);
      carried.forEach(n -> inner.value(n).ifPresent(v -> place.bind(n, v)));
      return;
    }
    Val.Array chosen = e.in(segments.trace(), () -> Branches.condition(e, condition, at));
    int errors = e.diagnostics().errorCount();
    var choice = Choice.written();
    var first = new Side(place, carried, branch.then(), choice, 0);
    var second = new Side(place, carried, branch.otherwise(), choice, 1);
    if (e.diagnostics().errorCount() > errors) {
      throw new Fault.Poisoned();
    }
    Val type =
        BranchJoin.join(
            e, branch.span(), "the branches of `if`", first.result, at, second.result, at);
    Val out = inputs(type);
    var thenItems = first.end(type, out);
    var elseItems = second.end(type, out);
    segments.choose(chosen, thenItems, elseItems);
    var slots = Trees.arrays(out);
    Val joined = Trees.fill(type, Keys.either(e, choice, slots, first.arrays, second.arrays));
    ((Val.Record) joined).fields().forEach(place::bind);
  }

  /// One branch of an `if`: its block is left once the type of both results is known.
  private final class Side {
    final HostSegments.Block block;
    final Val result;
    List<Val.Array> arrays = List.of();

    Side(
        HostStatements.Place place,
        List<String> names,
        List<Stmt> body,
        Choice choice,
        int number) {
      block = segments.enterBranch(choice, number);
      var inner = place.inner();
      statements.block(body, inner);
      result = values(inner, names);
      segments.suspend(block);
    }

    List<HostSegments.Item> end(Val type, Val out) {
      segments.resume(block);
      arrays =
          e.in(segments.trace(), () -> Trees.arrays(BranchJoin.convert(e, result, type, e.here())));
      segments.move(arrays, Trees.arrays(out));
      return segments.leave(block);
    }
  }
}
