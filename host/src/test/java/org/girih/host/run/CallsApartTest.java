package org.girih.host.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.program.Entry;
import org.girih.ir.program.Program;
import org.girih.ir.source.Source;
import org.girih.ir.text.TirParser;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.passes.golden.Tolerances;
import org.girih.passes.interpreter.Interpreter;
import org.girih.passes.interpreter.Tensor;
import org.girih.passes.scalar.Scalar;
import org.girih.runtime.pjrt.Client;
import org.girih.runtime.pjrt.Plugin;
import org.junit.jupiter.api.Test;

/// Functions that stay computations of their own, and return what they were given, or one value
/// twice: what a caller has and what a call returned are then one piece of memory for XLA, which
/// may write a fusion's result over it while the fusion still reads it.
final class CallsApartTest {
  private static final String GIVEN =
      """
      func @f(%0: f64[3, 3, 3], %1: u32[27]) -> (f64[3, 3, 3], u32[27]) {
        %2, %3 = threefry2x32 %1 %1 %1 %1
        return %0, %2
      }

      """;

  private static final String TWICE =
      """
      func @f(%0: f64[3, 3, 3], %1: u32[27]) -> (f64[3, 3, 3], f64[3, 3, 3], u32[27]) {
        %2, %3 = threefry2x32 %1 %1 %1 %1
        %4 = sin %0
        return %4, %4, %2
      }

      """;

  @Test
  void anOperandComesBack() throws Exception {
    hold(
        GIVEN
            + """
            func @main(%0: f64[3, 3, 3], %1: u32[27]) -> (f64[3, 3, 3], u32[27], f64[3, 3]) {
              %2 = absolute %0
              %3 = constant {value = f64[3, 3, 3] splat 1.0}
              %4 = add %2 %3
              %5 = divide %0 %4
              %6, %7 = call %5 %1 {callee = @f}
              %8 = reduce %5 {monoid = min, axes = [2]}
              %9 = reshape %8 {dims = [3, 3, 1]}
              %10 = constant {value = f64 0.0}
              %11 = pad %9 %10 {low = [0, 0, 2], high = [0, 0, 0], interior = [0, 0, 0]}
              %12 = multiply %6 %6
              %13 = add %12 %11
              %14, %15 = call %0 %7 {callee = @f}
              %16 = reduce %14 {monoid = max, axes = [2]}
              return %13, %15, %16
            }

            entry @main("x", "k") -> ("a", "b", "c")
            """);
  }

  @Test
  void oneValueComesBackTwice() throws Exception {
    hold(
        TWICE
            + """
            func @main(%0: f64[3, 3, 3], %1: u32[27]) -> (f64[3, 3, 3], u32[27], f64[3, 3]) {
              %2, %3, %4 = call %0 %1 {callee = @f}
              %5 = reduce %2 {monoid = min, axes = [2]}
              %6 = reshape %5 {dims = [3, 3, 1]}
              %7 = constant {value = f64 0.0}
              %8 = pad %6 %7 {low = [0, 0, 2], high = [0, 0, 0], interior = [0, 0, 0]}
              %9 = multiply %3 %3
              %10 = add %9 %8
              %11, %12, %13 = call %0 %4 {callee = @f}
              %14 = reduce %11 {monoid = max, axes = [2]}
              return %10, %13, %14
            }

            entry @main("x", "k") -> ("a", "b", "c")
            """);
  }

  @Test
  void aLoopKeepsACarryAndHasAnotherTwice() throws Exception {
    hold(
        """
        func @body(%0: i32, %1: f64[3, 3, 3], %2: f64[3, 3, 3], %3: f64[3, 3, 3], %4: u32[27]) -> (f64[3, 3, 3], f64[3, 3, 3], f64[3, 3, 3], u32[27]) {
          %5 = not %4
          %6 = sin %2
          return %1, %6, %6, %5
        }

        func @main(%0: f64[3, 3, 3], %1: u32[27]) -> (f64[3, 3, 3], u32[27], f64[3, 3, 3]) {
          %2 = absolute %0
          %3 = constant {value = f64[3, 3, 3] splat 1.0}
          %4 = add %2 %3
          %5 = divide %0 %4
          %6 = reduce_bits %1 {monoid = or, axes = [0]}
          %7 = constant {value = u32 3}
          %8 = and %6 %7
          %9 = convert %8 {dtype = i32}
          %10, %11, %12, %13 = scan %9 %5 %5 %0 %1 {body = @body, length = 3, constants = 0, carries = 4, reverse = false, counted = true}
          %14 = reduce %5 {monoid = min, axes = [2]}
          %15 = reshape %14 {dims = [3, 3, 1]}
          %16 = constant {value = f64 0.0}
          %17 = pad %15 %16 {low = [0, 0, 2], high = [0, 0, 0], interior = [0, 0, 0]}
          %18 = multiply %10 %10
          %19 = add %18 %17
          %20 = reduce %11 {monoid = min, axes = [2]}
          %21 = reshape %20 {dims = [3, 3, 1]}
          %22 = pad %21 %16 {low = [0, 0, 2], high = [0, 0, 0], interior = [0, 0, 0]}
          %23 = multiply %12 %12
          %24 = add %23 %22
          return %19, %13, %24
        }

        entry @main("x", "k") -> ("a", "b", "c")
        """);
  }

  @Test
  void bothBranchesGiveWhatTheyCapture() throws Exception {
    hold(
        """
        func @branch(%0: f64[3, 3, 3], %1: u32[27]) -> (f64[3, 3, 3], u32[27]) {
          %2 = not %1
          return %0, %2
        }

        func @other(%0: f64[3, 3, 3], %1: u32[27]) -> (f64[3, 3, 3], u32[27]) {
          return %0, %1
        }

        func @main(%0: f64[3, 3, 3], %1: u32[27]) -> (f64[3, 3, 3], u32[27]) {
          %2 = absolute %0
          %3 = constant {value = f64[3, 3, 3] splat 1.0}
          %4 = add %2 %3
          %5 = divide %0 %4
          %6 = reduce_bits %1 {monoid = or, axes = [0]}
          %7 = constant {value = u32 1}
          %8 = eq %6 %7
          %9, %10 = cond %8 %5 %1 {then = @branch, otherwise = @other}
          %11 = reduce %5 {monoid = min, axes = [2]}
          %12 = reshape %11 {dims = [3, 3, 1]}
          %13 = constant {value = f64 0.0}
          %14 = pad %12 %13 {low = [0, 0, 2], high = [0, 0, 0], interior = [0, 0, 0]}
          %15 = multiply %9 %9
          %16 = add %15 %14
          return %16, %10
        }

        entry @main("x", "k") -> ("a", "b")
        """);
  }

  @Test
  void bothBranchesGiveOneValueTwice() throws Exception {
    hold(
        """
        func @branch(%0: f64[3, 3, 3], %1: u32[27]) -> (f64[3, 3, 3], f64[3, 3, 3], u32[27]) {
          %2 = not %1
          %3 = sin %0
          return %3, %3, %2
        }

        func @other(%0: f64[3, 3, 3], %1: u32[27]) -> (f64[3, 3, 3], f64[3, 3, 3], u32[27]) {
          %2 = cos %0
          return %2, %2, %1
        }

        func @main(%0: f64[3, 3, 3], %1: u32[27]) -> (f64[3, 3, 3], u32[27]) {
          %2 = reduce_bits %1 {monoid = or, axes = [0]}
          %3 = constant {value = u32 1}
          %4 = eq %2 %3
          %5, %6, %7 = cond %4 %0 %1 {then = @branch, otherwise = @other}
          %8 = reduce %5 {monoid = min, axes = [2]}
          %9 = reshape %8 {dims = [3, 3, 1]}
          %10 = constant {value = f64 0.0}
          %11 = pad %9 %10 {low = [0, 0, 2], high = [0, 0, 0], interior = [0, 0, 0]}
          %12 = multiply %6 %6
          %13 = add %12 %11
          return %13, %7
        }

        entry @main("x", "k") -> ("a", "b")
        """);
  }

  private static void hold(String text) throws Exception {
    var diagnostics = new Diagnostics();
    Program program =
        TirParser.parse(new Source("apart.tir", text), diagnostics)
            .orElseThrow(() -> new AssertionError(diagnostics.all().toString()));
    Entry entry = program.entries().getFirst();
    List<Tensor> arguments =
        List.of(
            Tensor.of(
                ArrayType.of(DType.F64, 3, 3, 3), i -> new Scalar.Real((i * 7 % 27 - 13) / 8.0)),
            Tensor.of(ArrayType.of(DType.U32, 27), i -> Scalar.whole(DType.U32, i)));
    List<Tensor> expected = new Interpreter(program).run(entry.func(), arguments);
    try (Client client = Client.create(Plugin.load(Machines.defaultPlugin()))) {
      List<Tensor> got =
          ProgramRun.execute(
              client, program, entry, arguments.stream().map(Tensor::literal).toList());
      assertEquals(Optional.empty(), Tolerances.read().difference("exec.apart", expected, got));
    }
  }
}
