package org.girih.cli.library;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Dim;
import org.girih.passes.golden.Tolerances;
import org.girih.passes.interpreter.Tensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/// The law of lanes in the dtypes in which [LibraryLawsTest] does not ask JAX for them: `vmap` of
/// `vmap` of a function, or of its derivative, gives what the function gives on each lane by
/// itself.
@Tag("full")
final class LanesLawsTest {
  private static LawRunner runner;
  private static Tolerances tolerances;

  @BeforeAll
  static void open() throws Exception {
    runner = LawRunner.open();
    tolerances = Tolerances.read();
  }

  @AfterAll
  static void close() {
    runner.close();
  }

  @TestFactory
  Stream<DynamicTest> lanes() {
    String only = System.getProperty("girih.laws", "");
    var tests = new ArrayList<DynamicTest>();
    for (LawTable table : LawTable.all()) {
      var expected = table.expected();
      for (LawTable.Row row : table.rows()) {
        if (!row.expression().contains(only) && !table.name().equals(only)) {
          continue;
        }
        for (Expected each : expected.getOrDefault(row.key(), List.of())) {
          if (asked(row, each)) {
            CompletableFuture<String> problems = runner.later(() -> problems(row, each));
            String name = table.name() + ": " + each.dtype() + " " + row.key();
            tests.add(DynamicTest.dynamicTest(name, () -> assertEquals("", problems.get())));
          }
        }
      }
    }
    return tests.stream();
  }

  /// Rows of which JAX's lanes are known, or that cannot be mapped, are not.
  private static boolean asked(LawTable.Row row, Expected expected) {
    return !expected.arrays().containsKey("on")
        && !row.options().getOrDefault("lanes", "").startsWith("none")
        && !row.params().isEmpty();
  }

  private static String problems(LawTable.Row row, Expected expected) {
    var program = new LawProgram(row, expected, runner.definitions());
    var arguments = new ArrayList<Tensor>();
    expected.arrays().get("arguments").forEach(x -> arguments.add(stacked(x, turned(x))));
    arguments.addAll(expected.arrays().getOrDefault("cotangents", List.of()));
    var params = new ArrayList<>(row.params());
    IntStream.range(params.size(), arguments.size())
        .forEach(i -> params.add("c" + (i - row.params().size())));
    String source = program.lanesSource();
    List<Tensor> got;
    try {
      got = runner.run(source, params, arguments);
    } catch (RuntimeException | AssertionError problem) {
      return problem + "\n" + source;
    }
    int n = got.size() / 3;
    var problems = new ArrayList<String>();
    for (int i = 0; i < n; i++) {
      Tensor alone = stacked(got.get(i), got.get(n + i));
      tolerances
          .difference("library.lanes", alone, got.get(2 * n + i), row.tolerance(expected.dtype()))
          .ifPresent(problems::add);
    }
    return String.join("\n", problems);
  }

  /// The same numbers, each one place further.
  private static Tensor turned(Tensor x) {
    int n = x.elements().length;
    return Tensor.of(x.type(), i -> x.elements()[(i + n - 1) % n]);
  }

  /// Two arrays as two lanes of one lane each.
  private static Tensor stacked(Tensor a, Tensor b) {
    var dims = new ArrayList<Dim>(List.of(new Dim.Known(2), new Dim.Known(1)));
    dims.addAll(a.type().dims());
    int n = a.elements().length;
    return Tensor.of(
        new ArrayType(a.type().dtype(), dims), i -> i < n ? a.elements()[i] : b.elements()[i - n]);
  }
}
