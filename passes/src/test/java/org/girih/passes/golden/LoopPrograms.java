package org.girih.passes.golden;

import org.girih.ir.program.Program;

/// Programs of many loops.
public final class LoopPrograms {
  private LoopPrograms() {}

  /// So many loops, each with a body of its own in which something stays and something moves.
  public static Program loops(int count) {
    var body =
        """
        func @body%d(%%0: f32, %%1: i32, %%2: f32, %%3: f32) -> (f32, f32, f32) {
          %%4: f32 = sin %%0
          %%5: f32 = add %%2 %%4
          %%6: f32 = add %%5 %%3
          return %%6, %%3, %%3
        }

        """;
    var text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(body.formatted(i));
    }
    text.append("func @f(%0: f32) -> (f32) {\n");
    String last = "%0";
    for (int i = 0; i < count; i++) {
      String scan =
          "  %%%d: f32, %%%d: f32, %%%d: f32[3] = scan %s %s %s {body = @body%d, length = 3,"
              + " constants = 1, carries = 2, reverse = false, counted = false}%n";
      int at = 1 + 3 * i;
      text.append(scan.formatted(at, at + 1, at + 2, last, last, last, i));
      last = "%" + at;
    }
    text.append("  return ").append(last).append("\n}\n\nentry @f(\"x\") -> (\"\")\n");
    return TestData.program("loops.tir", text.toString());
  }
}
