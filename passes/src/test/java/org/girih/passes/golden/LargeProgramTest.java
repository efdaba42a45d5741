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
import org.girih.passes.Pipelines;
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
  void checked() {
    var checked = FunctionalizeChecks.run(chain(MANY));
    assertEquals(MANY, checked.sites().size());
    assertEquals(Optional.empty(), Checker.check(checked.program()));
  }
}
