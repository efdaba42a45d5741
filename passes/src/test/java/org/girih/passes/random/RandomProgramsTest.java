package org.girih.passes.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.TreeSet;
import org.girih.ir.program.Checker;
import org.girih.ir.program.Program;
import org.girih.ir.text.TirPrinter;
import org.girih.passes.Pass;
import org.girih.passes.Pipelines;
import org.girih.passes.interpreter.Arguments;
import org.girih.passes.interpreter.Laws;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The laws of [Laws] over programs made by chance.
final class RandomProgramsTest {
  @Test
  void lawsHoldForAFew() {
    for (long seed = 0; seed < 300; seed++) {
      check(seed);
    }
  }

  @Test
  @Tag("full")
  void lawsHoldForMany() {
    for (long seed = 1_000; seed < 30_000; seed++) {
      check(seed);
    }
  }

  @Test
  void mostOpsOccur() {
    var found = new TreeSet<String>();
    for (long seed = 0; seed < 300; seed++) {
      for (var func : ProgramGenerator.program(seed, 12).funcs().values()) {
        func.block().equations().forEach(e -> found.add(e.op().primitive()));
      }
    }
    assertTrue(found.size() >= 80, found.toString());
  }

  private static void check(long seed) {
    Program program = ProgramGenerator.program(seed, 12);
    try {
      assertEquals(Optional.empty(), Checker.check(program));
      var runs = Arguments.of(program, seed);
      for (Pass pass : Pipelines.all()) {
        Laws.check(pass, program, runs);
      }
      Laws.checkFolded(program, runs);
      Program after = Laws.run(Pipelines.standard(), program);
      runs.forEach(run -> assertEquals(Laws.results(program, run), Laws.results(after, run)));
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("seed " + seed + "\n" + TirPrinter.print(program), e);
    }
  }
}
