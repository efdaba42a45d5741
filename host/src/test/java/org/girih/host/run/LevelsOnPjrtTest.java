package org.girih.host.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.girih.ir.program.Entry;
import org.girih.ir.program.Program;
import org.girih.passes.Level;
import org.girih.passes.Pipelines;
import org.girih.passes.golden.TestData;
import org.girih.passes.golden.Tolerances;
import org.girih.passes.interpreter.Arguments;
import org.girih.passes.interpreter.Laws;
import org.girih.passes.interpreter.Tensor;
import org.girih.passes.random.ProgramGenerator;
import org.girih.runtime.pjrt.Client;
import org.girih.runtime.pjrt.Plugin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/// Programs at each level through emitter and plugin: the plugin gives the same bits, of which a
/// NaN is only that, or what `testdata/TOLERANCES` admits for `levels`. The programs are those of
/// `testdata/passes`, and some made by chance.
@Tag("golden")
class LevelsOnPjrtTest {
  private static final Tolerances TOLERANCES = Tolerances.read();
  private static Client client;

  @BeforeAll
  static void open() throws Exception {
    client = Client.create(Plugin.load(Machines.defaultPlugin()));
  }

  @AfterAll
  static void close() {
    client.close();
  }

  @TestFactory
  Stream<DynamicTest> goldens() {
    var folders = Set.of("simplify", "simplify_scans", "hoist", "cse_regions", "merge_functions");
    return folders.stream()
        .sorted()
        .flatMap(f -> TestData.list(TestData.root().resolve("passes").resolve(f)).stream())
        .filter(file -> file.toString().endsWith(".tir"))
        .map(
            (Path file) ->
                DynamicTest.dynamicTest(
                    file.getParent().getFileName() + "/" + file.getFileName(),
                    () -> check("levels." + name(file), TestData.program(file))));
  }

  @TestFactory
  Stream<DynamicTest> made() {
    return LongStream.range(0, 40)
        .mapToObj(
            seed ->
                DynamicTest.dynamicTest(
                    "seed " + seed,
                    () -> check("levels.made", ProgramGenerator.program(seed, 12))));
  }

  private static String name(Path file) {
    return file.getFileName().toString().replace(".tir", "");
  }

  private static void check(String name, Program program) {
    for (Entry entry : program.entries()) {
      var arguments = Arguments.of(program, 1).get(program.entries().indexOf(entry)).arguments();
      List<Tensor> none = null;
      for (Level level : Level.values()) {
        Program after = Laws.run(Pipelines.standard(level), program);
        List<Tensor> results = ProgramRun.execute(client, after, entry, arguments);
        none = none == null ? results : none;
        assertEquals(
            Optional.empty(),
            TOLERANCES.difference(name, none, results),
            entry.func() + " at " + level);
      }
    }
  }
}
