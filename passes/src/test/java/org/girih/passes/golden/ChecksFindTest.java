package org.girih.passes.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.girih.ir.op.FuncRef;
import org.girih.ir.program.Func;
import org.girih.ir.program.Program;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.passes.check.Checked;
import org.girih.passes.check.Checked.Finding;
import org.girih.passes.check.FunctionalizeChecks;
import org.girih.passes.check.RecordSite;
import org.girih.passes.interpreter.Tensor;
import org.girih.passes.scalar.Scalar;
import org.junit.jupiter.api.Test;

/// Where checks look and where they do not: in loops, branches and called functions, at elements
/// that are asked for, and at positions. Expected findings are worked out by hand from the programs
/// in `testdata/passes/functionalize_checks`.
class ChecksFindTest {
  private static final float NAN = Float.NaN;

  private static Program text(String file) {
    return TestData.program(TestData.root().resolve("passes/functionalize_checks/" + file));
  }

  static Optional<Finding> find(Checked checked, String func, Tensor... arguments) {
    return FunctionalizeChecksTest.finding(checked, new FuncRef(func), List.of(arguments));
  }

  private static Optional<Finding> find(String file, String func, Tensor... arguments) {
    return find(FunctionalizeChecks.run(text(file)), func, arguments);
  }

  private static Tensor reals(ArrayType type, double... values) {
    return Tensor.of(type, i -> new Scalar.Real(values[i]));
  }

  private static Tensor f32(double... values) {
    return reals(ArrayType.of(DType.F32, values.length), values);
  }

  private static Tensor scalar(double value) {
    return reals(ArrayType.scalar(DType.F32), value);
  }

  private static Tensor bool(int... values) {
    return Tensor.of(ArrayType.of(DType.BOOL, values.length), i -> new Scalar.Whole(values[i]));
  }

  private static List<Integer> rounds(Finding finding) {
    return finding.iterations().stream().map(Checked.Iteration::number).toList();
  }

  private static String primitive(Finding finding) {
    return ((RecordSite.NotFinite) finding.site()).op().primitive();
  }

  @Test
  void aLoopInALoopInABranch() {
    var type = ArrayType.of(DType.F32, 2, 3);
    assertTrue(
        find("nested.tir", "main", scalar(1), reals(type, 1, 1, 1, 1, 1, 1), bool(1, 1)).isEmpty());
    Finding second =
        find("nested.tir", "main", scalar(1), reals(type, 1, 1, 1, 4, -4, 4), bool(1, 1))
            .orElseThrow();
    assertEquals("sqrt", primitive(second));
    assertEquals(List.of(1, 1), rounds(second));
    assertTrue(Double.isNaN(second.values()[0]));
    assertEquals(-4, second.values()[1]);
    // The loops of a record are those of the program, the outer one first.
    List<Integer> lines =
        second.iterations().stream()
            .map(i -> i.loop().origin().span().orElseThrow().start())
            .toList();
    assertTrue(lines.get(0) > lines.get(1));
    // The branch without a loop has one iteration only, and the other's findings do not count.
    Finding flat =
        find("nested.tir", "main", scalar(-1), reals(type, -1, 1, 1, 1, 1, 1), bool(0, 1))
            .orElseThrow();
    assertEquals("log", primitive(flat));
    assertEquals(List.of(0), rounds(flat));
    assertEquals(-1, flat.values()[1]);
  }

  @Test
  void theTestOfAWhile() {
    // 2 - 0.5 four times is positive and its logarithm never above 5.
    assertTrue(find("whiles.tir", "main", scalar(0.5), scalar(4)).isEmpty());
    // Log of -1 is a NaN before any round.
    Finding before = find("whiles.tir", "main", scalar(0.5), scalar(-1)).orElseThrow();
    assertEquals("log", primitive(before));
    assertEquals(List.of(0), rounds(before));
    // 1 - 1 = 0, whose logarithm is an infinity: in the test of round 1.
    Finding round = find("whiles.tir", "main", scalar(1), scalar(1)).orElseThrow();
    assertEquals("log", primitive(round));
    assertEquals(List.of(1), rounds(round));
    // Three rounds are the most, so nobody tests 3 - 3.
    assertTrue(find("whiles.tir", "main", scalar(1), scalar(3)).isEmpty());
    // Round 1 takes a root of 1.5 - 2.
    Finding body = find("whiles.tir", "main", scalar(1), scalar(1.5)).orElseThrow();
    assertEquals("sqrt", primitive(body));
    assertEquals(List.of(1), rounds(body));
  }

  @Test
  void aFindingEndsALoopWithoutBound() {
    // 1 / (1.5 - 1) = 2, 1 / (2 - 1) = 1, 1 / (1 - 1).
    Finding body = find("whiles.tir", "body_only", scalar(1.5)).orElseThrow();
    assertEquals("divide", primitive(body));
    assertEquals(List.of(2), rounds(body));
    assertTrue(find("whiles.tir", "body_only", scalar(0.25)).isEmpty());
  }

  /// What stands for NaN: a logarithm of -1 at the second place.
  private static final Tensor BAD = f32(1, -1);

  @Test
  void onlyWhatIsAskedFor() {
    assertTrue(find("asked.tir", "unused", BAD).isEmpty());
    assertEquals(1, find("asked.tir", "same", BAD, bool(1, 1)).orElseThrow().place());
    Tensor yes = Tensor.of(ArrayType.scalar(DType.BOOL), _ -> new Scalar.Whole(1));
    Tensor no = Tensor.of(ArrayType.scalar(DType.BOOL), _ -> new Scalar.Whole(0));
    assertTrue(find("asked.tir", "scalar", BAD, yes).isEmpty());
    assertEquals(1, find("asked.tir", "scalar", BAD, no).orElseThrow().place());
    assertTrue(find("asked.tir", "either", BAD, bool(1, 0), bool(0, 1)).isEmpty());
    assertTrue(find("asked.tir", "either", BAD, bool(0, 1), bool(0, 1)).isPresent());
    assertTrue(find("asked.tir", "either", BAD, bool(1, 0), bool(1, 0)).isPresent());
    Tensor none = bool(1, 0);
    Tensor it = bool(0, 1);
    assertTrue(find("asked.tir", "four", BAD, none, none, none, none).isEmpty());
    assertTrue(find("asked.tir", "four", BAD, none, none, none, it).isPresent());
    assertTrue(find("asked.tir", "four", BAD, it, none, none, none).isPresent());
    assertTrue(find("asked.tir", "five", BAD, none, none, none, none, none).isPresent());
    assertTrue(find("asked.tir", "tested", BAD).isEmpty());
    assertTrue(find("asked.tir", "compared", BAD).isPresent());
  }

  @Test
  void whatComputes() {
    var square = ArrayType.of(DType.F32, 2, 2);
    Finding product = find("asked.tir", "products", reals(square, 1, 2, 1e30, 1e30)).orElseThrow();
    assertEquals(1, product.place());
    assertEquals(Double.POSITIVE_INFINITY, product.values()[0]);
    // An infinity that was there is carried on, in a row or in another.
    double inf = Double.POSITIVE_INFINITY;
    assertTrue(find("asked.tir", "products", reals(square, 1, inf, 1, 2)).isEmpty());
    assertTrue(find("asked.tir", "products", reals(square, 0, inf, 1, 2)).isPresent());
    assertEquals(1, find("asked.tir", "running", f32(1e30, 1e30)).orElseThrow().place());
    Program program = text("asked.tir");
    Program checked = FunctionalizeChecks.run(program).program();
    for (String same : List.of("greatest", "empty")) {
      var ref = new FuncRef(same);
      assertEquals(program.func(ref), checked.func(ref), same);
    }
  }

  @Test
  void complexNumbersShowBothParts() {
    var type = ArrayType.of(DType.C64, 2);
    Tensor x =
        Tensor.of(
            type, i -> new Scalar.Complex(i == 0 ? 1 : (float) 3e30, i == 0 ? 2 : (float) 1e-5));
    Finding found = find("asked.tir", "complex", x).orElseThrow();
    assertEquals(1, found.place());
    assertEquals(Double.POSITIVE_INFINITY, found.values()[0]);
    assertEquals((float) 3e30, found.values()[2]);
    assertEquals((float) 1e-5, found.values()[3]);
    assertEquals(
        List.of(DType.C64, DType.C64, DType.C64), ((RecordSite.NotFinite) found.site()).shown());
    Tensor nan = Tensor.of(type, i -> new Scalar.Complex(i == 0 ? 1 : 2, i == 0 ? 2 : NAN));
    assertEquals(1, find("asked.tir", "complex", nan).orElseThrow().place());
  }

  /// A program whose functions other than `main` stand in the library.
  private static Checked hidden(String file) {
    Program own = text(file);
    Program library =
        TestData.program(
            "girih:library",
            TestData.read(TestData.root().resolve("passes/functionalize_checks/" + file)));
    var funcs = new ArrayList<Func>();
    for (Func func : own.funcs().values()) {
      funcs.add(func.ref().name().equals("main") ? func : library.func(func.ref()));
    }
    return FunctionalizeChecks.run(Program.of(funcs, own.entries()));
  }

  @Test
  void theCallInTheProgramIsNamed() {
    Finding own = find("control.tir", "main", scalar(0), f32(5, 5, 5, 5)).orElseThrow();
    assertTrue(own.around().isEmpty());
    Finding called = find(hidden("control.tir"), "main", scalar(0), f32(5, 5, 5, 5)).orElseThrow();
    assertEquals("divide", primitive(called));
    RecordSite around = called.around().orElseThrow();
    assertTrue(around instanceof RecordSite.Call);
    assertEquals("control.tir", around.origin().span().orElseThrow().source().name());
    assertEquals("girih:library", called.site().origin().span().orElseThrow().source().name());
    // Through a loop of the library, and from the test of a while.
    Finding looped =
        find(hidden("control.tir"), "main", scalar(1), f32(5, 5, 1e-42, 5)).orElseThrow();
    assertEquals(List.of(2), rounds(looped));
    assertTrue(looped.around().orElseThrow() instanceof RecordSite.Call);
    Finding tested = find(hidden("control.tir"), "main", scalar(1), f32(5, 5, 5, 5)).orElseThrow();
    assertEquals("log", primitive(tested));
    assertEquals(List.of(0), rounds(tested));
    assertTrue(tested.around().orElseThrow() instanceof RecordSite.Call);
    // 20 goes round once: the logarithm of -20 is asked for at the next test.
    Finding last = find(hidden("control.tir"), "main", scalar(1), f32(5, 5, 5, -20)).orElseThrow();
    assertEquals("log", primitive(last));
    assertEquals(List.of(1), rounds(last));
  }

  @Test
  void namesThatAreTakenStay() {
    Program program = text("control.tir");
    Checked once = FunctionalizeChecks.run(program);
    Checked twice = FunctionalizeChecks.run(once.program());
    assertEquals(once.program(), twice.program());
    assertTrue(twice.sites().isEmpty());
    assertFalse(once.sites().isEmpty());
  }
}
