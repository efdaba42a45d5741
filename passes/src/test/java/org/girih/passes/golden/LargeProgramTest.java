package org.girih.passes.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.girih.ir.op.Arithmetic;
import org.girih.ir.op.Elementary;
import org.girih.ir.op.FuncRef;
import org.girih.ir.op.Inference;
import org.girih.ir.program.Checker;
import org.girih.ir.program.Entry;
import org.girih.ir.program.FuncBuilder;
import org.girih.ir.program.Program;
import org.girih.ir.text.TirPrinter;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Condition;
import org.girih.ir.type.DType;
import org.girih.ir.type.Value;
import org.girih.passes.Pass;
import org.girih.passes.Pipelines;
import org.girih.passes.Stage;
import org.girih.passes.check.FunctionalizeChecks;
import org.girih.passes.interpreter.Laws;
import org.junit.jupiter.api.Test;

/// Programs of a hundred thousand equations, deep and wide: no pass runs out of stack, none forgets
/// one.
class LargeProgramTest {
  private static final int MANY = 100_000;
  private static final FuncRef F = new FuncRef("f");
  private static final ArrayType TYPE = ArrayType.of(DType.F32, 2);

  private static FuncBuilder builder() {
    return new FuncBuilder(
        F,
        new Inference() {
          @Override
          public Signature signature(FuncRef function) {
            throw new AssertionError(function);
          }

          @Override
          public void unknown(Condition condition) {
            throw new AssertionError(condition.toString());
          }
        });
  }

  private static Program program(FuncBuilder builder, Value result) {
    return Program.of(
        List.of(builder.finish(List.of(result))), List.of(new Entry(F, List.of("x"), List.of(""))));
  }

  private static Program chain(int length) {
    var builder = builder();
    Value x = builder.param(TYPE);
    for (int i = 0; i < length; i++) {
      x = builder.emit1(Elementary.SIN, x);
    }
    return program(builder, x);
  }

  private static int equations(Program program) {
    return program.func(F).block().equations().size();
  }

  @Test
  void deep() {
    Program after = Laws.run(Pipelines.standard(), chain(MANY));
    assertEquals(MANY, equations(after));
  }

  @Test
  void wide() {
    var builder = builder();
    Value x = builder.param(TYPE);
    Value sum = x;
    for (int i = 0; i < MANY; i++) {
      builder.emit1(Elementary.COS, x); // equal to all others, and unused
      sum = builder.emit1(Arithmetic.ADD, sum, builder.emit1(Elementary.SIN, x));
    }
    Program after = Laws.run(Pipelines.standard(), program(builder, sum));
    assertEquals(MANY + 1, equations(after));
  }

  @Test
  void derivedAndBatched() {
    Program vjp = Derived.vjp(chain(MANY / 4), F);
    Program after = Laws.run(Pipelines.transformations(), vjp);
    assertEquals(Optional.empty(), Checker.check(after));
    int all = after.funcs().values().stream().mapToInt(f -> f.block().equations().size()).sum();
    // sin and cos forward, one product back.
    assertEquals(3 * (MANY / 4), all, 5, "sin, cos and a product each");
    Program lanes = Derived.vmap(chain(MANY), F, 3, List.of(0));
    assertTrue(TirPrinter.print(Laws.run(Pipelines.transformations(), lanes)).contains("[3, 2]"));
  }

  @Test
  void tenThousandLoops() {
    Program before = LoopPrograms.loops(10_000);
    for (Pass pass : Pipelines.all()) {
      if (pass.from() == Stage.TRANSFORMED && pass != Pipelines.FUNCTIONALIZE_CHECKS) {
        assertEquals(Optional.empty(), Checker.check(Laws.run(pass, before)), pass.name());
      }
    }
    Program after = Laws.run(Pipelines.standard(), before);
    // Of each loop the sine before it and the loop; all bodies are one.
    assertEquals(20_000, equations(after));
    assertEquals(2, after.funcs().size(), after.funcs().keySet().toString());
  }

  /// A sine that all of so many nested loops leave, which each carry it one further out.
  @Test
  void nestedLoops() {
    int depth = 2_000;
    var text = new StringBuilder("func @b0(%0: f32, %1: i32, %2: f32) -> (f32) {\n");
    text.append("  %3: f32 = sin %0\n  %4: f32 = add %2 %3\n  return %4\n}\n\n");
    String scan =
        "{body = @b%d, length = 2, constants = 1, carries = 1, reverse = false, counted = false}";
    for (int i = 1; i < depth; i++) {
      text.append("func @b%d(%%0: f32, %%1: i32, %%2: f32) -> (f32) {%n".formatted(i))
          .append(
              "  %%3: f32 = scan %%0 %%2 %s%n  return %%3%n}%n%n".formatted(scan.formatted(i - 1)));
    }
    text.append("func @f(%0: f32) -> (f32) {\n  %1: f32 = scan %0 %0 ")
        .append(scan.formatted(depth - 1))
        .append("\n  return %1\n}\n\nentry @f(\"x\") -> (\"\")\n");
    Program before = TestData.program("nested.tir", text.toString());
    Program after = Laws.run(Pipelines.standard(), before);
    assertEquals(2, equations(after), "the sine and the outermost loop");
    assertEquals(1, after.func(new FuncRef("b0")).block().equations().size());
  }

  @Test
  void checked() {
    var checked = FunctionalizeChecks.run(chain(MANY));
    assertEquals(MANY, checked.sites().size());
    assertEquals(Optional.empty(), Checker.check(checked.program()));
  }
}
