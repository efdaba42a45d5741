package org.girih.passes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.diagnostic.Severity;
import org.girih.ir.program.Checker;
import org.girih.ir.program.Program;
import org.girih.passes.golden.LoopPrograms;
import org.girih.passes.golden.TestData;
import org.girih.passes.interpreter.Arguments;
import org.girih.passes.interpreter.Laws;
import org.girih.passes.loop.Hoist;
import org.girih.passes.loop.SimplifyScans;
import org.girih.passes.optimise.Rewriting;
import org.girih.passes.rebuild.RewriteBudget;
import org.girih.passes.rewrite.Rewrites;
import org.junit.jupiter.api.Test;

/// With every budget, from nothing to enough, a pass leaves a program that computes the same; it
/// says that it stopped exactly if it did.
class BudgetTest {
  private interface Bounded {
    Program run(Program program, RewriteBudget budget, Diagnostics diagnostics);
  }

  private static void check(String golden, Bounded pass) {
    Path file = TestData.root().resolve("passes").resolve(golden);
    Program before = TestData.program(file);
    Program whole = pass.run(before, new RewriteBudget("all", 1_000_000), new Diagnostics());
    assertNotEquals(before, whole);
    boolean stopped = true;
    for (long limit = 0; stopped; limit++) {
      var diagnostics = new Diagnostics();
      Program after = pass.run(before, new RewriteBudget("little", limit), diagnostics);
      assertEquals(Optional.empty(), Checker.check(after));
      for (var run : Arguments.of(before, 1)) {
        assertEquals(Laws.results(before, run), Laws.results(after, run), "limit " + limit);
      }
      stopped = !diagnostics.all().isEmpty();
      if (stopped) {
        assertEquals(Code.PASS_STOPPED, diagnostics.all().getFirst().code());
        assertEquals(Severity.WARNING, diagnostics.all().getFirst().severity());
      } else {
        assertTrue(limit > 0);
        assertEquals(whole, after);
      }
    }
  }

  @Test
  void hoist() {
    check("hoist/nested_loops.tir", Hoist::run);
    check("hoist/while_loops.tir", Hoist::run);
  }

  @Test
  void simplifyScans() {
    check("simplify_scans/steady.tir", SimplifyScans::run);
    check("simplify_scans/stacks.tir", SimplifyScans::run);
  }

  @Test
  void simplify() {
    check(
        "simplify/repeated.tir",
        (program, budget, diagnostics) ->
            Rewriting.run(program, Rewrites.ALL, budget, diagnostics));
  }

  /// Twice the program takes twice the work, counted.
  @Test
  void workGrowsWithTheProgram() {
    Bounded rewriting =
        (program, budget, diagnostics) -> Rewriting.run(program, Rewrites.ALL, budget, diagnostics);
    for (Bounded pass : List.<Bounded>of(Hoist::run, SimplifyScans::run)) {
      long once = spent(pass, LoopPrograms.loops(500));
      assertTrue(once >= 500, once + " for 500 loops");
      assertEquals(2 * once, spent(pass, LoopPrograms.loops(1000)));
    }
    Program before = LoopPrograms.loops(500);
    Program loops = SimplifyScans.run(before, new Diagnostics());
    assertTrue(spent(rewriting, loops) <= RewriteBudget.equations(loops));
  }

  private static long spent(Bounded pass, Program program) {
    var budget = new RewriteBudget("much", Long.MAX_VALUE);
    var diagnostics = new Diagnostics();
    pass.run(program, budget, diagnostics);
    assertEquals(List.of(), diagnostics.all());
    return budget.spent();
  }
}
