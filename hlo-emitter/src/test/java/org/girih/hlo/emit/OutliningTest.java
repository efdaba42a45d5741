package org.girih.hlo.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.girih.hlo.HloText;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.program.Program;
import org.girih.ir.source.Source;
import org.girih.ir.text.TirParser;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A call is kept apart from its caller where the function is large and called often.
final class OutliningTest {
  @ParameterizedTest
  @CsvSource({"40, 24, 24", "40, 23, 0", "39, 24, 0"})
  void largeFunctionsThatAreCalledOftenStayApart(int equations, int calls, int apart) {
    String text =
        "func @f(%0: f32) -> (f32) {\n"
            + chain(equations, "sin %%%d")
            + "}\n\nfunc @main(%0: f32) -> (f32) {\n"
            + chain(calls, "call %%%d {callee = @f}")
            + "}\n\nentry @main(\"x\") -> (\"y\")\n";
    var diagnostics = new Diagnostics();
    Program program =
        TirParser.parse(new Source("chain.tir", text), diagnostics)
            .orElseThrow(() -> new AssertionError(diagnostics.all().toString()));
    String hlo = HloText.print(HloEmitter.emit(program, program.entries().getFirst()));
    assertEquals(apart, hlo.split("inlineable=\"false\"", -1).length - 1);
  }

  private static String chain(int count, String equation) {
    return IntStream.range(0, count)
            .mapToObj(i -> "  %" + (i + 1) + " = " + equation.formatted(i) + "\n")
            .collect(Collectors.joining())
        + "  return %"
        + count
        + "\n";
  }
}
