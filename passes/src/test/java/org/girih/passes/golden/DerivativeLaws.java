package org.girih.passes.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.girih.ir.op.FuncRef;
import org.girih.ir.program.Program;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Dim;
import org.girih.passes.Pipelines;
import org.girih.passes.interpreter.Interpreter;
import org.girih.passes.interpreter.Laws;
import org.girih.passes.interpreter.Tensor;
import org.girih.passes.scalar.Scalar;

/// What holds of the derivatives and the lanes of every function, whatever it computes: on the
/// interpreter, in `f64` and `c128`.
public final class DerivativeLaws {
  /// Half the distance of a central difference: its error is of order STEP², that of rounding 2⁻⁵²
  /// / STEP.
  private static final double STEP = 1e-5;

  private static final double RELATIVE = 2e-6;

  /// Products so large are not compared.
  private static final double LARGE = 1e6;

  private DerivativeLaws() {}

  /// A function of a program and arguments.
  public record Case(
      String op, Program program, FuncRef func, List<Tensor> arguments, Random random) {
    List<ArrayType> params() {
      return program.func(func).signature().params();
    }

    List<ArrayType> results() {
      return program.func(func).signature().results();
    }
  }

  /// Arguments off the kinks: floats in size between 0.2 and 0.8, integers 0 to 2.
  public static Tensor start(ArrayType type, Random random) {
    return Tensor.of(
        type,
        _ -> {
          double size = 0.2 + 0.6 * random.nextDouble();
          if (!type.dtype().inexact()) {
            return new Scalar.Whole(random.nextInt(type.dtype().isBool() ? 2 : 3));
          }
          double value = random.nextBoolean() ? size : -size;
          return type.dtype().complex()
              ? new Scalar.Complex(value, 0.2 + 0.6 * random.nextDouble())
              : new Scalar.Real(value);
        });
  }

  public static Tensor random(Case at, ArrayType type) {
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

  public static void differences(Case at) {
    List<Integer> wrt = Derived.inexact(at.params());
    List<Tensor> tangents = tangents(at);
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

  /// Tangents by chance of the parameters that have one.
  private static List<Tensor> tangents(Case at) {
    return Derived.inexact(at.params()).stream().map(i -> random(at, at.params().get(i))).toList();
  }

  /// Cotangents by chance of the results that have one.
  private static List<Tensor> cotangents(Case at) {
    return Derived.inexact(at.results()).stream()
        .map(i -> random(at, at.results().get(i)))
        .toList();
  }

  /// Cotangents are transposes of tangents. Where infinities or numbers so large that rounding
  /// hides all else come up, nothing is compared.
  ///
  /// @return how large what was compared is: 0 if there is no derivative, NaN if nothing was
  ///     compared
  public static double transposes(Case at) {
    List<Tensor> tangents = tangents(at);
    List<Tensor> cotangents = cotangents(at);
    List<Tensor> pushed = pushed(at, tangents);
    Program vjp = Derived.vjp(at.program, at.func);
    List<Tensor> pulled = run(vjp, Derived.last(vjp), joined(at.arguments, cotangents));
    double[] left = pairing(cotangents, pushed);
    double[] right = pairing(pulled, tangents);
    double size = left[1] + right[1];
    if (!(size < LARGE)) {
      return Double.NaN;
    }
    assertEquals(left[0], right[0], 1e-9 * (1 + size), at.func + ": pairings");
    return size;
  }

  /// The transpose of the transpose of the linear map is the linear map.
  public static void twiceTransposed(Case at) {
    List<Tensor> tangents = tangents(at);
    List<Tensor> cotangents = cotangents(at);
    List<Tensor> pushed = pushed(at, tangents);
    Program vjp = Derived.vjp(at.program, at.func);
    Program again = Derived.vjp(vjp, Derived.last(vjp));
    List<Tensor> pulled =
        run(again, Derived.last(again), joined(joined(at.arguments, cotangents), tangents));
    same(at, "twice transposed", pushed, pulled.subList(tangents.size(), pulled.size()), 1e-9);
  }

  /// Every law that needs no limit, of the function and of its derivative, alone and on lanes.
  ///
  /// @return as [#transposes], of the function
  public static double all(Case at) {
    double size = transposes(at);
    if (Double.isNaN(size)) {
      return size;
    }
    twiceTransposed(at);
    Program vjp = Derived.vjp(at.program, at.func);
    List<Tensor> cotangents = cotangents(at);
    var derivative =
        new Case(at.op, vjp, Derived.last(vjp), joined(at.arguments, cotangents), at.random);
    lanes(derivative);
    var every = IntStream.range(0, at.params().size()).boxed().toList();
    Program vmap = Derived.vmap(at.program, at.func, 2, every);
    var stacked = at.arguments.stream().map(x -> stack(List.of(x, varied(at, x)))).toList();
    transposes(new Case(at.op, vmap, Derived.last(vmap), stacked, at.random));
    transposes(derivative);
    return size;
  }

  private static List<Tensor> pushed(Case at, List<Tensor> tangents) {
    Program jvp = Derived.jvp(at.program, at.func);
    List<Tensor> duals = run(jvp, Derived.last(jvp), joined(at.arguments, tangents));
    return duals.subList(at.results().size(), duals.size());
  }

  private static List<Tensor> joined(List<Tensor> a, List<Tensor> b) {
    var all = new ArrayList<>(a);
    all.addAll(b);
    return all;
  }

  /// The real part of the sum of products, without conjugation, and the sum of their sizes.
  private static double[] pairing(List<Tensor> a, List<Tensor> b) {
    var sum = new double[2];
    for (int i = 0; i < a.size(); i++) {
      for (int j = 0; j < a.get(i).elements().length; j++) {
        double term =
            switch (a.get(i).elements()[j]) {
              case Scalar.Real(double x) -> x * ((Scalar.Real) b.get(i).elements()[j]).value();
              case Scalar.Complex(double re, double im) -> {
                var other = (Scalar.Complex) b.get(i).elements()[j];
                yield re * other.real() - im * other.imaginary();
              }
              case Scalar.Whole _ -> throw new AssertionError("an integer has no tangent");
            };
        sum[0] += term;
        sum[1] += Math.abs(term);
      }
    }
    return sum;
  }

  public static void lanes(Case at) {
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
  public static Tensor varied(Case at, Tensor x) {
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

  public static Tensor stack(List<Tensor> rows) {
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
}
