package org.girih.grammar.plan;

import static org.girih.grammar.plan.RandomPlan.AT;
import static org.girih.grammar.plan.RandomPlan.F32;
import static org.girih.grammar.plan.RandomPlan.leaf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.girih.grammar.plan.HostPlan.Times;
import org.girih.grammar.plan.HostPlan.Tree;
import org.girih.ir.op.FuncRef;
import org.girih.ir.program.Block;
import org.girih.ir.program.Entry;
import org.girih.ir.program.Func;
import org.girih.ir.program.Program;
import org.girih.ir.type.Mesh;
import org.girih.ir.type.Value;
import org.junit.jupiter.api.Test;

/// Plans by chance, done once as they are and once with what [LastUses] adds: no step reads a slot
/// that was freed.
class LastUsesTest {
  /// An array.
  private static final class Memory {
    final int content;

    Memory(int content) {
      this.content = content;
    }
  }

  /// Does a plan as the driver does; chance decides branches and rounds.
  private static final class Machine {
    final HostPlan plan;
    final Random chance;
    final Memory[] slots;
    final List<Integer> seen = new ArrayList<>();
    int made;
    int freed;

    Machine(HostPlan plan, long seed) {
      this.plan = plan;
      this.chance = new Random(seed);
      this.slots = new Memory[plan.slots()];
    }

    Memory read(int slot) {
      Memory memory = slots[slot];
      assertNotNull(memory, () -> "slot " + slot + " was freed");
      seen.add(memory.content);
      return memory;
    }

    private void read(Tree tree) {
      read(((Tree.Leaf) tree).slot());
    }

    /// Whether the loop around goes on.
    boolean steps(List<Step> steps) {
      for (Step step : steps) {
        switch (step) {
          case Step.Load load -> slots[((Tree.Leaf) load.tree()).slot()] = new Memory(made++);
          case Step.Run run -> run(run);
          case Step.Save save -> read(save.tree());
          case Step.Assert assertion -> read(assertion.condition());
          case Step.Move(var from, var to) -> {
            var values = from.stream().map(this::read).toList();
            for (int i = 0; i < values.size(); i++) {
              slots[to.get(i)] = values.get(i);
            }
          }
          case Step.Release(var free) -> {
            free.forEach(slot -> slots[slot] = null);
            freed += free.size();
          }
          case Step.BreakUnless(int condition) -> {
            read(condition);
            if (chance.nextInt(3) == 0) {
              return false;
            }
          }
          case Step.Choice(int condition, var then, var otherwise) -> {
            read(condition);
            if (!steps(chance.nextBoolean() ? then : otherwise)) {
              return false;
            }
          }
          case Step.Loop loop -> loop(loop);
          case Step.Clock(int slot) -> slots[slot] = new Memory(made++);
          case Step.Argument _, Step.Print _, Step.Plot _, Step.Result _ ->
              throw new AssertionError();
        }
      }
      return true;
    }

    private void loop(Step.Loop loop) {
      switch (loop.times()) {
        case Times.Forever() -> {
          while (steps(loop.body())) {
            // until its condition fails, as it does in one of three rounds
          }
        }
        case Times.Counted(int slot, var from, var to) -> {
          read(from);
          read(to);
          // `--resume` asks what the carry is like.
          loop.carry().forEach(this::read);
          for (int i = chance.nextInt(4); i > 0; i--) {
            slots[slot] = new Memory(made++);
            steps(loop.body());
            // A checkpoint.
            loop.carry().forEach(this::read);
          }
        }
      }
    }

    private void run(Step.Run run) {
      run.inputs().forEach(this::read);
      run.outputs().forEach(output -> slots[output] = new Memory(made++));
    }
  }

  @Test
  void nothingThatIsGoneIsRead() {
    int freed = 0;
    for (long seed = 0; seed < 3000; seed++) {
      HostPlan plan = RandomPlan.of(seed);
      HostPlan with = LastUses.in(plan);
      for (long run = 0; run < 4; run++) {
        var before = new Machine(plan, run);
        var after = new Machine(with, run);
        before.steps(plan.steps());
        after.steps(with.steps());
        assertEquals(before.seen, after.seen, "seed " + seed);
        freed += after.freed;
      }
    }
    assertTrue(freed > 10_000, "freed " + freed);
  }

  private static Program program(int results) {
    var x = new Value(0, F32);
    var ref = new FuncRef("f");
    var returned = java.util.Collections.nCopies(results, x);
    return Program.of(
        List.of(new Func(ref, new Block(List.of(x), List.of(), returned))),
        List.of(new Entry(ref, List.of("x"), java.util.Collections.nCopies(results, ""))));
  }

  /// `for i in 0..9 { let (y, x) = f(x)`, `save("t", y) }`.
  @Test
  void aRoundFreesItsCarry() {
    var times =
        new Times.Counted(2, new Tree.Int(BigInteger.ZERO), new Tree.Int(BigInteger.valueOf(9)));
    var run = new Step.Run(0, List.of(1), List.of(3, 4));
    var save = new Step.Save(AT, List.of(new HostPlan.Piece.Text("t")), leaf(3));
    var next = new Step.Move(List.of(4), List.of(1));
    var load = new Step.Load(AT, "x", leaf(0));
    var begin = new Step.Move(List.of(0), List.of(1));
    var last = new Step.Save(AT, List.of(new HostPlan.Piece.Text("s")), leaf(1));
    List<Step> steps =
        List.of(load, begin, new Step.Loop(AT, times, List.of(1), List.of(run, save, next)), last);
    HostPlan plan = LastUses.in(new HostPlan(program(2), steps, 5, Mesh.NONE));
    List<Step> body =
        List.of(
            run,
            new Step.Release(List.of(1)),
            save,
            new Step.Release(List.of(3)),
            next,
            new Step.Release(List.of(4)));
    assertEquals(
        List.of(
            load,
            begin,
            new Step.Release(List.of(0)),
            new Step.Loop(AT, times, List.of(1), body),
            last,
            new Step.Release(List.of(1))),
        plan.steps());
  }

  @Test
  void theResultIsReadInTheEnd() {
    var result = new Step.Result(leaf(1));
    List<Step> steps =
        List.of(new Step.Argument("x", leaf(0)), new Step.Run(0, List.of(0), List.of(1)), result);
    HostPlan plan = LastUses.in(new HostPlan(program(1), steps, 2, Mesh.NONE));
    assertEquals(result, plan.steps().getLast());
  }
}
