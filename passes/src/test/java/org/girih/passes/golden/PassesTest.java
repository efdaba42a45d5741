package org.girih.passes.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.girih.ir.program.Entry;
import org.girih.ir.program.Func;
import org.girih.ir.program.Program;
import org.girih.ir.text.TirPrinter;
import org.girih.passes.Pass;
import org.girih.passes.Pipelines;
import org.girih.passes.interpreter.Arguments;
import org.girih.passes.interpreter.Laws;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// `testdata/passes/PASS/*.tir`: the program after the pass is beside it in `.out`. Over these and
/// all of `testdata/ops/*/exec.tir` the laws hold, for each pass.
@Tag("golden")
final class PassesTest {
  private static final Path ROOT = TestData.root().resolve("passes");

  @Test
  void everyPassHasAFolderAndEveryFolderAPass() {
    var folders =
        TestData.list(ROOT).stream()
            .map(p -> p.getFileName().toString())
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(new TreeSet<>(Pipelines.all().stream().map(Pass::name).toList()), folders);
  }

  @Test
  void noExpectationIsWithoutItsProgram() {
    var roots = new ArrayList<>(TestData.ops());
    roots.addAll(TestData.list(ROOT));
    for (Path folder : roots) {
      for (Path file : TestData.list(folder)) {
        String name = file.toString();
        if (name.endsWith(".out")) {
          boolean derived =
              Set.of(
                      "jvp.out",
                      "transpose.out",
                      "vmap.out",
                      "hlo.out",
                      "hlo-more.out",
                      "hlo-devices.out")
                  .contains(file.getFileName().toString());
          Path program =
              derived
                  ? folder.resolve("exec.tir")
                  : Path.of(name.substring(0, name.length() - ".out".length()));
          assertTrue(Files.exists(program), file + " is of no program");
        }
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> goldens() {
    return TestData.chosen(TestData.list(ROOT))
        .flatMap(folder -> TestData.list(folder).stream())
        .filter(file -> file.toString().endsWith(".tir"))
        .map(file -> DynamicTest.dynamicTest(ROOT.relativize(file).toString(), () -> check(file)));
  }

  private static void check(Path file) {
    Pass pass = Pipelines.pass(file.getParent().getFileName().toString()).orElseThrow();
    Program program = TestData.program(file);
    Laws.check(pass, program, Arguments.of(program, 1));
    Blessed.check(
        file.resolveSibling(file.getFileName() + ".out"),
        TirPrinter.print(Laws.run(pass, program)));
  }

  @TestFactory
  Stream<DynamicTest> lawsOverOps() {
    return TestData.chosen(TestData.ops())
        .map(
            folder ->
                DynamicTest.dynamicTest(
                    folder.getFileName().toString(),
                    () -> {
                      Program program = TestData.program(folder.resolve("exec.tir"));
                      var runs =
                          ValuesFile.read(folder.resolve("exec.values")).stream()
                              .map(c -> new Laws.Run(c.func(), c.arguments()))
                              .toList();
                      for (Pass pass : Pipelines.all()) {
                        Laws.check(pass, program, runs);
                      }
                      Laws.checkFolded(program, runs);
                      Laws.check(Pipelines.FUNCTIONALIZE_CHECKS, entered(program), runs);
                    }));
  }

  /// The program with all functions as entries, since checks have to tell somebody.
  static Program entered(Program program) {
    var entries = new ArrayList<Entry>();
    for (Func func : program.funcs().values()) {
      entries.add(
          new Entry(
              func.ref(),
              names(func.signature().params().size()),
              names(func.signature().results().size())));
    }
    return new Program(program.funcs(), entries);
  }

  /// The program without transformations.
  static Program lowered(Program program) {
    return Laws.run(Pipelines.transformations(), program);
  }

  private static List<String> names(int count) {
    return IntStream.range(0, count).mapToObj(i -> "v" + i).toList();
  }
}
