package org.girih.passes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.girih.ir.diagnostic.CompilerBug;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.program.Block;
import org.girih.ir.program.Func;
import org.girih.ir.program.Program;
import org.girih.passes.golden.TestData;
import org.junit.jupiter.api.Test;

/// A pass that breaks a program is named: that pass with a check after each, the last of a stage
/// without.
class PipelineTest {
  private static final Pass BREAK =
      Pass.of(
          "break",
          "Lose the first equation of each function.",
          Stage.TRANSFORMED,
          PipelineTest::lose);

  private static Program lose(Program program) {
    var out = new ArrayList<Func>();
    for (Func func : program.funcs().values()) {
      Block block = func.block();
      var equations = block.equations();
      var left = equations.subList(Math.min(1, equations.size()), equations.size());
      out.add(new Func(func.ref(), new Block(block.params(), left, block.results())));
    }
    return program.withFuncs(out);
  }

  private static String message(Pipeline.Check check, List<String> seen) {
    var pipeline = new Pipeline("broken", List.of(Pipelines.CSE, BREAK, Pipelines.MERGE_FUNCTIONS));
    Program program = TestData.program(TestData.root().resolve("passes/cse/equal_and_unequal.tir"));
    var bug =
        assertThrows(
            CompilerBug.class,
            () ->
                pipeline.run(
                    program, new Diagnostics(), check, (pass, _, _, _) -> seen.add(pass.name())));
    return bug.getMessage();
  }

  @Test
  void thePassIsNamed() {
    var seen = new ArrayList<String>();
    String message = message(Pipeline.Check.EVERY_PASS, seen);
    assertTrue(message.startsWith("pass break broke @"), message);
    assertEquals(List.of("cse", "break"), seen);
  }

  @Test
  void orTheLastOfItsStage() {
    var seen = new ArrayList<String>();
    String message = message(Pipeline.Check.STAGES, seen);
    assertTrue(message.startsWith("pass merge_functions broke @"), message);
    assertEquals(3, seen.size());
  }
}
