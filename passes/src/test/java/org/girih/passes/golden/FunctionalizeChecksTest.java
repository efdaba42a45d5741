package org.girih.passes.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.girih.ir.op.FuncRef;
import org.girih.ir.program.Program;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Literal;
import org.girih.passes.check.Checked;
import org.girih.passes.check.Checked.Finding;
import org.girih.passes.check.FunctionalizeChecks;
import org.girih.passes.check.RecordSite;
import org.girih.passes.interpreter.Interpreter;
import org.girih.passes.interpreter.Tensor;
import org.girih.passes.scalar.Scalar;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What the checks find when the programs run: in those of `testdata/passes/functionalize_checks`,
/// and over the cases of all ops. Of arguments that are finite, an op that computes is found if and
/// only if a result is not.
class FunctionalizeChecksTest {
  /// Ops that give infinities where they are due, or have positions that are checked too.
  private static final Set<String> OTHERS =
      Set.of(
          "constant",
          "bitcast",
          "reduce",
          "cumulative",
          "gather",
          "scatter",
          "scatter_add",
          "sort",
          "dynamic_slice",
          "dynamic_update_slice",
          "axis_max",
          "axis_min",
          "complex");

  /// What an entry of a checked program says of these arguments.
  static Optional<Finding> finding(Checked checked, FuncRef func, List<Tensor> arguments) {
    List<Tensor> results = new Interpreter(checked.program()).run(func, arguments);
    int[] record =
        Arrays.stream(results.get(results.size() - 2).elements())
            .mapToInt(e -> (int) ((Scalar.Whole) e).bits())
            .toArray();
    double[] values =
        Arrays.stream(results.getLast().elements())
            .mapToDouble(e -> ((Scalar.Real) e).value())
            .toArray();
    return checked.finding(record, values);
  }

  private static Optional<Finding> finding(String file, Tensor... arguments) {
    Program program =
        TestData.program(TestData.root().resolve("passes/functionalize_checks/" + file));
    return finding(FunctionalizeChecks.run(program), new FuncRef("main"), List.of(arguments));
  }

  private static Tensor floats(Tensor like, double... values) {
    return Tensor.of(like.type(), i -> new Scalar.Real(values[i]));
  }

  private static Tensor f32(double... values) {
    var type = ArrayType.of(DType.F32, values.length);
    return floats(Tensor.of(Literal.of(type, 0)), values);
  }

  private static Tensor scalar(double value) {
    var type = ArrayType.scalar(DType.F32);
    return floats(Tensor.of(Literal.of(type, 0)), value);
  }

  private static Tensor truths(int... values) {
    var type = ArrayType.of(DType.BOOL, values.length);
    return Tensor.of(type, i -> new Scalar.Whole(values[i]));
  }

  @Test
  void oneEquation() {
    assertTrue(finding("one_equation.tir", scalar(2)).isEmpty());
    Finding found = finding("one_equation.tir", scalar(-1)).orElseThrow();
    assertEquals("log", ((RecordSite.NotFinite) found.site()).op().primitive());
    assertTrue(Double.isNaN(found.values()[0]));
    assertEquals(-1, found.values()[1]);
    // An infinity that is carried on is nobody's fault; a NaN is reported where it is first used.
    assertTrue(finding("one_equation.tir", scalar(Double.POSITIVE_INFINITY)).isEmpty());
    assertTrue(finding("one_equation.tir", scalar(Double.NaN)).isPresent());
  }

  @Test
  void chosenElementsOnly() {
    assertTrue(finding("chosen.tir", f32(0, 0, 0), truths(0, 0, 0)).isEmpty());
    Finding log = finding("chosen.tir", f32(0, 0, 0), truths(0, 1, 0)).orElseThrow();
    assertEquals("log", ((RecordSite.NotFinite) log.site()).op().primitive());
    assertEquals(1, log.place());
  }

  @Test
  void iterations() {
    // Iteration 2 takes the branch that divides, by a number whose inverse is no f32.
    Finding found = finding("control.tir", scalar(1), f32(5, 5, 1e-42, 5)).orElseThrow();
    assertEquals("divide", ((RecordSite.NotFinite) found.site()).op().primitive());
    assertEquals(List.of(2), found.iterations().stream().map(Checked.Iteration::number).toList());
    assertFalse(found.iterations().getFirst().loop().lanes());
  }

  @TestFactory
  Stream<DynamicTest> opsAreFoundIfAResultIsNotFinite() {
    return TestData.ops().stream()
        .filter(folder -> !OTHERS.contains(folder.getFileName().toString()))
        .map(
            folder ->
                DynamicTest.dynamicTest(
                    folder.getFileName().toString(),
                    () -> {
                      Program program =
                          PassesTest.lowered(TestData.program(folder.resolve("exec.tir")));
                      Checked checked = FunctionalizeChecks.run(PassesTest.entered(program));
                      for (var run : ValuesFile.read(folder.resolve("exec.values"))) {
                        check(program, checked, run.func(), run.arguments());
                      }
                    }));
  }

  private static void check(
      Program program, Checked checked, FuncRef func, List<Literal> arguments) {
    List<Tensor> in = arguments.stream().map(Tensor::of).toList();
    if (!in.stream().allMatch(FunctionalizeChecksTest::finite)) {
      return;
    }
    List<Tensor> own = new Interpreter(program).run(func, in);
    boolean added = checked.program().func(func).signature().results().size() > own.size();
    boolean found = added && finding(checked, func, in).isPresent();
    assertEquals(!own.stream().allMatch(FunctionalizeChecksTest::finite), found, func.toString());
  }

  private static boolean finite(Tensor tensor) {
    return Arrays.stream(tensor.elements())
        .allMatch(
            e ->
                switch (e) {
                  case Scalar.Whole _ -> true;
                  case Scalar.Real(double value) -> Double.isFinite(value);
                  case Scalar.Complex(double re, double im) ->
                      Double.isFinite(re) && Double.isFinite(im);
                });
  }

  @Test
  void aRecordOfZerosIsNoFinding() {
    var checked = new Checked(Program.of(List.of(), List.of()), List.of());
    assertTrue(checked.finding(new int[3], new double[Checked.SHOWN]).isEmpty());
  }
}
