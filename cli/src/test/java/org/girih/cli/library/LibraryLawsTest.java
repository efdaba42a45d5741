package org.girih.cli.library;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.girih.grammar.elaborate.Elaborator;
import org.girih.grammar.parse.SourceParser;
import org.girih.grammar.plan.EntryCall;
import org.girih.grammar.plan.HostPlan;
import org.girih.grammar.plan.Step;
import org.girih.host.run.FileLoader;
import org.girih.host.run.ProgramRun;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.program.Entry;
import org.girih.ir.source.Source;
import org.girih.ir.type.Literal;
import org.girih.passes.Pipelines;
import org.girih.passes.golden.TestData;
import org.girih.passes.golden.Tolerances;
import org.girih.passes.interpreter.Tensor;
import org.girih.passes.scalar.Scalar;
import org.girih.runtime.pjrt.Client;
import org.girih.runtime.pjrt.Plugin;
import org.girih.runtime.plugin.CacheFolder;
import org.girih.runtime.plugin.PluginCache;
import org.girih.runtime.plugin.PluginSearch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every public function of the library through its laws: values and dtypes, first and second
/// derivatives, all of them on lanes of lanes, beside JAX's. `-Dgirih.laws=softplus` takes the rows
/// whose expression contains that.
final class LibraryLawsTest {
  private static Client client;
  private static Tolerances tolerances;
  private static String definitions;
  private static ExecutorService workers;

  @BeforeAll
  static void open() throws Exception {
    var cache = new PluginCache(CacheFolder.of(System.getenv()), new PrintStream(System.err));
    var search = PluginSearch.look(Optional.empty(), System.getenv(), cache);
    client = Client.create(Plugin.load(search.library(cache)));
    tolerances = Tolerances.read();
    workers = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    definitions = Files.readString(TestData.root().resolve("library/definitions.girih"));
  }

  @AfterAll
  static void close() {
    workers.close();
    client.close();
  }

  /// A function without a row is one without a proof.
  @Test
  void everyPublicFunctionHasALaw() {
    var without = new TreeSet<>(Elaborator.publicNames());
    var unknown = new TreeSet<String>();
    for (LawTable table : LawTable.all()) {
      for (LawTable.Row row : table.rows()) {
        unknown.addAll(row.covers());
      }
    }
    var known = new HashSet<>(without);
    without.removeAll(unknown);
    unknown.removeAll(known);
    assertEquals(List.of(), List.copyOf(without), "functions without a row in testdata/library");
    assertEquals(List.of(), List.copyOf(unknown), "rows of functions that are not there");
  }

  /// In `f32`, and rows that are asked in one dtype alone: all laws of the first row of a function,
  /// and values of its others, whose derivatives and lanes are asked with all dtypes.
  @TestFactory
  Stream<DynamicTest> laws() {
    return tests(false);
  }

  @TestFactory
  @Tag("full")
  Stream<DynamicTest> lawsInAllDtypes() {
    return tests(true);
  }

  /// The rows are checked side by side, since each waits for the plugin's compiler; a test waits
  /// for its row.
  private static Stream<DynamicTest> tests(boolean all) {
    String only = System.getProperty("girih.laws", "");
    var tests = new ArrayList<DynamicTest>();
    var seen = new HashSet<String>();
    for (LawTable table : LawTable.all()) {
      var expected = table.expected();
      for (LawTable.Row row : table.rows()) {
        boolean first = seen.addAll(row.covers());
        if (row.expression().contains(only) || table.name().equals(only)) {
          var problems =
              CompletableFuture.supplyAsync(
                  () -> problems(row, expected.get(row.key()), all, first), workers);
          tests.add(
              DynamicTest.dynamicTest(
                  table.name() + ": " + row.key(), () -> assertEquals("", problems.get())));
        }
      }
    }
    return tests.stream();
  }

  private static String problems(
      LawTable.Row row, List<Expected> all, boolean full, boolean first) {
    if (all == null) {
      return "no expected values: python3 testdata/scripts/library.py";
    }
    var problems = new ArrayList<String>();
    for (Expected expected : all) {
      boolean quick = expected.dtype().equals("f32") || all.size() == 1;
      if (quick && !full) {
        problems.addAll(check(row, first ? expected : expected.values()));
      } else if (full && !(quick && first)) {
        problems.addAll(check(row, expected));
      }
    }
    return String.join("\n", problems);
  }

  private static List<String> check(LawTable.Row row, Expected expected) {
    var program = new LawProgram(row, expected, definitions);
    List<Tensor> got;
    try {
      got = run(program);
    } catch (RuntimeException | AssertionError problem) {
      return List.of(expected.dtype() + ": " + problem + "\n" + program.source());
    }
    var problems = new ArrayList<String>();
    int next = 0;
    for (var law : expected.laws().entrySet()) {
      List<Tensor> part =
          got.subList(
              Math.min(next, got.size()), Math.min(next + law.getValue().size(), got.size()));
      next += law.getValue().size();
      var difference = difference(row, expected, law.getKey(), law.getValue(), part);
      String why = row.difference(law.getKey(), expected.dtype());
      if (why.isEmpty() == difference.isPresent()) {
        problems.add(
            expected.dtype()
                + " "
                + law.getKey()
                + ": "
                + difference.orElse("is as JAX's, although the table says: " + why));
      }
    }
    return problems;
  }

  private static Optional<String> difference(
      LawTable.Row row, Expected expected, String law, List<Tensor> due, List<Tensor> got) {
    if (due.size() != got.size()) {
      return Optional.of("expected " + due.size() + " results, got " + got.size());
    }
    for (int i = 0; i < due.size(); i++) {
      Tensor seen = row.undefined(law) ? withNan(due.get(i), got.get(i)) : got.get(i);
      var found =
          tolerances.difference(
              "library." + (row.options().containsKey("units") ? "units" : law),
              due.get(i),
              seen,
              row.tolerance(expected.dtype()));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /// The result, NaN where JAX's is: the table says that JAX gives NaN where there is a number.
  private static Tensor withNan(Tensor due, Tensor got) {
    return due.type().equals(got.type()) && due.type().dtype().floating()
        ? Tensor.of(
            got.type(), i -> isNan(due.elements()[i]) ? due.elements()[i] : got.elements()[i])
        : got;
  }

  private static boolean isNan(Scalar scalar) {
    return scalar instanceof Scalar.Real(double value) && Double.isNaN(value);
  }

  private static List<Tensor> run(LawProgram law) {
    var diagnostics = new Diagnostics();
    var file =
        SourceParser.parse(new Source("law.girih", law.source()), diagnostics)
            .orElseThrow(() -> new AssertionError(diagnostics.all().toString()));
    Map<String, EntryCall.Arg> args = new HashMap<>();
    var values = new HashMap<String, Tensor>();
    for (int i = 0; i < law.params().size(); i++) {
      Tensor value = law.arguments().get(i);
      values.put(law.params().get(i), value);
      args.put(law.params().get(i), new EntryCall.Arg.Arrays(Map.of("", value.type())));
    }
    HostPlan plan =
        Elaborator.elaborate(
                file, Optional.of(new EntryCall("main", args)), new FileLoader(), diagnostics)
            .map(p -> p.with(Pipelines.standard().run(p.program(), diagnostics)))
            .orElseThrow(() -> new AssertionError(diagnostics.all().toString()));
    return results(plan, values);
  }

  /// Runs the plan's one entry on the arguments of these names.
  private static List<Tensor> results(HostPlan plan, Map<String, Tensor> values) {
    var slots = new HashMap<Integer, Tensor>();
    var out = new ArrayList<Tensor>();
    for (Step step : plan.steps()) {
      switch (step) {
        case Step.Argument(String name, HostPlan.Tree.Leaf(int slot, _)) ->
            slots.put(slot, values.get(name));
        case Step.Run run -> {
          Entry entry = plan.program().entries().get(run.entry());
          List<Literal> arguments = run.inputs().stream().map(i -> slots.get(i).literal()).toList();
          List<Tensor> results = ProgramRun.execute(client, plan.program(), entry, arguments);
          for (int i = 0; i < results.size(); i++) {
            slots.put(run.outputs().get(i), results.get(i));
          }
        }
        case Step.Result(var tree) -> tree.leaves("", (_, leaf) -> out.add(slots.get(leaf.slot())));
        default -> {}
      }
    }
    return out;
  }
}
