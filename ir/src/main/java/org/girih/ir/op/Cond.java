package org.girih.ir.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Value;

/// Runs `then` if the first operand, a scalar `bool`, is true, else `otherwise`; both take the
/// other operands and return results of the same types. Only one of them runs.
///
/// - (C1) the first operand is a scalar `bool`
/// - (C2) both branches are functions defined before
/// - (C3) the parameters of both have the types of the other operands
/// - (C4) the results of both have equal types
public record Cond(FuncRef then, FuncRef otherwise) implements Control {
  @Override
  public List<FuncRef> callees() {
    return then.equals(otherwise) ? List.of(then) : List.of(then, otherwise);
  }

  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.c(1).require(!in.isEmpty(), "expected a condition, got no operand");
    cx.c(1).same(ArrayType.scalar(DType.BOOL), in.getFirst());
    List<ArrayType> captured = in.subList(1, in.size());
    var a = cx.c(2).signature(then);
    var b = cx.c(2).signature(otherwise);
    cx.c(3).same(a.params(), captured, "operands of " + then);
    cx.c(3).same(b.params(), captured, "operands of " + otherwise);
    cx.c(4).same(a.results(), b.results(), "results of " + then + " and " + otherwise);
    return a.results();
  }

  private FuncRef wrap(
      Transforms t,
      FuncRef branch,
      List<ArrayType> params,
      java.util.function.BiFunction<Builder, List<Value>, List<Value>> body) {
    return t.define(branch.name(), params, body);
  }

  /// Returns a tangent from both branches if one has it: zeros where the other has none.
  @Override
  public Duals jvp(Builder b, Transforms t, List<Value> xs, List<Optional<Value>> ts) {
    List<Optional<Value>> captured = ts.subList(1, ts.size());
    Mask nonzero = Tangents.nonzero(captured);
    Mask none = Mask.none(t.signature(then).results().size());
    Mask out = t.jvp(then, nonzero, none).out().or(t.jvp(otherwise, nonzero, none).out());
    var op = new Cond(t.jvp(then, nonzero, out).ref(), t.jvp(otherwise, nonzero, out).ref());
    return Tangents.duals(b.emit(op, Tangents.operands(xs, ts)), out);
  }

  /// Stores, in the known half, the residuals of both branches, of equal types in one place; those
  /// of the branch not taken are zeros that nothing reads.
  @Override
  public void split(Transforms t, Splitting s) {
    Mask mask = s.mask().slice(1, s.mask().size());
    Mask none = Mask.none(t.signature(then).results().size());
    Mask out =
        t.split(then, mask, none).unknownOut().or(t.split(otherwise, mask, none).unknownOut());
    var a = t.split(then, mask, out);
    var c = t.split(otherwise, mask, out);
    int results = a.knownResults();
    var slots = new ArrayList<ArrayType>();
    List<Integer> aSlots = slots(stored(t, a), slots, 0);
    List<Integer> cSlots = slots(stored(t, c), slots, 0);
    List<ArrayType> params = t.signature(a.known()).params();
    var known =
        new Cond(
            storing(t, a, params, aSlots, slots, results),
            storing(t, c, params, cSlots, slots, results));
    var operands = new ArrayList<Value>();
    operands.add(s.known(0));
    mask.not().positions().forEach(i -> operands.add(s.known(i + 1)));
    List<Value> first = s.known().emit(known, operands);

    var inner = new ArrayList<Value>();
    for (int i = 0; i < slots.size(); i++) {
      inner.add(s.residual(first.get(results + i)));
    }
    var forwarded = new ArrayList<Integer>();
    var again = new ArrayList<Integer>();
    for (var halves : List.of(a, c)) {
      for (var residual : halves.residuals()) {
        if (residual instanceof Transforms.Residual.Param(int i) && !forwarded.contains(i)) {
          forwarded.add(i);
        }
      }
    }
    forwarded.forEach(i -> inner.add(s.unknown(i + 1)));
    for (int i = 0; i < results; i++) {
      if (again(a, i) || again(c, i)) {
        again.add(i);
        inner.add(s.residual(first.get(i)));
      }
    }
    mask.positions().forEach(i -> inner.add(s.unknown(i + 1)));
    var op =
        new Cond(
            reading(t, a, Tangents.types(inner), aSlots, slots.size(), forwarded, again),
            reading(t, c, Tangents.types(inner), cSlots, slots.size(), forwarded, again));
    inner.addFirst(s.unknown(0));
    Tangents.results(s, out, first, s.unknown().emit(op, inner));
  }

  /// Returns whether a result is also a residual.
  private static boolean again(Transforms.Halves halves, int result) {
    return halves.residuals().contains(new Transforms.Residual.Result(result));
  }

  private static List<ArrayType> stored(Transforms t, Transforms.Halves halves) {
    List<ArrayType> results = t.signature(halves.known()).results();
    return results.subList(halves.knownResults(), results.size());
  }

  /// Returns a slot of its type for each, those that are there first.
  private static List<Integer> slots(List<ArrayType> types, List<ArrayType> slots, int from) {
    var out = new ArrayList<Integer>();
    for (ArrayType type : types) {
      int slot = from;
      while (slot < slots.size() && (!slots.get(slot).equals(type) || out.contains(slot))) {
        slot++;
      }
      if (slot == slots.size()) {
        slots.add(type);
      }
      out.add(slot);
    }
    return out;
  }

  private FuncRef storing(
      Transforms t,
      Transforms.Halves halves,
      List<ArrayType> params,
      List<Integer> own,
      List<ArrayType> slots,
      int results) {
    return wrap(
        t,
        halves.known(),
        params,
        (b, xs) -> {
          List<Value> values = t.inline(b, halves.known(), xs);
          var out = new ArrayList<>(values.subList(0, results));
          for (int i = 0; i < slots.size(); i++) {
            int at = own.indexOf(i);
            out.add(at >= 0 ? values.get(results + at) : b.zeros(slots.get(i)));
          }
          return out;
        });
  }

  private FuncRef reading(
      Transforms t,
      Transforms.Halves halves,
      List<ArrayType> params,
      List<Integer> own,
      int slots,
      List<Integer> forwarded,
      List<Integer> again) {
    int results = halves.knownResults();
    int head = slots + forwarded.size();
    return wrap(
        t,
        halves.unknown(),
        params,
        (b, xs) -> {
          var args =
              new ArrayList<>(
                  halves.residuals(
                      i -> xs.get(slots + forwarded.indexOf(i)),
                      i -> xs.get(i < results ? head + again.indexOf(i) : own.get(i - results))));
          args.addAll(xs.subList(head + again.size(), xs.size()));
          return t.inline(b, halves.unknown(), args);
        });
  }

  @Override
  public void transpose(
      Builder b, Transforms t, TransposedOperands in, List<Optional<Value>> cts, Cotangents out) {
    Mask linear = in.linear().slice(1, in.size());
    Mask nonzero = Tangents.nonzero(cts);
    Mask sums = Mask.where(linear.size(), i -> linear.at(i) && out.accumulates(i + 1));
    var a = t.transpose(then, linear, nonzero, sums);
    var c = t.transpose(otherwise, linear, nonzero, sums);
    Mask gives = a.out().or(c.out());
    List<ArrayType> types = in.types().subList(1, in.size());
    var op = new Cond(filling(t, a, gives, types), filling(t, c, gives, types));
    var operands = new ArrayList<Value>();
    operands.add(in.get(0));
    linear.not().positions().forEach(i -> operands.add(in.get(i + 1)));
    cts.forEach(ct -> ct.ifPresent(operands::add));
    sums.positions().forEach(i -> operands.add(out.take(i + 1)));
    if (!gives.any()) {
      return;
    }
    var results = b.emit(op, operands).iterator();
    for (int i : gives.positions()) {
      if (sums.at(i)) {
        out.put(i + 1, results.next());
      } else {
        out.add(i + 1, results.next());
      }
    }
  }

  /// Returns a branch's transpose that returns all cotangents that either branch returns.
  private FuncRef filling(Transforms t, Transforms.Made made, Mask gives, List<ArrayType> types) {
    if (made.out().equals(gives)) {
      return made.ref();
    }
    return wrap(
        t,
        made.ref(),
        t.signature(made.ref()).params(),
        (b, xs) -> {
          var own = Tangents.spread(made.out(), t.inline(b, made.ref(), xs).iterator());
          return Tangents.filled(b, own, gives, types);
        });
  }

  /// Runs both branches where lanes differ, and selects results. Each branch sees operands whose
  /// tangents are stopped on the lanes that do not take it, so that neither forward nor backward a
  /// NaN of the other branch comes through.
  @Override
  public Mask needs(Demands d, Mask used) {
    Mask results = used.or(d.results(then)).or(d.results(otherwise));
    Mask params = d.params(then).or(d.params(otherwise));
    for (FuncRef f : callees()) {
      d.needResults(f, results);
      d.needParams(f, params);
    }
    return Mask.concat(Mask.all(1), params);
  }

  @Override
  public Demands.Pruned pruned(Demands d) {
    return new Demands.Pruned(this, Mask.concat(Mask.all(1), d.params(then)), d.results(then));
  }

  @Override
  public Batched batch(Builder b, Transforms t, BatchAxis axis, List<Value> xs, Mask batched) {
    List<Value> captured = xs.subList(1, xs.size());
    Mask mask = batched.slice(1, batched.size());
    int results = t.signature(then).results().size();
    if (!batched.at(0)) {
      Mask none = Mask.none(results);
      Mask out =
          t.batch(then, axis, mask, none).out().or(t.batch(otherwise, axis, mask, none).out());
      var op =
          new Cond(t.batch(then, axis, mask, out).ref(), t.batch(otherwise, axis, mask, out).ref());
      return new Batched(b.emit(op, xs), out);
    }
    if (LanesApart.asked(t, this, axis)) {
      return LanesApart.batch(b, t, axis, this, xs, batched);
    }
    Value p = xs.getFirst();
    Value q = b.emit1(Bits.NOT, p);
    Mask guarded =
        Mask.where(mask.size(), i -> mask.at(i) || captured.get(i).type().dtype().inexact());
    List<Value> spread = new ArrayList<>();
    for (int i = 0; i < captured.size(); i++) {
      boolean repeat = guarded.at(i) && !mask.at(i);
      spread.add(repeat ? b.repeat(captured.get(i), axis.size()) : captured.get(i));
    }
    List<Value> x = branch(b, t, axis, then, p, spread, guarded);
    List<Value> y = branch(b, t, axis, otherwise, q, spread, guarded);
    var out = new ArrayList<Value>();
    for (int i = 0; i < results; i++) {
      out.add(b.select(lanes(b, p, x.get(i)), x.get(i), y.get(i)));
    }
    return Batched.all(out);
  }

  /// Returns a branch on all lanes; one that may not end for lanes that do not take it is given
  /// others.
  private List<Value> branch(
      Builder b, Transforms t, BatchAxis axis, FuncRef f, Value p, List<Value> xs, Mask guarded) {
    FuncRef lanes = t.batch(f, axis, guarded, Mask.all(t.signature(f).results().size())).ref();
    List<Value> guards = guards(b, p, xs, guarded);
    return t.loops(f) && !t.uses(f, axis.axis())
        ? TakenLanes.call(b, t, lanes, p, guards, guarded)
        : b.emit(new Call(lanes), guards);
  }

  /// Returns the operands, their tangents stopped where `p` is false.
  static List<Value> guards(Builder b, Value p, List<Value> xs, Mask guarded) {
    var out = new ArrayList<Value>();
    for (int i = 0; i < xs.size(); i++) {
      Value x = xs.get(i);
      boolean guard = guarded.at(i) && x.type().dtype().inexact();
      out.add(guard ? b.select(lanes(b, p, x), x, b.emit1(new StopGradient(), x)) : x);
    }
    return out;
  }

  /// Returns one truth a lane, as wide as `x`.
  static Value lanes(Builder b, Value p, Value x) {
    return b.broadcast(p, x.type().dims(), List.of(0));
  }
}
