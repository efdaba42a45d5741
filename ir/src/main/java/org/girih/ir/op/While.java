package org.girih.ir.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.CompilerBug;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Value;

/// Runs `body` on the carry while `condition` holds. Operands: `constants` captured values, then
/// the first carry; both functions take all of these; `condition` returns a scalar `bool`, `body`
/// the next carry; results are the last carry. With `max` at most that many bodies run.
///
/// - (C1) `constants` is at most the number of operands, and not negative
/// - (C2) `max` is not negative
/// - (C3) `condition` and `body` are functions defined before
/// - (C4) both take the operands
/// - (C5) `condition` returns a scalar `bool`
/// - (C6) `body` returns the types of the carry
///
/// @param constants how many leading operands are the same in every iteration
public record While(FuncRef condition, FuncRef body, int constants, OptionalInt max)
    implements Control {
  @Override
  public List<FuncRef> callees() {
    return List.of(condition, body);
  }

  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.c(1)
        .require(
            constants >= 0 && constants <= in.size(),
            "%d constants of %d operands",
            constants,
            in.size());
    cx.c(2)
        .require(max.isEmpty() || max.getAsInt() >= 0, "expected a max of at least 0, got %s", max);
    List<ArrayType> carry = in.subList(constants, in.size());
    var c = cx.c(3).signature(condition);
    var b = cx.c(3).signature(body);
    cx.c(4).same(c.params(), in, "operands of " + condition);
    cx.c(5).same(List.of(ArrayType.scalar(DType.BOOL)), c.results(), "results of " + condition);
    cx.c(4).same(b.params(), in, "operands of " + body);
    cx.c(6).same(carry, b.results(), "results of " + body);
    return carry;
  }

  private static List<Value> join(List<Value> a, List<Value> b) {
    var out = new ArrayList<>(a);
    out.addAll(b);
    return out;
  }

  private static List<ArrayType> concat(List<ArrayType> a, List<ArrayType> b) {
    var out = new ArrayList<>(a);
    out.addAll(b);
    return out;
  }

  /// Carries the carry's tangents along; the condition does not see them. Which are not zero is
  /// found by iterating until no more come.
  @Override
  public Duals jvp(Builder b, Transforms t, List<Value> xs, List<Optional<Value>> ts) {
    int carries = xs.size() - constants;
    Mask fixed = Tangents.nonzero(ts.subList(0, constants));
    Mask moving = Tangents.nonzero(ts.subList(constants, ts.size()));
    Transforms.Made made;
    while (true) {
      made = t.jvp(body, Mask.concat(fixed, moving), moving);
      Mask more = moving.or(made.out());
      if (more.equals(moving)) {
        break;
      }
      moving = more;
    }
    List<ArrayType> types = Tangents.types(xs);
    List<ArrayType> first = types.subList(0, constants);
    List<ArrayType> carry = types.subList(constants, types.size());
    var params = concat(concat(first, fixed.pick(first)), concat(carry, moving.pick(carry)));
    int c = constants + fixed.count();
    FuncRef derived = made.ref();
    FuncRef step =
        t.define(
            body.name() + ".jvp",
            params,
            (g, in) ->
                t.inline(
                    g,
                    derived,
                    join(
                        join(in.subList(0, constants), in.subList(c, c + carries)),
                        join(in.subList(constants, c), in.subList(c + carries, in.size())))));
    FuncRef test =
        t.define(
            condition.name(),
            params,
            (g, in) ->
                t.inline(g, condition, join(in.subList(0, constants), in.subList(c, c + carries))));
    var operands = new ArrayList<>(xs.subList(0, constants));
    operands.addAll(Tangents.filled(b, ts.subList(0, constants), fixed, first));
    operands.addAll(xs.subList(constants, xs.size()));
    operands.addAll(Tangents.filled(b, ts.subList(constants, ts.size()), moving, carry));
    return Tangents.duals(b.emit(new While(test, step, c, max), operands), moving);
  }

  /// Counts, with `max`, the steps of the known half and writes residuals into arrays of that
  /// length; the unknown half is a counted scan over them.
  ///
  /// @throws Refusal without `max`: the reverse would have to remember any number of steps
  @Override
  public void split(Transforms t, Splitting s) {
    int carries = s.mask().size() - constants;
    if (max.isPresent() && max.getAsInt() == 0) {
      for (int i = 0; i < carries; i++) {
        if (s.mask().at(constants + i)) {
          s.unknownResult(i, s.unknown(constants + i));
        } else {
          s.knownResult(i, s.known(constants + i));
        }
      }
      return;
    }
    Mask fixed = s.mask().slice(0, constants);
    Mask moving = s.mask().slice(constants, s.mask().size());
    Transforms.Halves halves;
    while (true) {
      halves = t.split(body, Mask.concat(fixed, moving), moving);
      Mask more = moving.or(halves.unknownOut());
      if (more.equals(moving)) {
        break;
      }
      moving = more;
    }
    if (max.isEmpty()) {
      throw new Refusal(
          Code.NOT_DIFFERENTIABLE,
          "the reverse of a `while` without bound",
          "give the loop a static `max`: `while c max 100`, or differentiate forward with `jvp`");
    }
    new BoundedSplit(this, t, s, halves, fixed, moving, carries).run();
  }

  @Override
  public void transpose(
      Builder b, Transforms t, TransposedOperands in, List<Optional<Value>> cts, Cotangents out) {
    throw new CompilerBug("transpose of a while, whose linear half is a scan");
  }

  /// Needs a carry if its last value is needed, or if the condition or what stays of the body reads
  /// it.
  @Override
  public Mask needs(Demands d, Mask used) {
    Mask params = d.params(condition).or(d.params(body));
    Mask carry = used.or(d.results(body)).or(params.slice(constants, params.size()));
    Mask all = Mask.concat(params.slice(0, constants), carry);
    d.needResults(condition, Mask.all(1));
    d.needResults(body, carry);
    d.needParams(condition, all);
    d.needParams(body, all);
    return all;
  }

  @Override
  public Demands.Pruned pruned(Demands d) {
    Mask params = d.params(body);
    int kept = params.slice(0, constants).count();
    return new Demands.Pruned(
        new While(condition, body, kept, max), params, params.slice(constants, params.size()));
  }

  /// Runs the loop, where lanes differ in when they end, until the last one does; lanes that are
  /// done keep their carry. Which lanes go on is computed once, at the end of each iteration, and
  /// carried: the loop's condition and its body could round a float otherwise, and a lane that one
  /// sees as done and the other does not would never end.
  @Override
  public Batched batch(Builder b, Transforms t, BatchAxis axis, List<Value> xs, Mask batched) {
    int carries = xs.size() - constants;
    Mask fixed = batched.slice(0, constants);
    Mask moving = batched.slice(constants, batched.size());
    boolean lanes;
    while (true) {
      Mask all = Mask.concat(fixed, moving);
      lanes = t.batch(condition, axis, all, Mask.none(1)).out().at(0);
      Mask more = lanes ? Mask.all(carries) : moving.or(t.batch(body, axis, all, moving).out());
      if (more.equals(moving)) {
        break;
      }
      moving = more;
    }
    Mask all = Mask.concat(fixed, moving);
    FuncRef test = t.batch(condition, axis, all, Mask.none(1)).ref();
    FuncRef step = t.batch(body, axis, all, moving).ref();
    var operands = new ArrayList<>(xs.subList(0, constants));
    Mask more = moving;
    for (int i = 0; i < carries; i++) {
      Value x = xs.get(constants + i);
      boolean repeat = more.at(i) && !batched.at(constants + i);
      operands.add(repeat ? b.repeat(x, axis.size()) : x);
    }
    if (!lanes) {
      return new Batched(b.emit(new While(test, step, constants, max), operands), moving);
    }
    if (LanesApart.asked(t, this, axis)) {
      return LanesApart.batch(b, t, axis, this, xs, batched);
    }
    operands.add(t.inline(b, test, operands).getFirst());
    List<ArrayType> params = Tangents.types(operands);
    FuncRef any =
        t.define(
            condition.name(),
            params,
            (g, in) ->
                List.of(g.emit1(new ReduceBits(ReduceBits.Monoid.OR, List.of(0)), in.getLast())));
    FuncRef guarded =
        t.define(
            body.name(),
            params,
            (g, in) -> {
              Value p = in.getLast();
              List<Value> now = in.subList(0, in.size() - 1);
              List<Value> guards = Cond.guards(g, p, now, all);
              boolean endless = t.loops(body) && !t.uses(body, axis.axis());
              List<Value> next =
                  t.inline(g, step, endless ? TakenLanes.given(g, p, guards, all) : guards);
              var out = new ArrayList<>(now.subList(0, constants));
              for (int i = 0; i < carries; i++) {
                Value old = now.get(constants + i);
                out.add(g.select(Cond.lanes(g, p, next.get(i)), next.get(i), old));
              }
              out.add(g.emit1(Bits.AND, p, t.inline(g, test, out).getFirst()));
              return out.subList(constants, out.size());
            });
    List<Value> last = b.emit(new While(any, guarded, constants, max), operands);
    return new Batched(last.subList(0, carries), moving);
  }
}
