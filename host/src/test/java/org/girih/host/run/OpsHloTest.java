package org.girih.host.run;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.girih.hlo.HloText;
import org.girih.hlo.emit.HloEmitter;
import org.girih.ir.program.Entry;
import org.girih.ir.program.Program;
import org.girih.ir.type.DType;
import org.girih.passes.Pipelines;
import org.girih.passes.golden.Blessed;
import org.girih.passes.golden.TestData;
import org.girih.passes.interpreter.Laws;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/// `testdata/ops/*/hlo.out`: the HLO of each op's first case, of `f32` where it has one. That it
/// computes what is meant is [OpsOnPjrtTest]'s matter; here a change of what is emitted is seen.
@Tag("golden")
class OpsHloTest {
  @TestFactory
  Stream<DynamicTest> goldens() {
    return TestData.chosen(TestData.ops())
        .map(
            folder ->
                DynamicTest.dynamicTest(folder.getFileName().toString(), () -> check(folder)));
  }

  private static void check(Path folder) {
    Program program =
        Laws.run(Pipelines.transformations(), TestData.program(folder.resolve("exec.tir")));
    Entry entry =
        program.entries().stream()
            .filter(e -> singles(program, e))
            .findFirst()
            .orElse(program.entries().getFirst());
    var alone = new Program(program.funcs(), List.of(entry));
    Blessed.check(folder.resolve("hlo.out"), HloText.print(HloEmitter.emit(alone, entry)) + "\n");
  }

  private static boolean singles(Program program, Entry entry) {
    return program.func(entry.func()).signature().params().stream()
        .anyMatch(type -> type.dtype() == DType.F32);
  }
}
