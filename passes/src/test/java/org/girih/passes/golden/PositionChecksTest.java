package org.girih.passes.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.girih.ir.op.DynamicSlice;
import org.girih.ir.op.DynamicUpdateSlice;
import org.girih.ir.op.Gather;
import org.girih.ir.op.Op;
import org.girih.ir.op.Scatter;
import org.girih.ir.op.ScatterAdd;
import org.girih.ir.op.Windows;
import org.girih.ir.program.Equation;
import org.girih.ir.program.Func;
import org.girih.ir.program.Program;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Value;
import org.girih.passes.check.Checked;
import org.girih.passes.check.Checked.Finding;
import org.girih.passes.check.FunctionalizeChecks;
import org.girih.passes.check.RecordSite;
import org.girih.passes.interpreter.Tensor;
import org.girih.passes.scalar.Scalar;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Positions outside of arrays are found, those inside are not, over the cases of the ops that have
/// some; what is outside is worked out here by a rule of its own.
class PositionChecksTest {
  @TestFactory
  Stream<DynamicTest> positionsAreFoundIfOutside() {
    return Stream.of("gather", "scatter", "scatter_add", "dynamic_slice", "dynamic_update_slice")
        .map(op -> DynamicTest.dynamicTest(op, () -> positions(op)));
  }

  private static void positions(String name) {
    var folder = TestData.root().resolve("ops/" + name);
    Program program = TestData.program(folder.resolve("exec.tir"));
    Program entered = PassesTest.entered(program);
    int outside = 0;
    int inside = 0;
    for (var run : ValuesFile.read(folder.resolve("exec.values"))) {
      Func func = program.func(run.func());
      List<Equation> equations = func.block().equations();
      Equation equation = equations.getFirst();
      if (equations.size() != 1 || !equation.operands().equals(func.block().params())) {
        continue;
      }
      List<Tensor> in = run.arguments().stream().map(Tensor::of).toList();
      Checked checked = FunctionalizeChecks.run(entered);
      boolean added = checked.program().func(run.func()).signature().results().size() > 1;
      Optional<Finding> found =
          added
              ? ChecksFindTest.find(checked, run.func().name(), in.toArray(Tensor[]::new))
                  .filter(f -> f.site() instanceof RecordSite.OutOfBounds)
              : Optional.empty();
      Optional<Long> expected = outside(equation, in);
      assertEquals(expected.isPresent(), found.isPresent(), run.func().toString());
      expected.ifPresent(at -> assertEquals(at.doubleValue(), found.get().values()[0]));
      outside += expected.isPresent() ? 1 : 0;
      inside += expected.isPresent() ? 0 : 1;
    }
    assertTrue(outside > 0, "none outside");
    assertTrue(inside > 0, "none inside");
  }

  /// The first position that lies outside, in the order of the positions.
  private static Optional<Long> outside(Equation equation, List<Tensor> in) {
    ArrayType array = equation.operands().getFirst().type();
    return switch (equation.op()) {
      case DynamicSlice(var sizes) -> starts(array, 1, in, i -> size(sizes.get(i).known()));
      case DynamicUpdateSlice _ ->
          starts(array, 2, in, i -> size(equation.operands().get(1).type().dim(i).known()));
      case Gather(var windows, var sizes) ->
          vectors(windows, array, in, i -> size(sizes.get(i).known()));
      case Scatter(_, var windows) -> vectors(windows, array, in, blocks(windows, equation));
      case ScatterAdd(var windows) -> vectors(windows, array, in, blocks(windows, equation));
      case Op op -> throw new AssertionError(op.primitive());
    };
  }

  private static long size(OptionalLong known) {
    return known.orElseThrow();
  }

  /// Sizes of the windows of a scatter: 1 where collapsed, else the updates' at `offset`, in order.
  private static IntToLongFunction blocks(Windows windows, Equation equation) {
    Value updates = equation.operands().get(2);
    return axis -> {
      if (windows.collapsed().contains(axis)) {
        return 1;
      }
      int before = (int) windows.collapsed().stream().filter(c -> c < axis).count();
      return size(updates.type().dim(windows.offset().get(axis - before)).known());
    };
  }

  private static Optional<Long> starts(
      ArrayType array, int first, List<Tensor> in, IntToLongFunction block) {
    return IntStream.range(0, array.rank())
        .filter(a -> isOutside(whole(in.get(first + a), 0), size(array.dim(a).known()), block, a))
        .mapToObj(a -> whole(in.get(first + a), 0))
        .findFirst();
  }

  private static Optional<Long> vectors(
      Windows windows, ArrayType array, List<Tensor> in, IntToLongFunction block) {
    Tensor indices = in.get(1);
    int k = windows.indexed().size();
    return IntStream.range(0, indices.elements().length)
        .filter(
            i -> {
              int axis = windows.indexed().get(i % k);
              return isOutside(whole(indices, i), size(array.dim(axis).known()), block, axis);
            })
        .mapToObj(i -> whole(indices, i))
        .findFirst();
  }

  private static boolean isOutside(long at, long size, IntToLongFunction block, int axis) {
    return at < 0 || at + block.applyAsLong(axis) > size;
  }

  private static long whole(Tensor tensor, int i) {
    return ((Scalar.Whole) tensor.elements()[i]).bits();
  }
}
