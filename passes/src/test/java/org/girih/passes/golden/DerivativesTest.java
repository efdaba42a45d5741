package org.girih.passes.golden;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.op.FuncRef;
import org.girih.ir.program.Entry;
import org.girih.ir.program.Program;
import org.girih.ir.source.Source;
import org.girih.ir.text.TirParser;
import org.girih.ir.text.TirPrinter;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Dim;
import org.girih.passes.Pipelines;
import org.girih.passes.interpreter.Laws;
import org.girih.passes.interpreter.Tensor;
import org.girih.passes.scalar.Scalar;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/// Laws of derivatives and of batching, over the cases of every op, in `f64` and `c128` on the
/// interpreter: tangents are limits of differences, cotangents are transposes of tangents, and
/// lanes are what a loop over them gives.
@Tag("golden")
final class DerivativesTest {
  /// Ops whose functions are defined for positive numbers only.
  private static final Set<String> POSITIVE = Set.of("log", "sqrt", "rsqrt", "power");

  /// Ops whose derivative is what the program says, not the limit of differences; what it is stands
  /// in `exec.values`.
  private static final Set<String> RULED =
      Set.of("custom_jvp", "custom_vjp", "custom_linear", "stop_gradient");

  /// Cases without a reverse derivative, which is refused.
  private static final List<String> NONE =
      List.of("while.5_max_none", "while.0_max_none", "scatter.multiply");

  /// Ops without a derivative, which is refused; the functions of the library that use them have
  /// rules.
  private static final Set<String> WITHOUT = Set.of("factor");

  private interface Law {
    void check(DerivativeLaws.Case at);
  }

  @TestFactory
  Stream<DynamicTest> tangentsAreLimitsOfDifferences() {
    return over(DerivativeLaws::differences);
  }

  @TestFactory
  Stream<DynamicTest> cotangentsAreTransposesOfTangents() {
    return over(at -> assertTrue(DerivativeLaws.transposes(at) >= 0));
  }

  @TestFactory
  Stream<DynamicTest> twiceTransposedIsTheSame() {
    return over(DerivativeLaws::twiceTransposed);
  }

  @TestFactory
  Stream<DynamicTest> secondDerivativesAreLimitsOfDifferences() {
    return over(
        at -> {
          Program vjp = Derived.vjp(at.program(), at.func());
          var arguments = new ArrayList<>(at.arguments());
          for (int i : Derived.inexact(at.results())) {
            arguments.add(DerivativeLaws.random(at, at.results().get(i)));
          }
          DerivativeLaws.differences(
              new DerivativeLaws.Case(at.op(), vjp, Derived.last(vjp), arguments, at.random()));
        });
  }

  @TestFactory
  Stream<DynamicTest> lanesAreALoop() {
    return over(_ -> true, DerivativeLaws::lanes);
  }

  @TestFactory
  Stream<DynamicTest> lanesOfDerivativesAreALoop() {
    return over(
        at -> {
          Program jvp = Derived.jvp(at.program(), at.func());
          var arguments = new ArrayList<>(at.arguments());
          Derived.inexact(at.params())
              .forEach(i -> arguments.add(DerivativeLaws.random(at, at.params().get(i))));
          DerivativeLaws.lanes(
              new DerivativeLaws.Case(at.op(), jvp, Derived.last(jvp), arguments, at.random()));
        });
  }

  @TestFactory
  Stream<DynamicTest> derivativesOfLanesAreTransposes() {
    return over(
        at -> {
          var all = IntStream.range(0, at.params().size()).boxed().toList();
          Program vmap = Derived.vmap(at.program(), at.func(), 2, all);
          var arguments =
              at.arguments().stream()
                  .map(x -> DerivativeLaws.stack(List.of(x, DerivativeLaws.varied(at, x))))
                  .toList();
          DerivativeLaws.transposes(
              new DerivativeLaws.Case(at.op(), vmap, Derived.last(vmap), arguments, at.random()));
        });
  }

  private static Stream<DynamicTest> over(Law law) {
    return over(op -> !WITHOUT.contains(op), law);
  }

  private static Stream<DynamicTest> over(Predicate<String> ops, Law law) {
    return TestData.chosen(TestData.ops())
        .filter(folder -> ops.test(folder.getFileName().toString()))
        .map(
            folder ->
                DynamicTest.dynamicTest(
                    folder.getFileName().toString(), () -> cases(folder).forEach(law::check)));
  }

  /// The op's cases in which all floats are `f32`, read as `f64`; with arguments near one half, and
  /// integers as they stand.
  private static List<DerivativeLaws.Case> cases(Path folder) {
    String op = folder.getFileName().toString();
    String text =
        TestData.read(folder.resolve("exec.tir"))
            .replaceAll("(?<![.@\\w\"])f32(?![\\w.\"])", "f64")
            .replaceAll("(?<![.@\\w\"])c64(?![\\w.\"])", "c128");
    var diagnostics = new Diagnostics();
    var program = TirParser.parse(new Source("exec.tir", text), diagnostics);
    if (program.isEmpty()) {
      assertTrue(Set.of("bitcast").contains(op), op + ": " + diagnostics.all());
      return List.of();
    }
    var random = new Random(17);
    var out = new ArrayList<DerivativeLaws.Case>();
    var values = ValuesFile.read(folder.resolve("exec.values"));
    for (var each : values) {
      var signature = program.get().func(each.func()).signature();
      boolean fits =
          Stream.concat(signature.params().stream(), signature.results().stream())
              .noneMatch(
                  t ->
                      t.dtype().inexact() && t.dtype() != DType.F64 && t.dtype() != DType.C128
                          || t.elements().equals(Dim.of(0)));
      String label = each.func().name();
      if (!fits
          || RULED.contains(op)
          || NONE.stream().anyMatch(label::startsWith)
          || Derived.inexact(signature.params()).isEmpty()
          || Derived.inexact(signature.results()).isEmpty()) {
        continue;
      }
      var arguments = new ArrayList<Tensor>();
      for (int i = 0; i < signature.params().size(); i++) {
        ArrayType type = signature.params().get(i);
        arguments.add(
            type.dtype().inexact() ? start(op, type, random) : Tensor.of(each.arguments().get(i)));
      }
      out.add(new DerivativeLaws.Case(op, program.get(), each.func(), arguments, random));
    }
    return out;
  }

  private static Tensor start(String op, ArrayType type, Random random) {
    boolean positive = POSITIVE.contains(op);
    return Tensor.of(
        type,
        _ -> {
          double size =
              op.equals("acosh") ? 1.2 + random.nextDouble() : 0.2 + 0.6 * random.nextDouble();
          double value = positive || op.equals("acosh") || random.nextBoolean() ? size : -size;
          return type.dtype().complex()
              ? new Scalar.Complex(value, 0.2 + 0.6 * random.nextDouble())
              : new Scalar.Real(value);
        });
  }

  /// `testdata/derivatives/*.tir`: programs that once broke a law.
  @TestFactory
  Stream<DynamicTest> keptProgramsObeyTheLaws() {
    return TestData.chosen(TestData.list(TestData.root().resolve("derivatives")))
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.getFileName().toString(),
                    () -> {
                      Program program = TestData.program(file);
                      FuncRef main = program.entries().getFirst().func();
                      var random = new Random(1);
                      var arguments =
                          program.func(main).signature().params().stream()
                              .map(type -> DerivativeLaws.start(type, random))
                              .toList();
                      DerivativeLaws.all(
                          new DerivativeLaws.Case("kept", program, main, arguments, random));
                    }));
  }

  @TestFactory
  Stream<DynamicTest> goldens() {
    return TestData.chosen(TestData.ops())
        .map(
            folder ->
                DynamicTest.dynamicTest(folder.getFileName().toString(), () -> goldens(folder)));
  }

  /// What the first case with floats of a smooth width becomes.
  private static void goldens(Path folder) {
    Program program = TestData.program(folder.resolve("exec.tir"));
    for (Entry entry : program.entries()) {
      var signature = program.func(entry.func()).signature();
      boolean plain =
          NONE.stream().noneMatch(entry.func().name()::startsWith)
              && (signature.params().stream().anyMatch(t -> t.dtype() == DType.F32)
                  || signature.params().stream().noneMatch(t -> t.dtype().inexact()));
      if (!plain) {
        continue;
      }
      var all = IntStream.range(0, signature.params().size()).boxed().toList();
      if (!all.isEmpty()) {
        golden(folder, "vmap", Derived.vmap(program, entry.func(), 2, all));
      }
      if (!Derived.inexact(signature.params()).isEmpty()
          && !Derived.inexact(signature.results()).isEmpty()
          && !Set.of("custom_vjp", "custom_linear", "factor")
              .contains(folder.getFileName().toString())) {
        golden(folder, "jvp", Derived.jvp(program, entry.func()));
        golden(folder, "transpose", Derived.vjp(program, entry.func()));
      }
      return;
    }
  }

  private static void golden(Path folder, String name, Program program) {
    Program after = Laws.run(Pipelines.transformations(), program);
    Blessed.check(folder.resolve(name + ".out"), TirPrinter.print(after));
  }
}
