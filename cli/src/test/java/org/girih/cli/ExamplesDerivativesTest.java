package org.girih.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.op.Factor;
import org.girih.ir.op.FuncRef;
import org.girih.ir.op.MeshMap;
import org.girih.ir.op.Scan;
import org.girih.ir.op.Threefry2x32;
import org.girih.ir.op.Vmap;
import org.girih.ir.op.While;
import org.girih.ir.program.Equation;
import org.girih.ir.program.Func;
import org.girih.ir.program.Program;
import org.girih.ir.source.Source;
import org.girih.ir.text.TirParser;
import org.girih.ir.type.ArrayType;
import org.girih.passes.golden.DerivativeLaws;
import org.girih.passes.interpreter.Tensor;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/// The laws of derivatives and lanes over every function of every example, its floats taken as
/// `f64`, where its arguments and loops are small enough for the interpreter and bounded.
final class ExamplesDerivativesTest {
  private static final Path ROOT = Path.of("..", "examples");

  /// Examples without a function that has a derivative: integers, an unbounded loop, a library.
  private static final Set<String> DISCRETE =
      Set.of(
          "cartpole.girih", "devices_life.girih", "hello.girih", "life.girih", "mandelbrot.girih");

  /// Examples that take the interpreter minutes: three trainings, with their derivatives.
  private static final Set<String> SLOW = Set.of("devices_transformer.girih");

  /// Elements of all arguments.
  private static final long LARGEST = 3000;

  private static final long STEPS = 100;

  @TestFactory
  Stream<DynamicTest> lawsHold() throws IOException {
    return lawsHold(false);
  }

  @Tag("full")
  @TestFactory
  Stream<DynamicTest> lawsHoldOfSlowExamples() throws IOException {
    return lawsHold(true);
  }

  private static Stream<DynamicTest> lawsHold(boolean slow) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(ROOT)) {
      files = all.filter(f -> f.toString().endsWith(".girih")).sorted().toList();
    }
    var tests = new ArrayList<DynamicTest>();
    for (Path file : files) {
      if (SLOW.contains(file.getFileName().toString()) != slow) {
        continue;
      }
      tests.add(DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)));
    }
    return tests.stream();
  }

  private static void check(Path file) {
    Session session = Session.run("show", file.toString(), "--stage", "typed");
    assertEquals(0, session.code(), session.err());
    String text =
        session
            .out()
            .replaceAll("(?<![.@\\w\"])f32(?![\\w.\"])", "f64")
            .replaceAll("(?<![.@\\w\"])c64(?![\\w.\"])", "c128")
            // Words of 32 bits are no `f64`; what draws random numbers is left out below.
            .replaceAll("= bitcast (%\\d+) ", "= convert $1 ");
    var diagnostics = new Diagnostics();
    Program program =
        TirParser.parse(new Source("typed.tir", text), diagnostics)
            .orElseThrow(() -> new AssertionError(diagnostics.all().toString()));
    int checked = 0;
    for (Func func : program.funcs().values()) {
      List<ArrayType> params = func.signature().params();
      long elements = params.stream().mapToLong(p -> p.elements().known().orElseThrow()).sum();
      if (elements > LARGEST
          || unbounded(program, func.ref())
          || draws(program, func.ref())
          || factors(program, func.ref())
          || !lanes(program, func.ref()).isEmpty()
          || params.stream().noneMatch(p -> p.dtype().inexact())
          || func.signature().results().stream().noneMatch(p -> p.dtype().inexact())) {
        continue;
      }
      var random = new Random(5);
      List<Tensor> arguments = params.stream().map(p -> DerivativeLaws.start(p, random)).toList();
      DerivativeLaws.all(
          new DerivativeLaws.Case("example", program, func.ref(), arguments, random));
      checked++;
    }
    assertEquals(DISCRETE.contains(file.getFileName().toString()), checked == 0, file.toString());
  }

  /// Whether it makes random numbers.
  private static boolean draws(Program program, FuncRef ref) {
    return program.func(ref).block().equations().stream()
        .anyMatch(
            e ->
                e.op() instanceof Threefry2x32
                    || e.op().callees().stream().anyMatch(f -> draws(program, f)));
  }

  /// Whether it factors a matrix: that has no derivative of its own, but rules around it, whose
  /// laws are those of the library.
  private static boolean factors(Program program, FuncRef ref) {
    return program.func(ref).block().equations().stream()
        .anyMatch(
            e ->
                e.op() instanceof Factor
                    || e.op().callees().stream().anyMatch(f -> factors(program, f)));
  }

  /// The lanes that it speaks of and that another function maps over: alone it means nothing.
  private static Set<Integer> lanes(Program program, FuncRef ref) {
    var open = new HashSet<Integer>();
    for (Equation each : program.func(ref).block().equations()) {
      each.op().lanes().ifPresent(open::add);
      for (FuncRef callee : each.op().callees()) {
        var inside = new HashSet<>(lanes(program, callee));
        switch (each.op()) {
          case Vmap map -> inside.remove(map.lane());
          case MeshMap map -> inside.remove(map.lane());
          default -> {}
        }
        open.addAll(inside);
      }
    }
    return open;
  }

  /// Whether it runs a loop without a bound, or one of over [#STEPS].
  private static boolean unbounded(Program program, FuncRef ref) {
    return program.func(ref).block().equations().stream()
        .anyMatch(
            e ->
                e.op() instanceof While loop && loop.max().isEmpty()
                    || e.op() instanceof Scan scan && scan.length().known().orElseThrow() > STEPS
                    || e.op().callees().stream().anyMatch(f -> unbounded(program, f)));
  }
}
