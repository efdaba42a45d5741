package org.girih.ir.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.op.FuncRef;
import org.girih.ir.program.Block;
import org.girih.ir.program.Entry;
import org.girih.ir.program.Func;
import org.girih.ir.program.Program;
import org.girih.ir.source.Source;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Elements;
import org.girih.ir.type.Literal;
import org.girih.ir.type.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TirTest {
  static final String SAMPLE =
      """
      func @f(%0: f32[3]) -> (f32[3]) {
        %1: f32[3] = sin %0
        %2: f32 = constant {value = f32 1.0}
        %3: f32[3] = broadcast %2 {dims = [3], axes = []}
        %4: f32[3] = add %1 %3
        return %4
      }

      func @"odd \\"name\\u000a"(%0: i32[2, 4], %1: f64[8, 4], %2: c64) -> (f64[2, 4, 4], c64) {
        %3: i32[2, 4] = reverse %0 {axes = [0, 1]}
        %4: i32[2, 4, 1] = reshape %3 {dims = [2, 4, 1]}
        %5: f64[2, 4, 4] = gather %1 %4 {windows = {indexed = [0], collapsed = [0], offset = [2]}, sizes = [1, 4]}
        %6: c64 = constant {value = c64 (0x7fc00001, -0.0)}
        %7: c64 = add %2 %6
        return %5, %7
      }

      func @empty() -> () {
        return
      }

      func @loop.2(%0: i32, %1: f32) -> (f32, f32) {
        %2: f32 = convert %0 {dtype = f32}
        %3: f32 = add %1 %2
        return %3, %2
      }

      func @more(%0: f32) -> (bool) {
        %1: bool = ne %0 %0
        return %1
      }

      func @twice(%0: f32) -> (f32) {
        %1: f32 = add %0 %0
        return %1
      }

      func @loops(%0: f32) -> (f32, f32[5]) {
        = call {callee = @empty}
        %1: f32, %2: f32[5] = scan %0 {body = @loop.2, length = 5, constants = 0, carries = 1, reverse = true, counted = false}
        %3: f32 = while %1 {condition = @more, body = @twice, constants = 0, max = none}
        %4: f32 = while %3 {condition = @more, body = @twice, constants = 0, max = 7}
        %5: f32[5] = cumulative %2 {monoid = max, axis = 0, reverse = false}
        return %4, %5
      }

      entry @f("x") -> ("")
      entry @loops("params.\\"0\\"") -> ("a", "b.0")
      """;

  private static Program read(String text) {
    var diagnostics = new Diagnostics();
    var program = TirParser.parse(new Source("test.tir", text), diagnostics);
    assertEquals(List.of(), diagnostics.all());
    return program.orElseThrow();
  }

  @Test
  void printsWhatItRead() {
    assertEquals(SAMPLE, TirPrinter.print(read(SAMPLE)));
  }

  @Test
  void readsWhatItPrinted() {
    Program program = read(SAMPLE);
    assertEquals(program, read(TirPrinter.print(program)));
    assertEquals(program, read(TirPrinter.printWithOrigins(program)));
  }

  @Test
  void originsArePlacesInTheText() {
    String text = TirPrinter.printWithOrigins(read(SAMPLE));
    assertTrue(text.contains("%4: f32[3] = add %1 %3  # test.tir:5:3"), text);
  }

  @Test
  void typesOfResultsMayBeLeftOut() {
    var bare =
        SAMPLE
            .lines()
            .map(l -> l.startsWith("  %") ? l.replaceAll(": [a-z0-9]+(\\[[0-9, ]+])?", "") : l)
            .collect(java.util.stream.Collectors.joining("\n"));
    assertTrue(bare.contains("%1, %2 = scan"), bare);
    assertEquals(read(SAMPLE), read(bare));
  }

  @Test
  void namesOfOpsAreDistinctAndSpelledAsTheOpsSay() {
    var names = OpForms.names();
    assertTrue(names.containsAll(List.of("add", "and", "reduce_bits", "log1p", "atan2", "le")));
    for (String name : names) {
      if (OpForms.of(name) instanceof OpForms.Form.Constant(var op)) {
        assertEquals(name, op.primitive());
      }
    }
    assertTrue(names.size() > 100, names.size() + " ops");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4",
        "n",
        "2 * n * m + n - 1",
        "-n + 3",
        "n // 2",
        "2 * (n // 2)",
        "(n + 1) // (m + 1)",
        "-(n // 2)",
        "(n // 2) * m",
        "max(m, n)",
        "min(2 * n, m + 1) + 4",
        "n * n",
        "µ + x1",
        "-m * (n // 2) - 3 * (n // 3)",
        "n // (m // 3)",
        "-n // 3 * m"
      })
  void sizesReadBack(String text) {
    var type = new ArrayType(DType.F32, List.of(size(text)));
    assertEquals(type.dim(0), size(type.dim(0).toString()), type.toString());
  }

  private static Dim size(String text) {
    return new DimReader(new TirScanner(new Source("size", text))).read();
  }

  @Test
  void sizesGroupAsPython() {
    var sizes = java.util.Map.of("n", 7L, "m", 3L);
    assertEquals(7, size("2 * n // 2").evaluate(sizes));
    assertEquals(6, size("2 * (n // 2)").evaluate(sizes));
    assertEquals(9, size("n // 2 * m").evaluate(sizes));
    assertEquals(-3, size("-(n // 2)").evaluate(sizes));
    assertEquals(1, size("n - m - m").evaluate(sizes));
    assertEquals(6, size("2 * (n // 2)").evaluate(sizes));
    assertEquals("2 * (n // 2)", size("2 * (n // 2)").toString());
    assertEquals("-(n // 2)", size("-(n // 2)").toString());
    assertEquals("(-n + m) // 2", size("(m - n) // 2").toString().replace("m - n", "-n + m"));
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void everyBitPatternOfALiteralReadsBack(DType dtype) {
    var random = new Random(42);
    int count = dtype.bits() <= 8 ? 256 : 2_000;
    byte[] bytes = new byte[count * dtype.bytes()];
    random.nextBytes(bytes);
    for (int i = 0; i < count && dtype.bits() <= 8; i++) {
      bytes[i] = Elements.of(dtype, dtype.floating() ? 0 : i)[0];
      bytes[i] = dtype.floating() ? (byte) i : bytes[i];
    }
    Literal literal = Literal.dense(ArrayType.of(dtype, count), bytes);
    assertEquals(literal, reread(literal));
    for (int i = 0; i < 20; i++) {
      Literal one = Literal.splat(ArrayType.of(dtype, 2, 3), literal.element(i));
      assertEquals(one, reread(one));
      Literal scalar = Literal.splat(ArrayType.scalar(dtype), literal.element(i));
      assertEquals(scalar, reread(scalar));
    }
    Literal none = Literal.dense(ArrayType.of(dtype, 0, 3), new byte[0]);
    assertEquals(none, reread(none));
  }

  private static Literal reread(Literal literal) {
    var text = new StringBuilder();
    LiteralText.print(text, literal);
    var diagnostics = new Diagnostics();
    var back = TirParser.parseLiteral(new Source("literal", text.toString()), diagnostics);
    assertEquals(List.of(), diagnostics.all());
    return back.orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "i8 128",
        "i8 -129",
        "u8 -1",
        "u8 256",
        "i4 8",
        "u4 16",
        "i32 1.5",
        "i32 nan",
        "f32 1e39",
        "f32 0x0",
        "f32 0x000000000",
        "f32 1f",
        "f32 0x1p3",
        "bool 1",
        "f8e4m3fn inf",
        "f8e4m3fn 1000.0",
        "f16 70000.0",
        "c64 1.0",
        "c64 (1.0)",
        "f32[2] [1.0]",
        "f32[2] [1.0, 2.0, 3.0]",
        "f32[2] 1.0",
        "f32[] 1.0",
        "f33 1.0",
        "f32[n] splat 1.0",
        "f32[-1] splat 1.0",
        "f32 1.0 2.0",
        "i64 9223372036854775808",
        "f32",
        "f32[4294967296, 4294967296] []",
        "i32 99999999999999999999999999999999"
      })
  void refusesElementsThatTheDtypeDoesNotHold(String text) {
    var diagnostics = new Diagnostics();
    assertTrue(TirParser.parseLiteral(new Source("literal", text), diagnostics).isEmpty());
    assertEquals(Code.BAD_TIR, diagnostics.all().getFirst().code());
  }

  /// Wrong text, and part of what is said of it.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "x | expecting `func` or `entry`, found `x`",
        "func @f() -> () { return | expecting `}`, found the end",
        "func @f() -> () { return } func @f() -> () { return } | @f is defined twice",
        "func @f(%1: f32) -> () { return } | expected the id %0, got %1",
        "func @f(%0: f32) -> () { %1: f32 = sin %1\n return } | %1 is not defined",
        "func @f(%0: f32) -> () { %1: f32 = sine %0\n return } | no op is called sine",
        "func @f(%0: f32) -> () { %1: f32 = convert %0\n return } | expecting `{`",
        "func @f(%0: f32) -> () { %1: f32 = convert %0 {}\n return } | expecting an attribute",
        "func @f(%0: f32) -> () { %1: f32 = reduce %0 {axes = []}\n return } | monoid is missing",
        "func @f(%0: f32) -> () { %1: f32 = convert %0 {dtype = f33}\n return } | f33 is not one of",
        "func @f(%0: f32) -> () { %1: f32 = add %0\n return } | expected 2 operands, got 1",
        "func @f(%0: f32) -> () { %1: f64 = sin %0\n return } | expected [f32], got [f64]",
        "func @f(%0: f32) -> (f64) { return %0 } | results of @f are [f32], not [f64]",
        "func @f(%0: f32) -> () { %1: i32[1] = sort %0 {axis = 99999999999, descending = false}\n"
            + "return } | beyond 32 bits",
        "func @f(%0: f32) -> () { = call {callee = @f}\n return } | @f is not defined before",
        "func @f(%0: f32) -> () { %1 = call {callee = @g}\n return } | @g is not defined before",
        "func @f(%0: f32[n]) -> () { return } | parameter",
        "entry @f() -> () | an entry without function",
        "func @f(%0: f32[n // 0]) -> () { return } | division by zero",
        "func @f(%0: f32[9999999999999999999]) -> () { return } | beyond 64 bits",
        "func @f(%0: f32[2 - 3]) -> () { return } | a negative size",
        "entry @\"f() -> () | a string that does not end",
        "entry @f(\"\\q\") -> () | an unknown escape"
      })
  void refusesAndSaysWhy(String example) {
    int bar = example.lastIndexOf(" | ");
    var diagnostics = new Diagnostics();
    var source = new Source("test.tir", example.substring(0, bar));
    String message = example.substring(bar + 3);
    assertTrue(TirParser.parse(source, diagnostics).isEmpty());
    var found = diagnostics.all().getFirst();
    assertEquals(Code.BAD_TIR, found.code());
    assertTrue(found.message().contains(message), found.message());
    assertTrue(found.span().isPresent());
  }

  @Test
  void deepAndWideTextsAreRefusedQuickly() {
    String deep = "(".repeat(100_000) + "n" + ")".repeat(100_000);
    String wide = "(a + b + c + d)" + " * (a + b + c + d)".repeat(1_000);
    String rank = "1" + ", 1".repeat(300);
    String maxima = "max(a, ".repeat(1000) + "b" + ")".repeat(1000);
    for (String sizes : List.of(deep, wide, rank, maxima, "n" + " * n".repeat(5_000))) {
      var diagnostics = new Diagnostics();
      var source = new Source("test.tir", "func @f(%0: f32[" + sizes + "]) -> () { return }");
      assertTrue(TirParser.parse(source, diagnostics).isEmpty());
      assertEquals(1, diagnostics.errorCount());
    }
  }

  /// Random damage: each text gives a program or a diagnostic, never an exception.
  @Test
  void noTextMakesItThrow() {
    var random = new Random(7);
    String alphabet = "%@{}[]()=,:-+*/\"\\ \n#0123456789abcnfx._" + SAMPLE;
    for (int i = 0; i < 20_000; i++) {
      var text = new StringBuilder(SAMPLE);
      for (int j = random.nextInt(4); j >= 0; j--) {
        int at = random.nextInt(Math.max(1, text.length()));
        int end = Math.min(text.length(), at + 1 + random.nextInt(random.nextBoolean() ? 3 : 40));
        switch (random.nextInt(4)) {
          case 0 -> text.delete(at, end);
          case 1 -> text.insert(at, alphabet.charAt(random.nextInt(alphabet.length())));
          case 2 -> text.insert(random.nextInt(text.length() + 1), text.substring(at, end));
          default -> text.setLength(at);
        }
      }
      var diagnostics = new Diagnostics();
      var program = TirParser.parse(new Source("fuzz.tir", text.toString()), diagnostics);
      assertEquals(program.isEmpty(), diagnostics.hasErrors(), text.toString());
      program.ifPresent(p -> assertEquals(p, read(TirPrinter.print(p))));
    }
  }

  @Test
  void printsAndReadsAHundredThousandEquations() {
    var text = new StringBuilder("func @f(%0: f32) -> (f32) {\n");
    for (int i = 1; i <= 100_000; i++) {
      text.append("  %" + i + ": f32 = add %" + (i - 1) + " %" + (i / 2) + "\n");
    }
    text.append("  return %100000\n}\n");
    assertEquals(text.toString(), TirPrinter.print(read(text.toString())));
  }

  @Test
  void donationsPrintAndRead() {
    String text =
        """
        func @f(%0: f32, %1: f32) -> (f32) {
          return %0
        }

        entry @f("x", "y" donated to 0) -> ("")
        """;
    assertEquals(text, TirPrinter.print(read(text)));
    assertEquals(Map.of(1, 0), read(text).entries().getFirst().donated());
    refused(text.replace("(\"\")", "(\"\" donated to 0)"));
    refused(text.replace("donated to 0", "donated to 99999999999"));
    refused(text.replace("donated to 0", "donated 0"));
  }

  private static void refused(String text) {
    var diagnostics = new Diagnostics();
    TirParser.parse(new Source("f.tir", text), diagnostics);
    assertTrue(diagnostics.hasErrors(), text);
  }

  @Test
  void aSymbolicProgramPrintsAndReads() {
    Dim n = Dim.name("n");
    var value = new Value(0, new ArrayType(DType.F32, List.of(n, n.times(2).plus(1))));
    var func = new Func(new FuncRef("f"), new Block(List.of(value), List.of(), List.of(value)));
    var program =
        Program.of(List.of(func), List.of(new Entry(func.ref(), List.of("x"), List.of(""))));
    var diagnostics = new Diagnostics();
    var source = new Source("n.tir", TirPrinter.print(program));
    assertEquals(program, TirParser.parseUnchecked(source, diagnostics).orElseThrow());
    assertFalse(diagnostics.hasErrors());
  }
}
