package org.girih.hlo.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.girih.ir.diagnostic.CompilerBug;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What modules have beside their instructions, and what constants they begin with.
final class HloEmitterTest {
  /// The neutral elements of extrema, by hand: the greatest and the least number of each dtype.
  @ParameterizedTest
  @CsvSource({
    "u4, 15, 0",
    "u64, 18446744073709551615, 0",
    "i4, 7, -8",
    "i64, 9223372036854775807, -9223372036854775808",
    "f8e4m3fn, 448, -448",
    "f8e4m3b11fnuz, 30, -30",
    "f8e4m3fnuz, 240, -240",
    "f8e5m2fnuz, 57344, -57344",
    "f8e5m2, inf, -inf",
    "bf16, inf, -inf",
  })
  void extremaBeginWith(String dtype, String greatest, String least) {
    assertTrue(
        reduced("min", dtype).contains("[] constant(" + greatest + ")"), reduced("min", dtype));
    assertTrue(reduced("max", dtype).contains("[] constant(" + least + ")"), reduced("max", dtype));
  }

  private static String reduced(String monoid, String dtype) {
    return EmittedText.of(
        """
        func @main(%0: T[3]) -> (T) {
          %1 = reduce %0 {monoid = M, axes = [0]}
          return %1
        }

        entry @main("x") -> ("y")
        """
            .replace("T", dtype)
            .replace("M", monoid));
  }

  /// A single result is not a tuple.
  @ParameterizedTest
  @CsvSource({
    "f32, %1, 'a', '{}: (0, {}, may-alias)'",
    "'f32, f32', '%1, %2', 'a\", \"b', '{1}: (0, {}, may-alias)'",
  })
  void donationIsAnAlias(String types, String results, String names, String alias) {
    String text =
        EmittedText.of(
            """
            func @main(%0: f32) -> (TYPES) {
              %1 = sin %0
              %2 = cos %0
              return RESULTS
            }

            entry @main("x" donated to LAST) -> ("NAMES")
            """
                .replace("TYPES", types)
                .replace("RESULTS", results)
                .replace("NAMES", names)
                .replace("LAST", types.contains(",") ? "1" : "0"));
    assertTrue(text.contains("input_output_alias={ " + alias + " }"), text);
  }

  /// Of a chain of additions XLA would make one kernel.
  @Test
  void largeKernelsAreCut() {
    var chain = new StringBuilder("func @main(%0: f32[9]) -> (f32[9]) {\n");
    for (int i = 0; i < 1_500; i++) {
      chain.append("  %" + (i + 1) + " = add %" + i + " %0\n");
    }
    chain.append("  return %1500\n}\n\nentry @main(\"x\") -> (\"y\")\n");
    assertEquals(1, EmittedText.count(EmittedText.of(chain.toString()), "inlineable=\"false\""));
  }

  @Test
  void whatPassesShouldHaveLoweredIsABug() {
    String text =
        """
        func @main(%0: f32) -> (f32) {
          %1 = stop_gradient %0
          return %1
        }

        entry @main("x") -> ("y")
        """;
    var bug = assertThrows(CompilerBug.class, () -> EmittedText.of(text));
    assertEquals("stop_gradient is left after the passes", bug.getMessage());
  }
}
