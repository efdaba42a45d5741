package org.girih.ir.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.Random;
import org.girih.ir.cost.ProgramCost.Place;
import org.girih.ir.cost.ProgramCost.Share;
import org.girih.ir.cost.ProgramCost.Trips;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.op.FuncRef;
import org.girih.ir.op.Sliding;
import org.girih.ir.program.Program;
import org.girih.ir.source.Source;
import org.girih.ir.text.TirParser;
import org.junit.jupiter.api.Test;

/// Expected values are computed by hand, in the comments.
class ProgramCostTest {
  private static Program program(String text) {
    var diagnostics = new Diagnostics();
    var program = TirParser.parse(new Source("test.tir", text), diagnostics);
    return program.orElseThrow(() -> new AssertionError(diagnostics.all().toString()));
  }

  private static Cost cost(String text) {
    return ProgramCost.of(program(text), _ -> true).total(new FuncRef("f"));
  }

  private static void is(double flops, double transcendentals, double bytes, Cost cost) {
    assertEquals(new Cost(flops, transcendentals, bytes), cost);
  }

  @Test
  void productsCountTwiceTheirTerms() {
    // 2 · 64 · 16 · 32; 4 (64·32 + 32·16 + 64·16)
    is(
        65_536,
        0,
        14_336,
        cost(
            """
            func @f(%0: f32[64, 32], %1: f32[32, 16]) -> (f32[64, 16]) {
              %2 = dot %0 %1 {left_batch = [], right_batch = [], left_contract = [1], right_contract = [0]}
              return %2
            }
            """));
    // 2 · 3 · 4 · 6 · 5; 2 (3·4·5 + 3·5·6 + 3·4·6)
    is(
        720,
        0,
        444,
        cost(
            """
            func @f(%0: bf16[3, 4, 5], %1: bf16[3, 5, 6]) -> (bf16[3, 4, 6]) {
              %2 = dot %0 %1 {left_batch = [0], right_batch = [0], left_contract = [2], right_contract = [1]}
              return %2
            }
            """));
  }

  @Test
  void convolutionsDoNotCountTheirPadding() {
    // Batch 2, 3 features in, 5 out; of 8 · 3 products along the axis 2 are with padding.
    // 2 · 2 · 3 · 5 · 22; 4 (2·8·3 + 3·3·5 + 2·8·5)
    is(
        1320,
        0,
        692,
        cost(
            """
            func @f(%0: f32[2, 8, 3], %1: f32[3, 3, 5]) -> (f32[2, 8, 5]) {
              %2 = convolution %0 %1 {x = [0, 2, 1], kernel = [2, 1, 0], out = [0, 2, 1], window = [{stride = 1, low = 1, high = 1, base = 1, window = 1}], features = 1, batches = 1}
              return %2
            }
            """));
  }

  /// By trying all pairs.
  @Test
  void pairsOfAWindowWithItsAxis() {
    var random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      var s =
          new Sliding(
              1 + random.nextInt(4),
              random.nextInt(9) - 4,
              random.nextInt(9) - 4,
              1 + random.nextInt(6),
              1 + random.nextInt(4));
      int size = random.nextInt(7);
      int width = 1 + random.nextInt(6);
      int places = random.nextInt(9);
      long all = 0;
      for (long p = 0; p < places; p++) {
        for (long k = 0; k < width; k++) {
          long at = p * s.stride() + k * s.window() - s.low();
          all += at >= 0 && at % s.base() == 0 && at / s.base() < size ? 1 : 0;
        }
      }
      assertEquals(
          all,
          s.pairs(size, width, places),
          s + " over " + size + " by " + width + " at " + places);
    }
  }

  @Test
  void reductionsCountWhatTheyCombine() {
    // 4 rows of 7 additions; 4 (4·8 + 4)
    is(
        28,
        0,
        144,
        cost(
            """
            func @f(%0: f32[4, 8]) -> (f32[4]) {
              %1 = reduce_sum %0 {axes = [1]}
              return %1
            }
            """));
  }

  @Test
  void neighboursShareALoop() {
    // Reads %0 and %1 once, writes %4: %2 and %3 are never in memory.
    is(
        20,
        10,
        120,
        cost(
            """
            func @f(%0: f32[10], %1: f32[10]) -> (f32[10]) {
              %2 = multiply %0 %1
              %3 = exp %2
              %4 = add %3 %0
              return %4
            }
            """));
    // What a product reads is written first: 4·4 bytes in, 4·4 out, then 2 · 16 in and 4 out.
    is(
        8,
        4,
        16 + 16 + 16 + 16 + 4,
        cost(
            """
            func @f(%0: f32[4], %1: f32[4]) -> (f32) {
              %2 = exp %0
              %3 = dot %2 %1 {left_batch = [], right_batch = [], left_contract = [0], right_contract = [0]}
              return %3
            }
            """));
  }

  @Test
  void partsOfArraysCostThatPart() {
    // A slice of 3 of 1,000 is read and written.
    is(
        0,
        0,
        24,
        cost(
            """
            func @f(%0: f32[1000]) -> (f32[3]) {
              %1 = slice %0 {start = [5], limit = [8], stride = [1]}
              return %1
            }
            """));
  }

  private static final String LOOPS =
      """
      func @more(%0: f32[8]) -> (bool) {
        %1 = reduce_sum %0 {axes = [0]}
        %2 = constant {value = f32 1.0}
        %3 = lt %1 %2
        return %3
      }

      func @twice(%0: f32[8]) -> (f32[8]) {
        %1 = add %0 %0
        return %1
      }

      func @step(%0: i32, %1: f32[8]) -> (f32[8]) {
        %2 = tanh %1
        return %2
      }

      func @f(%0: f32[8]) -> (f32[8]) {
        BODY
        return %1
      }
      """;

  private static ProgramCost loops(String equation) {
    return ProgramCost.of(program(LOOPS.replace("BODY", equation)), _ -> false);
  }

  private static Share share(ProgramCost costs) {
    return costs.of(new FuncRef("f")).get(Optional.<Place>empty());
  }

  @Test
  void aScanTurnsAsOftenAsItIsLong() {
    String scan =
        "%1 = scan %0 {body = @step, length = 5, constants = 0, carries = 1, reverse = false,"
            + " counted = false}";
    // 5 · 8; 5 · 4 (8 + 8)
    var costs = loops(scan);
    is(0, 40, 320, costs.total(new FuncRef("f")));
    assertEquals(Trips.EXACT, share(costs).trips());
    var once = ProgramCost.turningOnce(program(LOOPS.replace("BODY", scan)), _ -> false);
    is(0, 8, 64, once.total(new FuncRef("f")));
  }

  @Test
  void whatNobodyKnowsIsMarked() {
    // A round: 8 additions in the body, 7 and a comparison in the condition; bytes: 4 (8 + 8); 4·8
    // in, the sum out and in, and the one of the bool out.
    var open = loops("%1 = while %0 {condition = @more, body = @twice, constants = 0, max = none}");
    is(16, 0, 64 + 41, open.total(new FuncRef("f")));
    assertEquals(Trips.PER_ROUND, share(open).trips());
    // 4 bodies, 5 conditions.
    var most = loops("%1 = while %0 {condition = @more, body = @twice, constants = 0, max = 4}");
    is(72, 0, 4 * 64 + 5 * 41, most.total(new FuncRef("f")));
    assertEquals(Trips.AT_MOST, share(most).trips());
  }

  @Test
  void aBranchCostsTheDearerOne() {
    var costs =
        ProgramCost.of(
            program(
                """
                func @cheap(%0: f32[8]) -> (f32[8]) {
                  %1 = negate %0
                  return %1
                }

                func @dear(%0: f32[8]) -> (f32[8]) {
                  %1 = negate %0
                  %2 = exp %1
                  return %2
                }

                func @f(%0: bool, %1: f32[8]) -> (f32[8], f32[8]) {
                  %2 = cond %0 %1 {then = @cheap, otherwise = @dear}
                  %3 = cond %0 %1 {then = @dear, otherwise = @cheap}
                  return %2, %3
                }
                """),
            _ -> false);
    is(16, 16, 128, costs.total(new FuncRef("f")));
    assertEquals(Trips.AT_MOST, share(costs).trips());
  }

  @Test
  void eachCallCosts() {
    var costs =
        ProgramCost.of(
            program(
                """
                func @g(%0: f32[8]) -> (f32[8]) {
                  %1 = sin %0
                  return %1
                }

                func @f(%0: f32[8]) -> (f32[8]) {
                  %1 = call %0 {callee = @g}
                  %2 = call %1 {callee = @g}
                  return %2
                }
                """),
            _ -> false);
    is(0, 16, 128, costs.total(new FuncRef("f")));
    assertEquals(Trips.EXACT, share(costs).trips());
  }

  @Test
  void manyEquationsAndManyCalls() {
    int many = 100_000;
    var text = new StringBuilder("func @f(%0: f32[4]) -> (f32[4]) {\n");
    for (int i = 1; i <= many; i++) {
      text.append("  %%%d = add %%%d %%%d\n".formatted(i, i - 1, i - 1));
    }
    text.append("  return %" + many + "\n}\n");
    // One loop: %0 is read once, the last written.
    is(4.0 * many, 0, 32, cost(text.toString()));

    // Each function calls the one before twice: 2⁶⁰ calls of the first.
    var calls = new StringBuilder("func @f0(%0: f32[4]) -> (f32[4]) {\n  %1 = negate %0\n");
    calls.append("  return %1\n}\n");
    for (int i = 1; i <= 60; i++) {
      calls.append("\nfunc @f%s(%%0: f32[4]) -> (f32[4]) {\n".formatted(i == 60 ? "" : i));
      calls.append("  %%1 = call %%0 {callee = @f%d}\n".formatted(i - 1));
      calls.append("  %%2 = call %%1 {callee = @f%d}\n".formatted(i - 1));
      calls.append("  return %2\n}\n");
    }
    is(0x1p62, 0, 0x1p65, cost(calls.toString()));
  }
}
