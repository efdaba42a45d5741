package org.girih.passes.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.girih.ir.program.Program;
import org.girih.ir.text.TirPrinter;
import org.girih.passes.Pipelines;
import org.girih.passes.interpreter.Laws;
import org.girih.passes.loop.Rematerialise;
import org.junit.jupiter.api.Test;

/// How much is computed again for how many bytes, by hand; that the numbers stay is `PassesTest`'s.
class RematerialiseTest {
  private static Program program(String file) {
    return TestData.program(TestData.root().resolve("passes/rematerialise/" + file));
  }

  private static long saved(String file, long bytes) {
    return Rematerialise.run(program(file), bytes).saved();
  }

  /// The program as it goes on to the emitter.
  private static String text(Program program) {
    return TirPrinter.print(Laws.run(Pipelines.afterRematerialising(), program));
  }

  @Test
  void bytesAreThoseOfTheStacksLessThoseOfTheCarries() {
    assertEquals(100 * 9 * 4, saved("residuals.tir", Long.MAX_VALUE));
    // Two outer products of 9 × 9 in 4 rounds, for the carries of 9.
    assertEquals(2 * 4 * 81 * 4 - 4 * 9 * 4, saved("carries.tir", Long.MAX_VALUE));
    // Four forward loops of 6 rounds, each of 9 elements for a carry of one.
    assertEquals(4 * (6 * 9 * 4 - 6 * 4), saved("shared.tir", Long.MAX_VALUE));
    // Of 6 × 4 × 3, the first carry is there and the second has 4.
    assertEquals(6 * 4 * 3 * 4 - 6 * 4 * 4, saved("second_carry.tir", Long.MAX_VALUE));
    // The outer stack of 4 × 3 × 2 for 4 carries, and the inner one of 3 × 2 for 3: in the outer
    // loop, and in the loop that now does that again.
    assertEquals((4 * 3 * 2 - 4) * 4 + 2 * (3 * 2 - 3) * 4, saved("nested.tir", Long.MAX_VALUE));
  }

  @Test
  void noMoreThanWasAskedFor() {
    Rematerialise.Result one = Rematerialise.run(program("carries.tir"), 1);
    // The sum needs no carry, since the product is still stacked.
    assertEquals(4 * 81 * 4, one.saved());
    String text = text(one.program());
    assertTrue(text.contains("f32[4, 9, 9]"), text);
    assertFalse(text.contains(", f32[4, 9, 9], f32[4, 9, 9]"), text);
    String all = text(Rematerialise.run(program("carries.tir"), Long.MAX_VALUE).program());
    assertFalse(all.contains("[4, 9, 9]"), all);
    assertEquals(4 * 81 * 4, saved("carries.tir", 4 * 81 * 4));
    assertEquals(2 * 4 * 81 * 4 - 4 * 9 * 4, saved("carries.tir", 4 * 81 * 4 + 1));
  }

  @Test
  void whereNothingCanBeDoneTheProgramIsTheSame() {
    Program program = TestData.program("p.tir", "func @main(%0: f32) -> (f32) {\n  return %0\n}\n");
    Rematerialise.Result result = Rematerialise.run(program, Long.MAX_VALUE);
    assertEquals(0, result.saved());
    assertSame(program, result.program());
    Program loops = program("carries.tir");
    assertSame(loops, Rematerialise.run(loops, 0).program());
  }

  /// Of two stacks of one size, one made by a sum of 8 and one by a product of matrices.
  private static final String PRICES =
      """
      func @forward(%0: f32[8, 8], %1: i32, %2: f32, %3: f32[8]) -> (f32, f32[8], f32[8]) {
        %4: f32[8] = dot %0 %3 {left_batch = [], right_batch = [], left_contract = [1], right_contract = [0]}
        %5: f32[8] = add %3 %3
        %6: f32 = reduce_sum %4 {axes = [0]}
        return %6, %4, %5
      }

      func @backward(%0: i32, %1: f32, %2: f32[8], %3: f32[8]) -> (f32) {
        %4: f32[8] = multiply %2 %3
        %5: f32 = reduce_sum %4 {axes = [0]}
        return %5
      }

      func @main(%0: f32[8, 8], %1: f32, %2: f32[5, 8]) -> (f32, f32) {
        %3: f32, %4: f32[5, 8], %5: f32[5, 8] = scan %0 %1 %2 {body = @forward, length = 5, constants = 1, carries = 1, reverse = false, counted = false}
        %6: f32 = scan %3 %4 %5 {body = @backward, length = 5, constants = 0, carries = 1, reverse = true, counted = false}
        return %3, %6
      }

      entry @main("w", "x", "xs") -> ("last", "back")
      """;

  @Test
  void theCheapestFirst() {
    Program program = TestData.program("prices.tir", PRICES);
    String one = text(Rematerialise.run(program, 1).program());
    assertEquals(one.indexOf(" = dot "), one.lastIndexOf(" = dot "), one);
    assertEquals(5 * 8 * 4, Rematerialise.run(program, 1).saved());
    String both = text(Rematerialise.run(program, 5 * 8 * 4 + 1).program());
    assertTrue(both.indexOf(" = dot ") < both.lastIndexOf(" = dot "), both);
    assertEquals(2 * 5 * 8 * 4, Rematerialise.run(program, 5 * 8 * 4 + 1).saved());
  }
}
