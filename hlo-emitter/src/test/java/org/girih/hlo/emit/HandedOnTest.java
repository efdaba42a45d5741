package org.girih.hlo.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a call that stays apart, or both branches, only hand on is the caller's own operand.
final class HandedOnTest {
  @ParameterizedTest
  @CsvSource({
    // Both hand on the first, both the second, each another, one computes.
    "%0, %0, x",
    "%1, %1, y",
    "%0, %1, conditional",
    "%0, %2, conditional",
    "%2, %0, conditional",
  })
  void resultsOfBranches(String then, String otherwise, String result) {
    String text =
        EmittedText.of(
            """
            func @then(%0: f32[2], %1: f32[2]) -> (f32[2], f32[2]) {
              %2 = sin %0
              return THEN, %2
            }

            func @otherwise(%0: f32[2], %1: f32[2]) -> (f32[2], f32[2]) {
              %2 = cos %1
              return OTHERWISE, %2
            }

            func @main(%0: bool, %1: f32[2], %2: f32[2]) -> (f32[2], f32[2]) {
              %3, %4 = cond %0 %1 %2 {then = @then, otherwise = @otherwise}
              return %3, %4
            }

            entry @main("p", "x", "y") -> ("a", "b")
            """
                .replace("THEN", then)
                .replace("OTHERWISE", otherwise));
    String root = root(text);
    switch (result) {
      case "x" -> assertTrue(root.startsWith("%parameter.2, "), text);
      case "y" -> assertTrue(root.startsWith("%parameter.3, "), text);
      default ->
          assertTrue(root.matches("%get-tuple-element\\.\\d+, %get-tuple-element\\.\\d+"), text);
    }
    assertEquals(1, EmittedText.count(text, " conditional("), text);
  }

  @Test
  void branchesThatOnlyHandOnAreNone() {
    String text =
        EmittedText.of(
            """
            func @f(%0: f32[2], %1: f32[2]) -> (f32[2]) {
              return %1
            }

            func @main(%0: bool, %1: f32[2], %2: f32[2]) -> (f32[2]) {
              %3 = cond %0 %1 %2 {then = @f, otherwise = @f}
              %4 = sin %3
              return %4
            }

            entry @main("p", "x", "y") -> ("a")
            """);
    assertEquals(0, EmittedText.count(text, " conditional("), text);
    assertTrue(text.contains("sine(%parameter.3)"), text);
  }

  /// A sampler that is called twice stays apart; its third result is its first.
  @Test
  void resultsOfCallsThatStayApart() {
    String text = EmittedText.of(calls("%1, %2, %1, %0"));
    assertEquals(2, EmittedText.count(text, "inlineable=\"false\""), text);
    Matcher root =
        Pattern.compile(
                "(%get-tuple-element\\.\\d+), (%get-tuple-element\\.\\d+), \\1, %parameter\\.\\d+")
            .matcher(root(text));
    assertTrue(root.matches(), text);
  }

  /// A call of what computes nothing is no call.
  @Test
  void callsThatOnlyHandOnAreNone() {
    String text = EmittedText.of(calls("%0, %0, %0, %0"));
    assertEquals(0, EmittedText.count(text, " call("), text);
    assertTrue(root(text).matches("(%parameter\\.\\d+), \\1, \\1, \\1"), text);
  }

  private static String calls(String results) {
    return """
    func @f(%0: u32[99]) -> (u32[99], u32[99], u32[99], u32[99]) {
      %1, %2 = threefry2x32 %0 %0 %0 %0
      return RESULTS
    }

    func @main(%0: u32[99]) -> (u32[99], u32[99], u32[99], u32[99]) {
      %1, %2, %3, %4 = call %0 {callee = @f}
      %5, %6, %7, %8 = call %0 {callee = @f}
      return %5, %6, %7, %8
    }

    entry @main("x") -> ("a", "b", "c", "d")
    """
        .replace("RESULTS", results);
  }

  /// Returns the operands of the entry's root.
  private static String root(String text) {
    Matcher root =
        Pattern.compile("ROOT [^\n]* tuple\\(([^)]*)\\)")
            .matcher(text.substring(text.indexOf("ENTRY")));
    assertTrue(root.find(), text);
    return root.group(1);
  }
}
