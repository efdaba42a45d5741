package org.girih.cli.library;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.girih.grammar.elaborate.Elaborator;
import org.girih.passes.golden.Tolerances;
import org.girih.passes.interpreter.Tensor;
import org.girih.passes.scalar.Scalar;
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
          var problems = runner.later(() -> problems(row, expected.get(row.key()), all, first));
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
    var program = new LawProgram(row, expected, runner.definitions());
    List<Tensor> got;
    try {
      got = runner.run(program.source(), program.params(), program.arguments());
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
}
