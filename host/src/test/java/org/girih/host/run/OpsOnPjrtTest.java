package org.girih.host.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.girih.ir.op.Call;
import org.girih.ir.op.FuncRef;
import org.girih.ir.op.Inference;
import org.girih.ir.program.Entry;
import org.girih.ir.program.Func;
import org.girih.ir.program.FuncBuilder;
import org.girih.ir.program.Program;
import org.girih.ir.type.Condition;
import org.girih.ir.type.Literal;
import org.girih.ir.type.Value;
import org.girih.passes.Pipelines;
import org.girih.passes.golden.TestData;
import org.girih.passes.golden.Tolerances;
import org.girih.passes.golden.ValuesFile;
import org.girih.passes.interpreter.Laws;
import org.girih.passes.interpreter.Tensor;
import org.girih.runtime.pjrt.Client;
import org.girih.runtime.pjrt.Plugin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/// `testdata/ops/*/exec.tir` through emitter and plugin: the results are JAX's. All functions of a
/// file are called from one, so that each file is compiled once.
@Tag("golden")
class OpsOnPjrtTest {
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
  Stream<DynamicTest> pluginAgreesWithJax() {
    Tolerances tolerances = Tolerances.read();
    return TestData.chosen(TestData.ops())
        .map(
            folder ->
                DynamicTest.dynamicTest(
                    folder.getFileName().toString(), () -> run(folder, tolerances)));
  }

  private static void run(Path folder, Tolerances tolerances) throws Exception {
    hold(
        folder, tolerances, (program, entry, in) -> ProgramRun.execute(client, program, entry, in));
  }

  /// Runs a program on arguments.
  interface Execution {
    List<Tensor> run(Program program, Entry entry, List<Literal> arguments) throws Exception;
  }

  /// Holds what an execution gives for the cases of a folder against JAX's results.
  static void hold(Path folder, Tolerances tolerances, Execution execution) throws Exception {
    Program program =
        Laws.run(Pipelines.transformations(), TestData.program(folder.resolve("exec.tir")));
    var cases = ValuesFile.read(folder.resolve("exec.values"));
    Func all = callAll(program, cases);
    var funcs = new ArrayList<>(program.funcs().values());
    funcs.add(all);
    var names = new ArrayList<String>();
    for (int i = 0; i < all.signature().params().size(); i++) {
      names.add("x" + i);
    }
    var results = all.signature().results().stream().map(_ -> "").toList();
    var entry = new Entry(all.ref(), names, results);
    List<Tensor> actual =
        execution.run(
            Program.of(funcs, List.of(entry)),
            entry,
            cases.stream().flatMap(c -> c.arguments().stream()).toList());
    var problems = new ArrayList<String>();
    int next = 0;
    for (var each : cases) {
      var expected = each.results().stream().map(Tensor::of).toList();
      var part = actual.subList(next, next + expected.size());
      next += expected.size();
      tolerances
          .difference(each.func().name(), expected, part)
          .ifPresent(difference -> problems.add(each + ": " + difference));
    }
    assertEquals(List.of(), problems);
  }

  private static Func callAll(Program program, List<ValuesFile.Case> cases) {
    var inference =
        new Inference() {
          @Override
          public Signature signature(FuncRef function) {
            return program.func(function).signature();
          }

          @Override
          public void unknown(Condition condition) {
            throw new AssertionError(condition.toString());
          }
        };
    var builder = new FuncBuilder(new FuncRef("all"), inference);
    List<List<Value>> arguments = new ArrayList<>();
    for (var each : cases) {
      arguments.add(each.arguments().stream().map(a -> builder.param(a.type())).toList());
    }
    var results = new ArrayList<Value>();
    for (int i = 0; i < cases.size(); i++) {
      results.addAll(builder.emit(new Call(cases.get(i).func()), arguments.get(i)));
    }
    return builder.finish(results);
  }
}
