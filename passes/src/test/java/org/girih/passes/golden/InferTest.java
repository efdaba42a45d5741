package org.girih.passes.golden;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.program.Func;
import org.girih.ir.source.Source;
import org.girih.ir.text.TirParser;
import org.girih.ir.text.TirPrinter;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/// `testdata/ops/*/infer.tir`: programs divided by lines `#-- what is shown`, without the types of
/// results. Beside it, in `infer.tir.out`, what each last equation's types are, or what is said
/// against it.
@Tag("golden")
final class InferTest {
  @TestFactory
  Stream<DynamicTest> typesAndProblems() {
    return TestData.chosen(TestData.ops())
        .map(
            folder ->
                DynamicTest.dynamicTest(folder.getFileName().toString(), () -> check(folder)));
  }

  private static void check(Path folder) {
    var out = new StringBuilder();
    for (String part : TestData.read(folder.resolve("infer.tir")).split("(?m)^#-- ")) {
      if (!part.isBlank()) {
        int end = part.indexOf('\n');
        out.append(part, 0, end + 1).append("  ").append(outcome(part.substring(end)));
        out.append('\n');
      }
    }
    Blessed.check(folder.resolve("infer.tir.out"), out.toString());
  }

  private static String outcome(String text) {
    var diagnostics = new Diagnostics();
    return TirParser.parseUnchecked(new Source("infer.tir", text), diagnostics)
        .map(program -> lastEquation(program.funcs().lastEntry().getValue()))
        .orElseGet(() -> "refused: " + diagnostics.all().getFirst().message());
  }

  private static String lastEquation(Func func) {
    return TirPrinter.print(func)
        .lines()
        .filter(line -> line.contains(" = ") || line.startsWith("  = "))
        .reduce((_, line) -> line)
        .orElseThrow()
        .strip();
  }
}
