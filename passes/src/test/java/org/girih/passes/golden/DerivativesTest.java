package org.girih.passes.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
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
import org.girih.passes.interpreter.Interpreter;
import org.girih.passes.interpreter.Laws;
import org.girih.passes.interpreter.Tensor;
import org.girih.passes.scalar.Scalar;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Laws of derivatives and of batching, over the cases of every op, in `f64` and `c128` on the
/// interpreter: tangents are limits of differences, cotangents are transposes of tangents, and
/// lanes are what a loop over them gives.
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

  /// Half the distance of a central difference: its error is of order STEP², that of rounding 2⁻⁵²
  /// / STEP.
  private static final double STEP = 1e-5;

  private static final double RELATIVE = 2e-6;

  private interface Law {
    void check(Case at);
  }

  /// A function of a program and arguments.
  private record Case(
      String op, Program program, FuncRef func, List<Tensor> arguments, Random random) {
    List<ArrayType> params() {
      return program.func(func).signature().params();
    }

    List<ArrayType> results() {
      return program.func(func).signature().results();
    }
  }

  @TestFactory
  Stream<DynamicTest> tangentsAreLimitsOfDifferences() {
    return over(DerivativesTest::differences);
  }

  @TestFactory
  Stream<DynamicTest> cotangentsAreTransposesOfTangents() {
    return over(DerivativesTest::transposes);
  }

  @TestFactory
  Stream<DynamicTest> secondDerivativesAreLimitsOfDifferences() {
    return over(
        at -> {
          Program vjp = Derived.vjp(at.program, at.func);
          var arguments = new ArrayList<>(at.arguments);
          for (int i : Derived.inexact(at.results())) {
            arguments.add(random(at, at.results().get(i)));
          }
          differences(new Case(at.op, vjp, Derived.last(vjp), arguments, at.random));
        });
  }

  @TestFactory
  Stream<DynamicTest> lanesAreALoop() {
    return over(DerivativesTest::lanes);
  }

  @TestFactory
  Stream<DynamicTest> lanesOfDerivativesAreALoop() {
    return over(
        at -> {
          Program jvp = Derived.jvp(at.program, at.func);
          var arguments = new ArrayList<>(at.arguments);
          Derived.inexact(at.params()).forEach(i -> arguments.add(random(at, at.params().get(i))));
          lanes(new Case(at.op, jvp, Derived.last(jvp), arguments, at.random));
        });
  }

  @TestFactory
  Stream<DynamicTest> derivativesOfLanesAreTransposes() {
    return over(
        at -> {
          var all = IntStream.range(0, at.params().size()).boxed().toList();
          Program vmap = Derived.vmap(at.program, at.func, 2, all);
          var arguments = at.arguments.stream().map(x -> stack(List.of(x, varied(at, x)))).toList();
          transposes(new Case(at.op, vmap, Derived.last(vmap), arguments, at.random));
        });
  }

  private static Stream<DynamicTest> over(Law law) {
    return TestData.ops().stream()
        .map(
            folder ->
                DynamicTest.dynamicTest(
                    folder.getFileName().toString(), () -> cases(folder).forEach(law::check)));
  }

  /// The op's cases in which all floats are `f32`, read as `f64`; with arguments near one half, and
  /// integers as they stand.
  private static List<Case> cases(Path folder) {
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
    var out = new ArrayList<Case>();
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
      out.add(new Case(op, program.get(), each.func(), arguments, random));
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

  private static Tensor random(Case at, ArrayType type) {
    return Tensor.of(
        type,
        _ ->
            type.dtype().complex()
                ? new Scalar.Complex(at.random.nextGaussian(), at.random.nextGaussian())
                : new Scalar.Real(at.random.nextGaussian()));
  }

  private static List<Tensor> run(Program program, FuncRef func, List<Tensor> arguments) {
    return new Interpreter(Laws.run(Pipelines.transformations(), program)).run(func, arguments);
  }

  /// x + factor · t.
  private static Tensor moved(Tensor x, double factor, Tensor t) {
    return combined(x, t, (a, b) -> a + factor * b);
  }

  private static Tensor combined(Tensor x, Tensor y, BiFunction<Double, Double, Double> by) {
    return Tensor.of(
        x.type(),
        i ->
            switch (x.elements()[i]) {
              case Scalar.Real(double a) ->
                  new Scalar.Real(by.apply(a, ((Scalar.Real) y.elements()[i]).value()));
              case Scalar.Complex(double re, double im) -> {
                var other = (Scalar.Complex) y.elements()[i];
                yield new Scalar.Complex(
                    by.apply(re, other.real()), by.apply(im, other.imaginary()));
              }
              case Scalar.Whole whole -> whole;
            });
  }

  private static void differences(Case at) {
    List<Integer> wrt = Derived.inexact(at.params());
    var tangents = wrt.stream().map(i -> random(at, at.params().get(i))).toList();
    var forward = new ArrayList<>(at.arguments);
    var backward = new ArrayList<>(at.arguments);
    for (int i = 0; i < wrt.size(); i++) {
      Tensor x = at.arguments.get(wrt.get(i));
      forward.set(wrt.get(i), moved(x, STEP, tangents.get(i)));
      backward.set(wrt.get(i), moved(x, -STEP, tangents.get(i)));
    }
    List<Tensor> high = run(at.program, at.func, forward);
    List<Tensor> low = run(at.program, at.func, backward);
    Program jvp = Derived.jvp(at.program, at.func);
    var arguments = new ArrayList<>(at.arguments);
    arguments.addAll(tangents);
    List<Tensor> duals = run(jvp, Derived.last(jvp), arguments);
    int results = at.results().size();
    same(at, "value", run(at.program, at.func, at.arguments), duals.subList(0, results), 0);
    List<Integer> of = Derived.inexact(at.results());
    for (int i = 0; i < of.size(); i++) {
      Tensor difference =
          combined(high.get(of.get(i)), low.get(of.get(i)), (a, b) -> (a - b) / (2 * STEP));
      same(at, "tangent", List.of(difference), List.of(duals.get(results + i)), RELATIVE);
    }
  }

  private static void transposes(Case at) {
    List<Integer> wrt = Derived.inexact(at.params());
    List<Integer> of = Derived.inexact(at.results());
    var tangents = wrt.stream().map(i -> random(at, at.params().get(i))).toList();
    var cotangents = of.stream().map(i -> random(at, at.results().get(i))).toList();
    Program jvp = Derived.jvp(at.program, at.func);
    Program vjp = Derived.vjp(at.program, at.func);
    var there = new ArrayList<>(at.arguments);
    there.addAll(tangents);
    var back = new ArrayList<>(at.arguments);
    back.addAll(cotangents);
    List<Tensor> pushed = run(jvp, Derived.last(jvp), there);
    List<Tensor> pulled = run(vjp, Derived.last(vjp), back);
    double left = pairing(cotangents, pushed.subList(at.results().size(), pushed.size()));
    double right = pairing(pulled, tangents);
    assertEquals(left, right, 1e-9 * (1 + Math.abs(left)), at.func + ": pairings");
  }

  /// The real part of the sum of products, without conjugation.
  private static double pairing(List<Tensor> a, List<Tensor> b) {
    double sum = 0;
    for (int i = 0; i < a.size(); i++) {
      for (int j = 0; j < a.get(i).elements().length; j++) {
        sum +=
            switch (a.get(i).elements()[j]) {
              case Scalar.Real(double x) -> x * ((Scalar.Real) b.get(i).elements()[j]).value();
              case Scalar.Complex(double re, double im) -> {
                var other = (Scalar.Complex) b.get(i).elements()[j];
                yield re * other.real() - im * other.imaginary();
              }
              case Scalar.Whole _ -> throw new AssertionError("an integer has no tangent");
            };
      }
    }
    return sum;
  }

  private static void lanes(Case at) {
    int params = at.params().size();
    var choices = new ArrayList<List<Integer>>();
    choices.add(IntStream.range(0, params).boxed().toList());
    for (int i = 0; i < params && params > 1; i++) {
      choices.add(List.of(i));
    }
    for (List<Integer> mapped : choices) {
      var first = at.arguments;
      var second = new ArrayList<>(at.arguments);
      mapped.forEach(i -> second.set(i, varied(at, at.arguments.get(i))));
      var stacked = new ArrayList<>(at.arguments);
      mapped.forEach(i -> stacked.set(i, stack(List.of(first.get(i), second.get(i)))));
      Program vmap = Derived.vmap(at.program, at.func, 2, mapped);
      List<Tensor> all = run(vmap, Derived.last(vmap), stacked);
      List<Tensor> one = run(at.program, at.func, first);
      List<Tensor> two = run(at.program, at.func, second);
      var due =
          IntStream.range(0, one.size())
              .mapToObj(i -> stack(List.of(one.get(i), two.get(i))))
              .toList();
      same(at, "lanes with " + mapped + " mapped", due, all, 1e-12);
    }
  }

  /// Other arguments of the same kind: floats moved a little, integers as they are, truths turned.
  private static Tensor varied(Case at, Tensor x) {
    return Tensor.of(
        x.type(),
        i ->
            switch (x.elements()[i]) {
              case Scalar.Real(double a) -> new Scalar.Real(a * (1 + 0.1 * at.random.nextDouble()));
              case Scalar.Complex(double re, double im) -> new Scalar.Complex(re * 1.05, im * 0.9);
              case Scalar.Whole whole ->
                  x.type().dtype().isBool() ? new Scalar.Whole(1 - whole.bits()) : whole;
            });
  }

  private static Tensor stack(List<Tensor> rows) {
    var dims = new ArrayList<Dim>(List.of(Dim.of(rows.size())));
    dims.addAll(rows.getFirst().type().dims());
    int size = rows.getFirst().elements().length;
    return Tensor.of(
        rows.getFirst().type().withDims(dims), i -> rows.get(i / size).elements()[i % size]);
  }

  private static void same(
      Case at, String what, List<Tensor> expected, List<Tensor> actual, double relative) {
    assertEquals(expected.size(), actual.size(), at.func + ": " + what);
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i).type(), actual.get(i).type(), at.func + ": " + what);
      for (int j = 0; j < expected.get(i).elements().length; j++) {
        Scalar due = expected.get(i).elements()[j];
        Scalar is = actual.get(i).elements()[j];
        boolean close =
            switch (due) {
              case Scalar.Whole whole -> whole.equals(is);
              case Scalar.Real(double a) -> close(a, ((Scalar.Real) is).value(), relative);
              case Scalar.Complex(double re, double im) ->
                  close(re, ((Scalar.Complex) is).real(), relative)
                      && close(im, ((Scalar.Complex) is).imaginary(), relative);
            };
        assertTrue(close, at.func + ": " + what + " " + j + " is " + is + ", not " + due);
      }
    }
  }

  private static boolean close(double due, double is, double relative) {
    return Double.compare(due, is) == 0 || Math.abs(due - is) <= relative * (1 + Math.abs(due));
  }

  @TestFactory
  Stream<DynamicTest> goldens() {
    return TestData.ops().stream()
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
          && !Set.of("custom_vjp", "custom_linear").contains(folder.getFileName().toString())) {
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
