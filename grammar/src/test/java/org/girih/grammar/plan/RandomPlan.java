package org.girih.grammar.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.girih.grammar.plan.HostPlan.Times;
import org.girih.grammar.plan.HostPlan.Tree;
import org.girih.ir.op.FuncRef;
import org.girih.ir.program.Block;
import org.girih.ir.program.Entry;
import org.girih.ir.program.Func;
import org.girih.ir.program.Program;
import org.girih.ir.source.Source;
import org.girih.ir.source.Span;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Mesh;
import org.girih.ir.type.Value;

/// Writes plans with loops and branches by chance, in which no slot is read before it is written.
/// All slots are `f32`, so that any result may take the memory of any parameter.
final class RandomPlan {
  static final Span AT = new Span(new Source("t.girih", "x"), 0, 1);
  static final ArrayType F32 = ArrayType.scalar(DType.F32);

  private final Random random;
  private final List<Func> funcs = new ArrayList<>();
  private final List<Entry> entries = new ArrayList<>();
  private int slots;

  private RandomPlan(long seed) {
    random = new Random(seed);
  }

  static HostPlan of(long seed) {
    var writer = new RandomPlan(seed);
    var steps = new ArrayList<Step>();
    var known = new ArrayList<Integer>();
    steps.add(new Step.Load(AT, "x", leaf(writer.fresh(known))));
    steps.add(new Step.Load(AT, "y", leaf(writer.fresh(known))));
    writer.block(steps, known, 3, false);
    return new HostPlan(Program.of(writer.funcs, writer.entries), steps, writer.slots, Mesh.NONE);
  }

  static Tree leaf(int slot) {
    return new Tree.Leaf(slot, F32);
  }

  private int fresh(List<Integer> known) {
    known.add(slots);
    return slots++;
  }

  private int any(List<Integer> known) {
    return known.get(random.nextInt(known.size()));
  }

  /// @param known slots that are surely written
  /// @param breaks whether a condition may end the loop around
  private void block(List<Step> out, List<Integer> known, int depth, boolean breaks) {
    for (int i = random.nextInt(1, 6); i > 0; i--) {
      switch (random.nextInt(depth > 0 ? 8 : 5)) {
        case 0, 1, 2 -> run(out, known);
        case 3 ->
            out.add(new Step.Save(AT, List.of(new HostPlan.Piece.Text("s")), leaf(any(known))));
        case 4 ->
            out.add(
                breaks
                    ? new Step.BreakUnless(any(known))
                    : new Step.Assert(AT, leaf(any(known)), List.of(), List.of(), false));
        case 5, 6 -> loop(out, known, depth);
        case 7 -> choice(out, known, depth, breaks);
        default -> throw new AssertionError();
      }
    }
  }

  private void run(List<Step> out, List<Integer> known) {
    var inputs =
        IntStream.range(0, random.nextInt(1, 4)).mapToObj(_ -> any(known)).distinct().toList();
    var params = IntStream.range(0, inputs.size()).mapToObj(i -> new Value(i, F32)).toList();
    var results =
        IntStream.range(0, random.nextInt(1, 4)).mapToObj(_ -> params.getFirst()).toList();
    var ref = new FuncRef("f" + funcs.size());
    funcs.add(new Func(ref, new Block(params, List.of(), results)));
    out.add(new Step.Run(entries.size(), inputs, results.stream().map(_ -> fresh(known)).toList()));
    entries.add(
        new Entry(
            ref,
            params.stream().map(p -> "x" + p.id()).toList(),
            results.stream().map(_ -> "").toList()));
  }

  private void loop(List<Step> out, List<Integer> known, int depth) {
    var first = IntStream.range(0, random.nextInt(1, 3)).mapToObj(_ -> any(known)).toList();
    var carry = first.stream().map(_ -> fresh(known)).toList();
    out.add(new Step.Move(first, carry));
    var inner = new ArrayList<>(known);
    var body = new ArrayList<Step>();
    Times times;
    if (random.nextBoolean()) {
      times = new Times.Counted(fresh(inner), leaf(any(known)), leaf(any(known)));
      block(body, inner, depth - 1, false);
    } else {
      times = new Times.Forever();
      run(body, inner);
      body.add(new Step.BreakUnless(any(inner)));
      block(body, inner, depth - 1, true);
    }
    body.add(new Step.Move(carry.stream().map(_ -> any(inner)).toList(), carry));
    out.add(new Step.Loop(AT, times, carry, body));
  }

  private void choice(List<Step> out, List<Integer> known, int depth, boolean breaks) {
    int condition = any(known);
    int joined = slots++;
    var sides = new ArrayList<List<Step>>();
    for (int side = 0; side < 2; side++) {
      var inner = new ArrayList<>(known);
      var steps = new ArrayList<Step>();
      block(steps, inner, depth - 1, breaks);
      steps.add(new Step.Move(List.of(any(inner)), List.of(joined)));
      sides.add(steps);
    }
    out.add(new Step.Choice(condition, sides.get(0), sides.get(1)));
    known.add(joined);
  }
}
