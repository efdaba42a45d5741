package org.girih.passes.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.girih.ir.program.Program;
import org.girih.ir.text.OpForms;
import org.girih.passes.Pipelines;
import org.girih.passes.interpreter.Interpreter;
import org.girih.passes.interpreter.Laws;
import org.girih.passes.interpreter.Tensor;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// `testdata/ops/*/exec.tir` on the interpreter: its results are JAX's.
@Tag("golden")
final class InterpreterTest {
  @Test
  void everyOpHasAFolderAndEveryFolderAnOp() {
    var folders =
        TestData.ops().stream()
            .map(p -> p.getFileName().toString())
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(OpForms.names(), folders);
    for (Path folder : TestData.ops()) {
      for (String file : List.of("exec.tir", "exec.values", "infer.tir", "infer.tir.out")) {
        assertTrue(Files.exists(folder.resolve(file)), folder.resolve(file) + " is missing");
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> interpreterAgreesWithJax() {
    Tolerances tolerances = Tolerances.read();
    return TestData.chosen(TestData.ops())
        .map(
            folder ->
                DynamicTest.dynamicTest(
                    folder.getFileName().toString(), () -> run(folder, tolerances)));
  }

  private static void run(Path folder, Tolerances tolerances) {
    Program program =
        Laws.run(Pipelines.transformations(), TestData.program(folder.resolve("exec.tir")));
    var problems = new ArrayList<String>();
    var cases = ValuesFile.read(folder.resolve("exec.values"));
    assertEquals(
        program.entries().stream().map(e -> e.func()).toList(),
        cases.stream().map(ValuesFile.Case::func).toList());
    for (var each : cases) {
      var arguments = each.arguments().stream().map(Tensor::of).toList();
      var expected = each.results().stream().map(Tensor::of).toList();
      tolerances
          .difference(
              each.func().name(), expected, new Interpreter(program).run(each.func(), arguments))
          .ifPresent(difference -> problems.add(each + ": " + difference));
    }
    assertEquals(List.of(), problems);
  }
}
