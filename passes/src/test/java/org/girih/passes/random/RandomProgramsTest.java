package org.girih.passes.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.girih.ir.program.Checker;
import org.girih.ir.program.Program;
import org.girih.ir.text.TirPrinter;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Literal;
import org.girih.passes.Level;
import org.girih.passes.Pass;
import org.girih.passes.Pipelines;
import org.girih.passes.golden.Derived;
import org.girih.passes.interpreter.Arguments;
import org.girih.passes.interpreter.Interpreter;
import org.girih.passes.interpreter.Laws;
import org.girih.passes.interpreter.Tensor;
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
      lanes(program, runs.getFirst(), Arguments.of(program, seed + 1).getFirst());
      for (Level level : Level.values()) {
        Program after = Laws.run(Pipelines.standard(level), program);
        runs.forEach(
            run -> assertEquals(Laws.results(program, run), Laws.results(after, run), "" + level));
      }
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("seed " + seed + "\n" + TirPrinter.print(program), e);
    }
  }

  /// Two lanes give what two runs give.
  private static void lanes(Program program, Laws.Run first, Laws.Run second) {
    int params = first.arguments().size();
    Program vmap =
        Derived.vmap(program, first.func(), 2, IntStream.range(0, params).boxed().toList());
    var stacked = new ArrayList<Literal>();
    for (int i = 0; i < params; i++) {
      Tensor a = Tensor.of(first.arguments().get(i));
      Tensor b = Tensor.of(second.arguments().get(i));
      stacked.add(stack(a, b).literal());
    }
    Program lowered = Laws.run(Pipelines.transformations(), vmap);
    var arguments = stacked.stream().map(Tensor::of).toList();
    var lanes = new Interpreter(lowered).run(Derived.last(vmap), arguments);
    List<Tensor> one = run(program, first);
    List<Tensor> two = run(program, second);
    for (int i = 0; i < lanes.size(); i++) {
      assertEquals(
          java.util.Arrays.toString(stack(one.get(i), two.get(i)).elements()),
          java.util.Arrays.toString(lanes.get(i).elements()),
          "result " + i + " on lanes");
    }
  }

  private static List<Tensor> run(Program program, Laws.Run run) {
    return new Interpreter(program)
        .run(run.func(), run.arguments().stream().map(Tensor::of).toList());
  }

  private static Tensor stack(Tensor a, Tensor b) {
    var dims = new ArrayList<Dim>(List.of(Dim.of(2)));
    dims.addAll(a.type().dims());
    int size = a.elements().length;
    return Tensor.of(
        a.type().withDims(dims), i -> i < size ? a.elements()[i] : b.elements()[i - size]);
  }
}
