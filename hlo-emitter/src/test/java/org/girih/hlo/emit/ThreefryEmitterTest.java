package org.girih.hlo.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Threefry is a computation that is shared, a loop over its five groups, or 20 rounds written out,
/// by where it is, how many words there are, and whether there is one key for all of them.
final class ThreefryEmitterTest {
  private enum Form {
    SHARED(20, 0),
    ROLLED(4, 1),
    WRITTEN_OUT(20, 0);

    private final int shifts;
    private final int loops;

    Form(int shifts, int loops) {
      this.shifts = shifts;
      this.loops = loops;
    }
  }

  /// Key of one word for all (`1`), or of a word for each (`n`).
  @ParameterizedTest
  @CsvSource({
    "64, n n, SHARED",
    "64, 1 1, SHARED",
    "65, n n, WRITTEN_OUT",
    "65, 1 n, WRITTEN_OUT",
    "65, n 1, WRITTEN_OUT",
    "65, 1 1, ROLLED",
    "4194304, 1 1, ROLLED",
    "4194305, 1 1, WRITTEN_OUT",
  })
  void outsideOfLoops(int words, String keys, Form form) {
    String text =
        EmittedText.of(
            function("main", words, keys)
                + "entry @main(\"k\", \"l\", \"x\", \"y\") -> (\"a\", \"b\")\n");
    hold(form, text, 0);
  }

  @ParameterizedTest
  @CsvSource({
    "1, n n, ROLLED",
    "64, 1 n, ROLLED",
    "64, n 1, ROLLED",
    "64, 1 1, ROLLED",
    "4194304, n n, ROLLED",
    "4194305, 1 1, WRITTEN_OUT",
  })
  void inLoops(int words, String keys, Form form) {
    String row = "u32[%d]".formatted(words);
    String text =
        EmittedText.of(
            function("f", words, keys)
                + """
                func @body(KEYS, %2: i32, %3: N, %4: N) -> (N, N) {
                  %5, %6 = call %0 %1 %3 %4 {callee = @f}
                  return %5, %6
                }

                func @main(KEYS, %2: N, %3: N) -> (N, N) {
                  %4, %5 = scan %0 %1 %2 %3 {body = @body, length = 3, constants = 2, carries = 2, reverse = false, counted = false}
                  return %4, %5
                }

                entry @main("k", "l", "x", "y") -> ("a", "b")
                """
                    .replace("KEYS", params(keys))
                    .replace("N", row));
    hold(form, text, 1);
  }

  /// Where both keys are scalars the loop has scalars in its state; else it has them for each word.
  @ParameterizedTest
  @CsvSource({
    "1 1, '(u32[], u32[64]{0}, u32[64]{0}, u32[], u32[], u32[])'",
    "1 n, '(u32[], u32[64]{0}, u32[64]{0}, u32[64]{0}, u32[64]{0}, u32[64]{0})'",
  })
  void stateOfTheLoop(String keys, String state) {
    String text =
        EmittedText.of(
            function("f", 64, keys)
                + """
                func @body(KEYS, %2: i32, %3: u32[64]) -> (u32[64]) {
                  %4, %5 = call %0 %1 %3 %3 {callee = @f}
                  return %5
                }

                func @main(KEYS, %2: u32[64]) -> (u32[64]) {
                  %3 = scan %0 %1 %2 {body = @body, length = 3, constants = 2, carries = 1, reverse = false, counted = false}
                  return %3
                }

                entry @main("k", "l", "x") -> ("a")
                """
                    .replace("KEYS", params(keys))
                    .replace("N", "u32[64]"));
    assertTrue(text.contains(" = " + state + " while("), text);
  }

  private static void hold(Form form, String text, int otherLoops) {
    assertEquals(form.shifts, EmittedText.count(text, " shift-left("), text);
    assertEquals(form.loops + otherLoops, EmittedText.count(text, " while("), text);
    int shared = form == Form.SHARED ? 1 : 0;
    assertEquals(shared, EmittedText.count(text, "inlineable=\"false\""), text);
    // The loop returns the words alone, which it has counted to the fifth group.
    assertEquals(form.loops, EmittedText.count(text, "%threefry.condition.1 ("), text);
  }

  private static String params(String keys) {
    List<String> each = List.of(keys.split(" "));
    return "%0: " + type(each.get(0)) + ", %1: " + type(each.get(1));
  }

  private static String type(String key) {
    return key.equals("1") ? "u32" : "N";
  }

  /// Returns a function of keys and words.
  private static String function(String name, int words, String keys) {
    var out =
        new StringBuilder("func @" + name + "(" + params(keys) + ", %2: N, %3: N) -> (N, N) {\n");
    String[] each = keys.split(" ");
    int next = 4;
    int[] wide = {0, 1};
    for (int i = 0; i < 2; i++) {
      if (each[i].equals("1")) {
        out.append("  %" + next + " = broadcast %" + i + " {dims = [" + words + "], axes = []}\n");
        wide[i] = next++;
      }
    }
    out.append("  %" + next + ", %" + (next + 1) + " = threefry2x32 ");
    out.append("%" + wide[0] + " %" + wide[1] + " %2 %3\n");
    out.append("  return %" + next + ", %" + (next + 1) + "\n}\n\n");
    return out.toString().replace("N", "u32[" + words + "]");
  }
}
