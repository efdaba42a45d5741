package org.girih.ir.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Value;

/// A counted loop. Operands: `constants` captured values, `carries` first carries, then arrays
/// whose leading size is `length`. `body` takes the constants, the iteration's number (a scalar
/// `i32`), the carry and the slice of each array at that number, and returns the next carry, then
/// what is to be stacked. Results: the last carry, then the stacked values, leading size `length`.
/// With `reverse` the numbers run down from `length − 1`; slices and stacks keep their places. If
/// it is `counted`, one more operand comes first, a scalar `i32`: only that many iterations run,
/// from 0 on (or, with `reverse`, down to 0), and what was not reached is zero in the stacks.
///
/// - (C1) if it is counted, the first operand is a scalar `i32`
/// - (C2) `constants` and `carries` are not negative, and together at most the number of operands
/// - (C3) `length` is at least 0 and at most 2³¹ − 1
/// - (C4) `body` is a function defined before
/// - (C5) arrays of leading size `length`
/// - (C6) `body` takes the constants, the number, the carry and the slices
/// - (C7) the first results of `body` are the next carry
public record Scan(
    FuncRef body, Dim length, int constants, int carries, boolean reverse, boolean counted)
    implements Control {
  @Override
  public List<FuncRef> callees() {
    return List.of(body);
  }

  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> all) {
    cx.c(1).require(!counted || !all.isEmpty(), "expected a count, got no operand");
    if (counted) {
      cx.c(1).position(all.getFirst());
    }
    List<ArrayType> in = all.subList(counted ? 1 : 0, all.size());
    cx.c(2)
        .require(
            constants >= 0 && carries >= 0 && (long) constants + carries <= in.size(),
            "%d constants and %d carries of %d operands",
            constants,
            carries,
            in.size());
    cx.c(3).atLeast(length, Dim.of(0), "length of a scan");
    cx.c(3).atLeast(Dim.of(Integer.MAX_VALUE), length, "length of a scan");
    var signature = cx.c(4).signature(body);
    List<ArrayType> carry = in.subList(constants, constants + carries);
    var due = new ArrayList<>(in.subList(0, constants));
    due.add(ArrayType.scalar(DType.I32));
    due.addAll(carry);
    for (ArrayType array : in.subList(constants + carries, in.size())) {
      cx.c(5).require(array.rank() >= 1, "expected an array to scan over, got %s", array);
      cx.c(5).equal(array.dim(0), length, "leading size of a scan");
      due.add(array.withDims(array.dims().subList(1, array.rank())));
    }
    cx.c(6).same(signature.params(), due, "operands of " + body);
    cx.c(7)
        .require(
            signature.results().size() >= carries,
            "expected results of %2$s: %1$d or more, got %3$d",
            carries,
            body,
            signature.results().size());
    cx.c(7).same(carry, signature.results().subList(0, carries), "carry of " + body);
    var out = new ArrayList<>(carry);
    for (ArrayType each : signature.results().subList(carries, signature.results().size())) {
      var dims = new ArrayList<Dim>();
      dims.add(length);
      dims.addAll(each.dims());
      out.add(each.withDims(dims));
    }
    return out;
  }

  /// Returns the operands before the constants: the number of steps, if it is counted.
  private int head() {
    return counted ? 1 : 0;
  }

  private static Mask with(Mask constants, boolean index, Mask carries, Mask arrays) {
    return Mask.concat(constants, index ? Mask.all(1) : Mask.none(1), carries, arrays);
  }

  private static <T> List<T> join(List<T> a, List<T> b) {
    var out = new ArrayList<>(a);
    out.addAll(b);
    return out;
  }

  /// Returns the array with `value` at place `at` of its leading axis.
  static Value write(Builder b, Value stack, Value value, Value at) {
    var operands = new ArrayList<Value>();
    operands.add(stack);
    operands.add(b.reshape(value, Batched.dims(Dim.of(1), value.type().dims())));
    operands.add(at);
    value.type().dims().forEach(d -> operands.add(b.position(0)));
    return b.emit(new DynamicUpdateSlice(), operands).getFirst();
  }

  /// Carries and stacks tangents beside what they belong to. Which of the carry's are not zero is
  /// found by iterating until no more come.
  @Override
  public Duals jvp(Builder b, Transforms t, List<Value> xs, List<Optional<Value>> ts) {
    int c = head() + constants;
    int k = c + carries;
    Mask all = Tangents.nonzero(ts);
    Mask fixed = all.slice(head(), c);
    Mask moving = all.slice(c, k);
    Mask arrays = all.slice(k, all.size());
    int stacks = t.signature(body).results().size() - carries;
    Transforms.Made made;
    while (true) {
      made =
          t.jvp(body, with(fixed, false, moving, arrays), Mask.concat(moving, Mask.none(stacks)));
      Mask more = moving.or(made.out().slice(0, carries));
      if (more.equals(moving)) {
        break;
      }
      moving = more;
    }
    // Parameters of what was made: constants, number, carry, slices, then tangents of each; here
    // tangents stand behind what they belong to.
    List<ArrayType> own = t.signature(body).params();
    List<ArrayType> fixedTypes = own.subList(0, constants);
    List<ArrayType> carryTypes = own.subList(constants + 1, constants + 1 + carries);
    List<ArrayType> sliceTypes = own.subList(constants + 1 + carries, own.size());
    var params = new ArrayList<>(join(fixedTypes, fixed.pick(fixedTypes)));
    params.add(own.get(constants));
    params.addAll(join(carryTypes, moving.pick(carryTypes)));
    params.addAll(join(sliceTypes, arrays.pick(sliceTypes)));
    FuncRef derived = made.ref();
    Mask out = made.out();
    int tc = fixed.count();
    int tk = moving.count();
    int results = carries + stacks;
    FuncRef step =
        t.define(
            body.name() + ".jvp",
            params,
            (g, in) -> {
              int i = constants + tc;
              int slices = i + 1 + carries + tk;
              var args = new ArrayList<>(in.subList(0, constants));
              args.addAll(in.subList(i, i + 1 + carries));
              args.addAll(in.subList(slices, slices + sliceTypes.size()));
              args.addAll(in.subList(constants, i));
              args.addAll(in.subList(i + 1 + carries, slices));
              args.addAll(in.subList(slices + sliceTypes.size(), in.size()));
              List<Value> given = t.inline(g, derived, args);
              var next = new ArrayList<>(given.subList(0, carries));
              next.addAll(given.subList(results, results + tk));
              next.addAll(given.subList(carries, results));
              next.addAll(given.subList(results + tk, given.size()));
              return next;
            });
    List<ArrayType> types = Tangents.types(xs);
    var operands = new ArrayList<>(xs.subList(0, c));
    operands.addAll(fixed.pick(ts.subList(head(), c)).stream().map(Optional::orElseThrow).toList());
    operands.addAll(xs.subList(c, k));
    operands.addAll(Tangents.filled(b, ts.subList(c, k), moving, types.subList(c, k)));
    operands.addAll(xs.subList(k, xs.size()));
    ts.subList(k, ts.size()).forEach(v -> v.ifPresent(operands::add));
    var op = new Scan(step, length, constants + tc, carries + tk, reverse, counted);
    List<Value> given = b.emit(op, operands);
    var sorted = new ArrayList<>(given.subList(0, carries));
    sorted.addAll(given.subList(carries + tk, carries + tk + stacks));
    sorted.addAll(given.subList(carries, carries + tk));
    sorted.addAll(given.subList(carries + tk + stacks, given.size()));
    return Tangents.duals(sorted, out);
  }

  /// Stacks in the known half what the unknown one needs of each step. What depends on constants
  /// only is computed once, before the loop; constants, arrays and the step's number are not
  /// stored.
  @Override
  public void split(Transforms t, Splitting s) {
    int c = head() + constants;
    int k = c + carries;
    Mask fixed = s.mask().slice(head(), c);
    Mask moving = s.mask().slice(c, k);
    Mask arrays = s.mask().slice(k, s.mask().size());
    int stacks = t.signature(body).results().size() - carries;
    Transforms.Halves halves;
    while (true) {
      halves =
          t.split(body, with(fixed, false, moving, arrays), Mask.concat(moving, Mask.none(stacks)));
      Mask more = moving.or(halves.unknownOut().slice(0, carries));
      if (more.equals(moving)) {
        break;
      }
      moving = more;
    }
    new ScanSplit(this, t, s, halves, fixed, moving, arrays).run();
  }

  /// Runs the other way, carrying the cotangents of the carry, and for each constant the sum of its
  /// cotangents, to which each step adds in place.
  @Override
  public void transpose(
      Builder b, Transforms t, TransposedOperands in, List<Optional<Value>> cts, Cotangents out) {
    int c = head() + constants;
    int k = c + carries;
    Mask fixed = in.linear().slice(head(), c);
    Mask arrays = in.linear().slice(k, in.size());
    Mask moving = Tangents.nonzero(cts.subList(0, carries));
    Mask stacked = Tangents.nonzero(cts.subList(carries, cts.size()));
    Mask linear = with(fixed, false, Mask.all(carries), arrays);
    Mask sums = with(fixed, false, Mask.none(carries), Mask.none(arrays.size()));
    Transforms.Made made;
    while (true) {
      made = t.transpose(body, linear, Mask.concat(moving, stacked), sums);
      Mask more = moving.or(made.out().slice(constants + 1, constants + 1 + carries));
      if (more.equals(moving)) {
        break;
      }
      moving = more;
    }
    Mask given = made.out();
    FuncRef derived = made.ref();
    List<ArrayType> own = t.signature(body).params();
    List<ArrayType> results = t.signature(body).results();
    List<ArrayType> carryTypes = results.subList(0, carries);
    // Parameters of what was made: known ones, cotangents of the carry and of what was stacked,
    // sums.
    int knownFixed = constants - fixed.count();
    int knownArrays = arrays.size() - arrays.count();
    int tk = moving.count();
    int sum = fixed.count();
    var params = new ArrayList<>(fixed.not().pick(own.subList(0, constants)));
    params.add(own.get(constants));
    params.addAll(moving.pick(carryTypes));
    params.addAll(fixed.pick(own.subList(0, constants)));
    params.addAll(arrays.not().pick(own.subList(constants + 1 + carries, own.size())));
    params.addAll(stacked.pick(results.subList(carries, results.size())));
    Mask next = moving;
    FuncRef step =
        t.define(
            body.name() + ".transpose",
            params,
            (g, xs) -> {
              int carry = knownFixed + 1;
              int slices = carry + tk + sum;
              var args = new ArrayList<>(xs.subList(0, carry));
              args.addAll(xs.subList(slices, slices + knownArrays));
              args.addAll(xs.subList(carry, carry + tk));
              args.addAll(xs.subList(slices + knownArrays, xs.size()));
              args.addAll(xs.subList(carry + tk, slices));
              var all = Tangents.spread(given, t.inline(g, derived, args).iterator());
              var outs =
                  new ArrayList<>(
                      Tangents.filled(
                          g,
                          all.subList(constants + 1, constants + 1 + carries),
                          next,
                          carryTypes));
              all.subList(0, constants).forEach(v -> v.ifPresent(outs::add));
              all.subList(constants + 1 + carries, all.size()).forEach(v -> v.ifPresent(outs::add));
              return outs;
            });
    var operands = new ArrayList<Value>();
    if (counted) {
      operands.add(in.get(0));
    }
    fixed.not().positions().forEach(i -> operands.add(in.get(head() + i)));
    operands.addAll(Tangents.filled(b, cts.subList(0, carries), moving, carryTypes));
    fixed.positions().forEach(i -> operands.add(out.take(head() + i)));
    arrays.not().positions().forEach(i -> operands.add(in.get(k + i)));
    cts.subList(carries, cts.size()).forEach(ct -> ct.ifPresent(operands::add));
    var op = new Scan(step, length, knownFixed, tk + sum, !reverse, counted);
    var values = b.emit(op, operands).iterator();
    moving.positions().forEach(i -> out.add(c + i, values.next()));
    fixed.positions().forEach(i -> out.put(head() + i, values.next()));
    for (int i : arrays.positions()) {
      if (given.at(constants + 1 + carries + i)) {
        out.add(k + i, values.next());
      }
    }
  }

  /// Runs lanes together; where each has a number of steps of its own, as many as the longest
  /// needs, and lanes that are done keep their carry. A carry is needed if its last value is, or if
  /// what stays of the body reads it.
  @Override
  public Mask needs(Demands d, Mask used) {
    Mask params = d.params(body);
    int first = constants + 1;
    Mask due = used.or(d.results(body));
    Mask carry = due.slice(0, carries).or(params.slice(first, first + carries));
    Mask arrays = params.slice(first + carries, params.size());
    d.needResults(body, Mask.concat(carry, due.slice(carries, due.size())));
    d.needParams(body, with(Mask.none(constants), true, carry, Mask.none(arrays.size())));
    return Mask.concat(Mask.all(head()), params.slice(0, constants), carry, arrays);
  }

  @Override
  public Demands.Pruned pruned(Demands d) {
    Mask params = d.params(body);
    Mask fixed = params.slice(0, constants);
    Mask carry = params.slice(constants + 1, constants + 1 + carries);
    Mask arrays = params.slice(constants + 1 + carries, params.size());
    return new Demands.Pruned(
        new Scan(body, length, fixed.count(), carry.count(), reverse, counted),
        Mask.concat(Mask.all(head()), fixed, carry, arrays),
        d.results(body));
  }

  @Override
  public Batched batch(Builder b, Transforms t, BatchAxis axis, List<Value> xs, Mask batched) {
    int c = head() + constants;
    int k = c + carries;
    boolean uneven = counted && batched.at(0);
    if (uneven && LanesApart.asked(t, this, axis)) {
      return LanesApart.batch(b, t, axis, this, xs, batched);
    }
    Mask fixed = batched.slice(head(), c);
    Mask moving = uneven ? Mask.all(carries) : batched.slice(c, k);
    Mask arrays = batched.slice(k, batched.size());
    int stacks = t.signature(body).results().size() - carries;
    Mask force = uneven ? Mask.all(stacks) : Mask.none(stacks);
    Transforms.Made made;
    while (true) {
      made = t.batch(body, axis, with(fixed, false, moving, arrays), Mask.concat(moving, force));
      Mask more = moving.or(made.out().slice(0, carries));
      if (more.equals(moving)) {
        break;
      }
      moving = more;
    }
    var operands = new ArrayList<Value>();
    if (counted) {
      operands.add(
          uneven
              ? b.emit1(new Reduce(Reduce.Monoid.MAX, List.of(0)), xs.getFirst())
              : xs.getFirst());
    }
    if (uneven) {
      operands.add(xs.getFirst());
    }
    operands.addAll(xs.subList(head(), c));
    for (int i = 0; i < carries; i++) {
      boolean repeat = moving.at(i) && !batched.at(c + i);
      operands.add(repeat ? b.repeat(xs.get(c + i), axis.size()) : xs.get(c + i));
    }
    for (int i = 0; i < arrays.size(); i++) {
      operands.add(arrays.at(i) ? b.moveAxis(xs.get(k + i), 0, 1) : xs.get(k + i));
    }
    FuncRef step = uneven ? uneven(t, made.ref(), xs.getFirst().type()) : made.ref();
    var op = new Scan(step, length, constants + (uneven ? 1 : 0), carries, reverse, counted);
    List<Value> given = b.emit(op, operands);
    var out = new ArrayList<>(given.subList(0, carries));
    for (int i = carries; i < given.size(); i++) {
      out.add(made.out().at(i) ? b.moveAxis(given.get(i), 1, 0) : given.get(i));
    }
    return new Batched(out, made.out());
  }

  /// Returns the body for lanes with a number of steps each, its first parameter.
  private FuncRef uneven(Transforms t, FuncRef batched, ArrayType steps) {
    var params = new ArrayList<>(t.signature(batched).params());
    params.addFirst(steps);
    return t.define(
        batched.name(),
        params,
        (g, in) -> {
          Value index = in.get(1 + constants);
          Value runs =
              g.compare(Compare.LT, g.broadcast(index, steps.dims(), List.of()), in.getFirst());
          List<Value> next = t.inline(g, batched, in.subList(1, in.size()));
          var out = new ArrayList<Value>();
          for (int i = 0; i < next.size(); i++) {
            Value old = i < carries ? in.get(2 + constants + i) : g.zeros(next.get(i).type());
            out.add(g.select(Cond.lanes(g, runs, next.get(i)), next.get(i), old));
          }
          return out;
        });
  }
}
