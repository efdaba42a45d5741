package org.girih.host.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.girih.ir.op.Arithmetic;
import org.girih.ir.op.Elementary;
import org.girih.ir.op.ElementaryPair;
import org.girih.ir.op.Extremum;
import org.girih.ir.op.FuncRef;
import org.girih.ir.op.Op;
import org.girih.ir.op.Rounding;
import org.girih.ir.program.Entry;
import org.girih.ir.program.FuncBuilder;
import org.girih.ir.program.Program;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Value;
import org.girih.passes.golden.Tolerances;
import org.girih.passes.interpreter.Interpreter;
import org.girih.passes.interpreter.Tensor;
import org.girih.passes.scalar.Scalar;
import org.girih.runtime.pjrt.Client;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/// Pointwise ops of floats on arrays long enough for vector instructions, where a compiler takes
/// other functions than for a few elements: of arguments of the run, and with a constant on either
/// side, which a compiler may take as a reason for yet another function. The interpreter says what
/// they are.
final class LongArraysTest {
  private static final int LENGTH = 333;

  private static final List<Double> CONSTANTS =
      List.of(-3.0, -2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0, 3.0, 10.0);

  private static final Machines MACHINES = new Machines();

  @AfterAll
  static void close() {
    MACHINES.close();
  }

  @TestFactory
  Stream<DynamicTest> vectorsAreElements() throws Exception {
    return tests(Machines.defaultPlugin());
  }

  @TestFactory
  @Tag("full")
  Stream<DynamicTest> vectorsAreElementsOnOlderPlugins() throws Exception {
    return Machines.olderPlugins().stream().flatMap(LongArraysTest::tests);
  }

  private static Stream<DynamicTest> tests(Path plugin) {
    Tolerances tolerances = Tolerances.read();
    var ops = new ArrayList<Op.Plain>();
    ops.addAll(List.of(Elementary.values()));
    ops.addAll(List.of(ElementaryPair.values()));
    ops.addAll(List.of(Arithmetic.values()));
    ops.addAll(List.of(Extremum.values()));
    ops.addAll(List.of(Rounding.values()));
    return ops.stream()
        .flatMap(
            op ->
                Stream.of(DType.F16, DType.BF16, DType.F32, DType.F64)
                    .map(
                        dtype ->
                            DynamicTest.dynamicTest(
                                op.primitive() + "." + dtype.text(),
                                () -> {
                                  Client client = MACHINES.client(plugin, 1);
                                  hold(client, op, dtype, tolerances);
                                })));
  }

  private static void hold(Client client, Op.Plain op, DType dtype, Tolerances tolerances) {
    ArrayType type = ArrayType.of(dtype, LENGTH);
    var builder = new FuncBuilder(new FuncRef("main"), ProgramRun.NO_CALLS);
    Value x = builder.param(type);
    Value y = builder.param(type);
    var results = new ArrayList<Value>();
    var names = new ArrayList<String>();
    if (operands(op) == 1) {
      names.add("of an array");
      results.addAll(builder.emit(op, List.of(x)));
    } else {
      names.add("of two arrays");
      results.addAll(builder.emit(op, List.of(x, y)));
      for (double each : CONSTANTS) {
        Value constant = builder.fill(x, each);
        names.add("with " + each + " on the right");
        results.addAll(builder.emit(op, List.of(x, constant)));
        names.add("with " + each + " on the left");
        results.addAll(builder.emit(op, List.of(constant, x)));
      }
    }
    var func = builder.finish(results);
    var entry = new Entry(func.ref(), List.of("x", "y"), names.stream().map(_ -> "").toList());
    Program program = Program.of(List.of(func), List.of(entry));
    List<Tensor> arguments = List.of(points(type, 1), points(type, -0.7));
    List<Tensor> expected = new Interpreter(program).run(func.ref(), arguments);
    List<Tensor> got =
        ProgramRun.execute(
            client, program, entry, arguments.stream().map(Tensor::literal).toList());
    var problems = new ArrayList<String>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      Optional<String> found =
          tolerances.difference(
              op.primitive() + ".long", List.of(expected.get(i)), List.of(got.get(i)));
      found.ifPresent(difference -> problems.add(name + ": " + difference));
    }
    assertEquals(List.of(), problems);
  }

  private static int operands(Op.Plain op) {
    return switch (op) {
      case ElementaryPair _, Extremum _ -> 2;
      case Arithmetic a -> a == Arithmetic.NEGATE ? 1 : 2;
      default -> 1;
    };
  }

  /// Points of both signs, from tiny ones to some twenty, in no order of size.
  private static Tensor points(ArrayType type, double factor) {
    return Tensor.of(
        type,
        i -> {
          double t = (i * 101 % LENGTH - LENGTH / 2) / (LENGTH / 2.0);
          return Scalar.real(type.dtype(), factor * 20 * t * Math.abs(t));
        });
  }
}
