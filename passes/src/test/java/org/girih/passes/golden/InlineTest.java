package org.girih.passes.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.girih.ir.op.FuncRef;
import org.girih.ir.program.Equation;
import org.girih.ir.program.Func;
import org.girih.ir.program.Program;
import org.girih.passes.Pipelines;
import org.girih.passes.interpreter.Laws;
import org.junit.jupiter.api.Test;

/// Where equations that are put in place of a call say that they come from.
class InlineTest {
  private static final String TEXT =
      """
      func @twice(%0: f32) -> (f32) {
        %1: f32 = add %0 %0
        return %1
      }

      func @main(%0: f32) -> (f32) {
        %1: f32 = call %0 {callee = @twice}
        return %1
      }

      entry @main("x") -> ("y")
      """;

  /// The source of the only equation that is left.
  private static String source(String callee, String caller) {
    var funcs = new ArrayList<Func>();
    funcs.add(TestData.program(callee, TEXT).func(new FuncRef("twice")));
    Program program = TestData.program(caller, TEXT);
    funcs.add(program.func(new FuncRef("main")));
    Program after = Laws.run(Pipelines.INLINE, Program.of(funcs, program.entries()));
    List<Equation> left = after.func(new FuncRef("main")).block().equations();
    assertEquals(List.of("add"), left.stream().map(e -> e.op().primitive()).toList());
    return left.getFirst().origin().span().orElseThrow().source().name();
  }

  @Test
  void whatTheLibraryDoesStandsAtItsCall() {
    assertEquals("main.girih", source("girih:library", "main.girih"));
    assertEquals("other.girih", source("other.girih", "main.girih"));
    assertEquals("girih:one", source("girih:one", "girih:two"));
    assertEquals("other.girih", source("other.girih", "girih:two"));
  }
}
