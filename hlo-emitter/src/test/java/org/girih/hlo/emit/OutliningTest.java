package org.girih.hlo.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A call is kept apart from its caller where the function is large and called often.
final class OutliningTest {
  @ParameterizedTest
  @CsvSource({"40, 24, 24", "40, 23, 0", "39, 24, 0"})
  void largeFunctionsThatAreCalledOftenStayApart(int equations, int calls, int apart) {
    String text =
        "func @f(%0: f32) -> (f32) {\n"
            + chain(equations, "sin %%%d")
            + "}\n\nfunc @main(%0: f32) -> (f32) {\n"
            + chain(calls, "call %%%d {callee = @f}")
            + "}\n\nentry @main(\"x\") -> (\"y\")\n";
    assertEquals(apart, apart(text));
  }

  private static final String SAMPLER =
      """
      func @f(%0: u32[99]) -> (u32[99]) {
        %1, %2 = threefry2x32 %0 %0 %0 %0
        return %1
      }

      """;

  private static final String LAYER =
      """
      func @f(%0: u32[9, 9]) -> (u32[9, 9]) {
        %1, %2 = threefry2x32 %0 %0 %0 %0
        %3 = dot %1 %2 {left_batch = [], right_batch = [], left_contract = [1], right_contract = [0]}
        return %3
      }

      """;

  private static String twice(String type) {
    return """
    func @main(%0: TYPE) -> (TYPE) {
      %1 = call %0 {callee = @f}
      %2 = call %1 {callee = @f}
      return %2
    }

    entry @main("x") -> ("y")
    """
        .replace("TYPE", type);
  }

  @Test
  void samplersStayApartFromTheSecondCallOn() {
    assertEquals(2, apart(SAMPLER + twice("u32[99]")));
  }

  /// With dropout in it, say: XLA plans its memory with that of its surroundings.
  @Test
  void layersWithASamplerDoNot() {
    assertEquals(0, apart(LAYER + twice("u32[9, 9]")));
  }

  /// There XLA's CPU compiler (PJRT API 0.81) mixes up the memory of calls that are kept apart.
  @Test
  void nothingStaysApartInLoops() {
    String text =
        SAMPLER.replace("99", "9")
            + """
            func @body(%0: i32, %1: u32[9]) -> (u32[9]) {
              %2 = call %1 {callee = @f}
              %3 = call %2 {callee = @f}
              %4, %5 = threefry2x32 %3 %3 %3 %3
              return %4
            }

            func @main(%0: u32[9]) -> (u32[9]) {
              %1 = scan %0 {body = @body, length = 3, constants = 0, carries = 1, reverse = false, counted = false}
              return %1
            }

            entry @main("x") -> ("y")
            """;
    assertEquals(0, apart(text));
  }

  private static int apart(String text) {
    return EmittedText.count(EmittedText.of(text), "inlineable=\"false\"");
  }

  private static String chain(int count, String equation) {
    return IntStream.range(0, count)
            .mapToObj(i -> "  %" + (i + 1) + " = " + equation.formatted(i) + "\n")
            .collect(Collectors.joining())
        + "  return %"
        + count
        + "\n";
  }
}
