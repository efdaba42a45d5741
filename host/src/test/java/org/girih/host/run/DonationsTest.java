package org.girih.host.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.girih.grammar.plan.HostPlan;
import org.girih.grammar.plan.HostPlan.Times;
import org.girih.grammar.plan.HostPlan.Tree;
import org.girih.grammar.plan.Step;
import org.girih.ir.op.FuncRef;
import org.girih.ir.program.Block;
import org.girih.ir.program.Entry;
import org.girih.ir.program.Func;
import org.girih.ir.program.Program;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Mesh;
import org.girih.ir.type.Value;
import org.junit.jupiter.api.Test;

/// What a round gives away.
class DonationsTest {
  private static final Value A = new Value(0, ArrayType.of(DType.F32, 3));
  private static final Value B = new Value(1, ArrayType.of(DType.F32, 3));
  private static final Value C = new Value(2, ArrayType.of(DType.F32, 4));
  private static final Step.Run RUN = new Step.Run(0, List.of(0, 1, 2), List.of(3, 4, 5));

  /// A loop whose entry gives back its three parameters in another order: b, a, c.
  private static HostPlan plan(List<Integer> freed, List<Integer> from, List<Integer> to) {
    var ref = new FuncRef("f");
    var program =
        Program.of(
            List.of(new Func(ref, new Block(List.of(A, B, C), List.of(), List.of(B, A, C)))),
            List.of(new Entry(ref, List.of("a", "b", "c"), List.of("0", "1", "2"))));
    var times =
        new Times.Counted(6, new Tree.Int(BigInteger.ZERO), new Tree.Int(BigInteger.valueOf(9)));
    List<Step> body = List.of(RUN, new Step.Release(freed), new Step.Move(from, to));
    return new HostPlan(
        program, List.of(new Step.Loop(null, times, List.of(0, 1, 2), body)), 7, Mesh.NONE);
  }

  private static Map<Integer, Integer> given(HostPlan plan) {
    return Donations.of(plan, true).entry(0).donated();
  }

  @Test
  void whatTakesItsPlaceTakesItsMemory() {
    var plan = plan(List.of(0, 1, 2), List.of(4, 3, 5), List.of(0, 1, 2));
    assertEquals(Map.of(0, 1, 1, 0, 2, 2), given(plan));
    assertTrue(Donations.of(plan, true).gives(RUN, 2));
  }

  @Test
  void whatIsReadLaterIsKept() {
    var plan = plan(List.of(0, 2), List.of(4, 3, 5), List.of(0, 1, 2));
    assertEquals(Map.of(0, 1, 2, 2), given(plan));
    assertFalse(Donations.of(plan, true).gives(RUN, 1));
  }

  @Test
  void anotherTypeTakesNoMemory() {
    assertEquals(Map.of(2, 2), given(plan(List.of(0, 2), List.of(5, 5), List.of(0, 2))));
  }

  @Test
  void aResultTakesTheMemoryOfOne() {
    assertEquals(Map.of(0, 0), given(plan(List.of(0, 1), List.of(3, 3), List.of(0, 1))));
  }

  @Test
  void aPluginThatComputesWronglyIsGivenNothing() {
    var plan = plan(List.of(0, 1, 2), List.of(4, 3, 5), List.of(0, 1, 2));
    assertEquals(Map.of(), Donations.of(plan, false).entry(0).donated());
    assertFalse(Donations.of(plan, false).gives(RUN, 0));
  }
}
