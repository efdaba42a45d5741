package org.girih.ir.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.girih.ir.diagnostic.CompilerBug;
import org.girih.ir.op.Arithmetic;
import org.girih.ir.op.Call;
import org.girih.ir.op.Elementary;
import org.girih.ir.op.FuncRef;
import org.girih.ir.op.Iota;
import org.girih.ir.op.Op;
import org.girih.ir.op.Reshape;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Value;
import org.junit.jupiter.api.Test;

/// Each invariant, broken by hand, is found.
final class CheckerTest {
  private static final ArrayType F32 = ArrayType.scalar(DType.F32);
  private static final ArrayType F64 = ArrayType.scalar(DType.F64);
  private static final FuncRef F = new FuncRef("f");
  private static final Value X = new Value(0, F32);

  private static Equation equation(Op op, Value result, Value... operands) {
    return new Equation(List.of(result), op, List.of(operands), Origin.NONE);
  }

  private static Func func(List<Value> params, List<Equation> equations, Value... results) {
    return new Func(F, new Block(params, equations, List.of(results)));
  }

  private static void refused(String message, Program program) {
    var problem = Checker.check(program);
    assertTrue(problem.isPresent(), "nothing found: " + message);
    assertTrue(problem.get().toString().contains(message), problem.get().toString());
  }

  private static void refused(String message, List<Value> params, Equation... equations) {
    refused(message, Program.of(List.of(func(params, List.of(equations))), List.of()));
  }

  @Test
  void aGoodProgramPasses() {
    Value y = new Value(1, F32);
    Func func = func(List.of(X), List.of(equation(Elementary.SIN, y, X)), y, X);
    var entry = new Entry(F, List.of("x"), List.of("0", "1"));
    assertEquals(Optional.empty(), Checker.check(Program.of(List.of(func), List.of(entry))));
  }

  @Test
  void idsAreDense() {
    refused("parameter %1", List.of(new Value(1, F32)));
    refused("parameter %0", List.of(X, new Value(0, F32)));
    refused("expected the id 1, got 2", List.of(X), equation(Elementary.SIN, new Value(2, F32), X));
    refused("expected the id 1, got 0", List.of(X), equation(Elementary.SIN, new Value(0, F32), X));
  }

  @Test
  void operandsAreDefinedBefore() {
    Value y = new Value(1, F32);
    Value z = new Value(2, F32);
    refused("%2: f32 is not defined", List.of(X), equation(Elementary.SIN, y, z));
    refused("%1: f32 is not defined", List.of(X), equation(Elementary.SIN, y, y));
    refused("%0: f64 is not defined", List.of(X), equation(Elementary.SIN, y, new Value(0, F64)));
    refused("is not defined", List.of(X), equation(Elementary.SIN, y, new Value(-1, F32)));
    refused(
        "result %1 is not defined", Program.of(List.of(func(List.of(X), List.of(), y)), List.of()));
  }

  @Test
  void typesAreWhatTheOpInfers() {
    Value y = new Value(1, F64);
    refused("expected [f32], got [f64]", List.of(X), equation(Elementary.SIN, y, X));
    refused(
        "add (C1): expected 2 operands, got 1",
        List.of(X),
        equation(Arithmetic.ADD, new Value(1, F32), X));
    refused(
        "expected [f32], got [f32, f32]",
        List.of(X),
        new Equation(
            List.of(new Value(1, F32), new Value(2, F32)),
            Elementary.SIN,
            List.of(X),
            Origin.NONE));
    refused(
        "expected [f32], got []",
        List.of(X),
        new Equation(List.of(), Elementary.SIN, List.of(X), Origin.NONE));
  }

  @Test
  void sizesAreNumbers() {
    refused("parameter", List.of(new Value(0, new ArrayType(DType.F32, List.of(Dim.name("n"))))));
    var undecided = List.of(Dim.name("n").minus(Dim.of(1)));
    refused(
        "undecided",
        List.of(),
        equation(
            new Iota(DType.F32, undecided, 0), new Value(0, new ArrayType(DType.F32, undecided))));
    var huge = List.of(Dim.of(1L << 40), Dim.of(1L << 40));
    refused(
        "overflow",
        List.of(X),
        equation(new Reshape(huge), new Value(1, new ArrayType(DType.F32, huge)), X));
  }

  @Test
  void calleesStandBefore() {
    refused("calls itself", List.of(X), equation(new Call(F), new Value(1, F32), X));
    var g = new FuncRef("g");
    Func caller = func(List.of(X), List.of(equation(new Call(g), new Value(1, F32), X)));
    Func callee = new Func(g, new Block(List.of(X), List.of(), List.of(X)));
    refused("@g is not defined before", Program.of(List.of(caller, callee), List.of()));
    assertEquals(Optional.empty(), Checker.check(Program.of(List.of(callee, caller), List.of())));
    assertThrows(CompilerBug.class, () -> Program.of(List.of(callee, callee), List.of()));
  }

  @Test
  void entriesNameParametersAndResults() {
    Func func = func(List.of(X, new Value(1, F32)), List.of(), X);
    for (Entry entry :
        List.of(
            new Entry(F, List.of("x"), List.of("")),
            new Entry(F, List.of("x", "x"), List.of("")),
            new Entry(F, List.of("x", "y"), List.of()),
            new Entry(F, List.of("x", "y", "z"), List.of("")))) {
      refused("an entry with other parameters", Program.of(List.of(func), List.of(entry)));
    }
    for (var donated :
        List.of(Map.of(2, 0), Map.of(0, 1), Map.of(0, -1), Map.of(-1, 0), Map.of(0, 0, 1, 0))) {
      var entry = new Entry(F, List.of("x", "y"), List.of(""), new TreeMap<>(donated));
      refused(" donated to result ", Program.of(List.of(func), List.of(entry)));
    }
    var fine = new Entry(F, List.of("x", "y"), List.of(""), new TreeMap<>(Map.of(1, 0)));
    assertEquals(Optional.empty(), Checker.check(Program.of(List.of(func), List.of(fine))));
    var nobody = new Entry(new FuncRef("g"), List.of(), List.of());
    refused("an entry without function", Program.of(List.of(func), List.of(nobody)));
  }

  @Test
  void theBuilderNumbersAndInfers() {
    Func callee = new Func(new FuncRef("g"), new Block(List.of(X), List.of(), List.of(X, X)));
    var inference =
        new org.girih.ir.op.Inference() {
          @Override
          public Signature signature(FuncRef function) {
            return callee.signature();
          }

          @Override
          public void unknown(org.girih.ir.type.Condition condition) {
            throw new AssertionError(condition);
          }
        };
    var builder = new FuncBuilder(F, inference);
    Value x = builder.param(F32);
    List<Value> both = builder.emit(new Call(callee.ref()), List.of(x));
    Value sum = builder.emit1(Arithmetic.ADD, both.get(0), both.get(1));
    assertEquals(new Value(3, F32), sum);
    assertEquals(2, builder.size());
    assertThrows(CompilerBug.class, () -> builder.param(F32));
    Func func = builder.finish(List.of(sum));
    assertEquals(Optional.empty(), Checker.check(Program.of(List.of(callee, func), List.of())));
  }
}
