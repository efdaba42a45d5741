package org.girih.passes.random;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tag;
import net.jqwik.api.statistics.Statistics;
import org.girih.ir.op.FuncRef;
import org.girih.ir.program.Checker;
import org.girih.ir.program.Program;
import org.girih.ir.text.TirPrinter;
import org.girih.ir.type.ArrayType;
import org.girih.passes.golden.DerivativeLaws;
import org.girih.passes.golden.DerivativeLaws.Case;
import org.girih.passes.interpreter.Tensor;

/// Laws of derivatives over programs made by chance; one that fails is made smaller, printed, and
/// belongs into `testdata/derivatives`, whose programs are held to the same laws.
final class RandomDerivativesTest {
  @Provide
  Arbitrary<List<Integer>> choices() {
    return Arbitraries.integers()
        .withDistribution(RandomDistribution.uniform())
        .list()
        .ofMinSize(100)
        .ofMaxSize(600);
  }

  @Property(tries = 300, seed = "11")
  void lawsHoldForAFew(@ForAll("choices") List<Integer> choices) {
    check(choices);
  }

  @Property(tries = 10_000, seed = "12")
  @Tag("full")
  void lawsHoldForMany(@ForAll("choices") List<Integer> choices) {
    check(choices);
  }

  private static void check(List<Integer> choices) {
    Program program = ProgramGenerator.smooth(new Choices(choices), 8);
    assertEquals(Optional.empty(), Checker.check(program));
    FuncRef main = program.entries().getFirst().func();
    var random = new Random(1);
    var arguments = new ArrayList<Tensor>();
    for (ArrayType type : program.func(main).signature().params()) {
      arguments.add(DerivativeLaws.start(type, random));
    }
    try {
      double size = DerivativeLaws.all(new Case("random", program, main, arguments, random));
      Statistics.label("derivative")
          .collect(size > 0 ? "compared" : size == 0 ? "zero" : "not finite");
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(e + "\n" + TirPrinter.print(program), e);
    }
  }
}
