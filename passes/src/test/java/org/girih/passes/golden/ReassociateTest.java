package org.girih.passes.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.girih.ir.program.Program;
import org.girih.passes.Pipelines;
import org.girih.passes.interpreter.Arguments;
import org.girih.passes.interpreter.Interpreter;
import org.girih.passes.interpreter.Laws;
import org.girih.passes.interpreter.Tensor;
import org.girih.passes.scalar.Scalar;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// What `reassociate` computes in another order is the same but for the last bits. Its goldens show
/// the orders.
class ReassociateTest {
  @TestFactory
  Stream<DynamicTest> nearlyTheSameNumbers() {
    return TestData.list(TestData.root().resolve("passes/reassociate")).stream()
        .filter(file -> file.toString().endsWith(".tir"))
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.getFileName().toString(), () -> check(TestData.program(file))));
  }

  private static void check(Program program) {
    Program after = Laws.run(Pipelines.REASSOCIATE, program);
    for (Laws.Run run : Arguments.of(program, 5)) {
      List<Tensor> in = run.arguments().stream().map(Tensor::of).toList();
      List<Tensor> expected = new Interpreter(program).run(run.func(), in);
      List<Tensor> actual = new Interpreter(after).run(run.func(), in);
      assertEquals(expected.size(), actual.size());
      for (int i = 0; i < expected.size(); i++) {
        assertEquals(expected.get(i).type(), actual.get(i).type());
        for (int e = 0; e < expected.get(i).elements().length; e++) {
          double due = ((Scalar.Real) expected.get(i).elements()[e]).value();
          double got = ((Scalar.Real) actual.get(i).elements()[e]).value();
          if (Double.isFinite(due)) {
            assertTrue(Math.abs(due - got) <= 1e-4 * (1 + Math.abs(due)), due + " " + got);
          }
        }
      }
    }
  }
}
