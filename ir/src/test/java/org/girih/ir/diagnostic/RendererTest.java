package org.girih.ir.diagnostic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.girih.ir.diagnostic.Diagnostic.Frame;
import org.girih.ir.source.Source;
import org.girih.ir.source.Span;
import org.junit.jupiter.api.Test;

/// Expected texts are written by hand from the example at the end of the language's description.
class RendererTest {
  private static final Source MLP =
      new Source(
          "mlp.girih",
          """
          # a
          def predict(params, inputs) {
            let (outputs, _) = loop (outputs = inputs, h = inputs) for (w, b) in params {
              let outputs = h @ w + b
              (outputs, tanh(outputs))
            }
            outputs
          }

          def loss(params, (inputs, targets)) = sum((predict(params, inputs) - targets) ** 2)
          """);

  private static Span span(Source source, String text) {
    return span(source, text, 0);
  }

  private static Span span(Source source, String text, int after) {
    int start = source.text().indexOf(text, after);
    assertTrue(start >= 0, text);
    return new Span(source, start, start + text.length());
  }

  private static void assertRendered(String expected, Diagnostic diagnostic) {
    assertRendered(expected, 100, diagnostic);
  }

  private static void assertRendered(String expected, int width, Diagnostic diagnostic) {
    assertEquals(expected, new Renderer(false, width).render(diagnostic));
  }

  @Test
  void theExampleOfTheLanguage() {
    int line = MLP.lineStart(4);
    assertRendered(
        """
        error[E0103]: matrix product of f32[16, 4] and f32[5, 3]: contracted sizes 4 and 5 differ
          --> mlp.girih:4:21
           |
         4 |     let outputs = h @ w + b
           |                   ^ ^ ^ f32[5, 3]
           |                   f32[16, 4]
           = in predict(params: ((f32[5, 3], f32[3]),), inputs: f32[16, 4])
             called from loss at mlp.girih:10:44
           = help: run `girih explain E0103`
        """,
        Diagnostic.error(
                Code.CONTRACTED_SIZES_DIFFER,
                span(MLP, "@", line),
                "matrix product of f32[16, 4] and f32[5, 3]: contracted sizes 4 and 5 differ")
            .label(span(MLP, "h", line), "f32[16, 4]")
            .label(span(MLP, "w", line), "f32[5, 3]")
            .trace(
                List.of(
                    new Frame(
                        "predict(params: ((f32[5, 3], f32[3]),), inputs: f32[16, 4])",
                        Optional.of(span(MLP, "predict(p", MLP.lineStart(10))),
                        Optional.of("loss")))));
  }

  @Test
  void threeTextsInOneLineAreJoinedToTheirCarets() {
    var source = new Source("t", "aa + bb + cc");
    assertRendered(
        """
        error[E0102]: they differ
          --> t:1:1
           |
         1 | aa + bb + cc
           | ^^   ^^   ^^ third
           | |    second
           | first
           = help: make them equal
           = help: run `girih explain E0102`
        """,
        Diagnostic.error(Code.SHAPES_DO_NOT_BROADCAST, span(source, "aa"), "they differ")
            .primary("first")
            .label(span(source, "bb"), "second")
            .label(span(source, "cc"), "third")
            .help("make them equal"));
  }

  @Test
  void linesThatAreFarApart() {
    var source = new Source("t", "let a = 1\n\nlet b = 2\n\n\n\n\n\n\nlet a = 3\n");
    assertRendered(
        """
        error[E0202]: `a` is defined twice
           --> t:10:5
            |
          1 | let a = 1
            |     ^ first here
          2 |
          3 | let b = 2
            |     ^ not this
        ...
         10 | let a = 3
            |     ^ again here
            = help: run `girih explain E0202`
        """,
        Diagnostic.error(Code.DEFINED_TWICE, span(source, "a", 15), "`a` is defined twice")
            .primary("again here")
            .label(span(source, "a"), "first here")
            .label(span(source, "b"), "not this"));
  }

  @Test
  void aSpanOfSeveralLines() {
    var source = new Source("t", "let x = f(\n  1,\n  2,\n  3\n) + 1\n");
    assertRendered(
        """
        warning[E0116]: both are stretched
          --> t:1:9
           |
         1 | let x = f(
           |         ^^
        ...
         5 | ) + 1
           | ^ f32[3]
           = help: run `girih explain E0116`
        """,
        Diagnostic.warning(
                Code.BOTH_SIDES_STRETCHED,
                span(source, "f(\n  1,\n  2,\n  3\n)"),
                "both are stretched")
            .primary("f32[3]"));
  }

  @Test
  void severalFiles() {
    var one = new Source("one.girih", "import \"two.girih\" as two\nprint(two.f(1))");
    var two = new Source("lib/two.girih", "\n".repeat(11) + "def f(x: bool) = x");
    assertRendered(
        """
        error[E0111]: f takes bool, not i32
          --> one.girih:2:13
            |
          2 | print(two.f(1))
            |             ^ i32
          ::: lib/two.girih:12:7
            |
         12 | def f(x: bool) = x
            |       ^^^^^^^ declared here
            = help: run `girih explain E0111`
        """
            .replace("  -->", "   -->")
            .replace("  :::", "   :::"),
        Diagnostic.error(Code.ANNOTATION_DIFFERS, span(one, "1"), "f takes bool, not i32")
            .primary("i32")
            .label(span(two, "x: bool"), "declared here"));
  }

  @Test
  void wideCharactersAndTabs() {
    var source = new Source("t", "\tprint(\"行列 é\", x)\r\n");
    assertRendered(
        """
        error[E0201]: unknown name `x`
          --> t:1:16
           |
         1 |     print("行列 é", x)
           |                     ^ not bound
           = help: run `girih explain E0201`
        """,
        Diagnostic.error(Code.UNKNOWN_NAME, span(source, "x"), "unknown name `x`")
            .primary("not bound"));
  }

  @Test
  void aLongLineIsCutAroundTheLabel() {
    var source =
        new Source(
            "t", "let total = first + second + third + fourth + fifth + missing + sixth + last");
    assertRendered(
        """
        error[E0201]: unknown name `missing`
          --> t:1:55
           |
         1 | …d + fourth + fifth + missing + si…
           |                       ^^^^^^^
           |                      not bound here
           = help: run `girih explain E0201`
        """,
        40,
        Diagnostic.error(Code.UNKNOWN_NAME, span(source, "missing"), "unknown name `missing`")
            .primary("not bound here"));
  }

  @Test
  void aLineOfTenMillionCharactersIsCut() {
    var source = new Source("t", "x + ".repeat(2_500_000) + "!");
    String text =
        new Renderer(false, 40)
            .render(Diagnostic.error(Code.BAD_CHARACTER, span(source, "!"), "no"));
    assertEquals(
        """
        error[E0002]: no
          --> t:1:10000001
           |
         1 | … x + x + x + x + x + x + x + x + !
           |                                   ^
           = help: run `girih explain E0002`
        """,
        text);
  }

  @Test
  void theEndOfTheFileAndAnEmptySpan() {
    var source = new Source("t", "let x =\n");
    assertRendered(
        """
        error[E0001]: unexpected end
          --> t:1:8
           |
         1 | let x =
           |        ^
           = help: run `girih explain E0001`
        """,
        Diagnostic.error(Code.SYNTAX, new Span(source, 7, 7), "unexpected end"));
    assertRendered(
        """
        error[E0001]: unexpected end
          --> t:2:1
           |
         2 |
           | ^
           = help: run `girih explain E0001`
        """,
        Diagnostic.error(Code.SYNTAX, new Span(source, 8, 8), "unexpected end"));
  }

  @Test
  void anErrorWithoutAPlace() {
    assertRendered(
        """
        error[E0701]: there is no plugin
           = help: run `girih plugin install`
           = help: run `girih explain E0701`
        """,
        Diagnostic.error(Code.NO_PLUGIN, "there is no plugin").help("run `girih plugin install`"));
  }

  @Test
  void coloursOnlyWhenAskedFor() {
    var source = new Source("t", "a b");
    var error = Diagnostic.error(Code.SYNTAX, span(source, "b"), "no").primary("this");
    String plain = new Renderer(false, 80).render(error);
    String coloured = new Renderer(true, 80).render(error);
    assertTrue(plain.indexOf('\u001b') < 0);
    assertTrue(coloured.startsWith("\u001b[1;31merror[E0001]\u001b[0m"));
    assertEquals(plain, coloured.replaceAll("\u001b\\[[0-9;]*m", ""));
  }

  @Test
  void controlCharactersDoNotReachTheTerminal() {
    var source = new Source("t", "let \u001b[31m = 1");
    String text =
        new Renderer(false, 80)
            .render(Diagnostic.error(Code.BAD_CHARACTER, span(source, "\u001b"), "no"));
    assertTrue(text.contains("1 | let \\u{1b}[31m = 1"));
    assertTrue(text.indexOf('\u001b') < 0);
    var reversed = new Source("t", "a \u202e b");
    String other =
        new Renderer(false, 80)
            .render(Diagnostic.error(Code.BAD_CHARACTER, span(reversed, "\u202e"), "no"));
    assertTrue(other.contains("1 | a \\u{202e} b\n   |   ^^^^^^^^\n"));
  }

  @Test
  void aJoinerOfEmojiStaysAndOneInANameIsSeen() {
    var source = new Source("t", "f(\"👩\u200d💻\", a\u200db)");
    String text =
        new Renderer(false, 80).render(Diagnostic.error(Code.SYNTAX, span(source, "b)"), "no"));
    assertTrue(text.contains("1 | f(\"👩\u200d💻\", a\\u{200d}b)\n"), text);
  }

  /// Each place of a diagnostic that text can get into.
  @Test
  void nothingUnseenIsRenderedFromAnywhere() {
    String bad = "\u001b[2J\u0085\u007f\u202e\u2066\u200b\u2028\ud800\u3164\r\n";
    String good =
        "\\u{1b}[2J\\u{85}\\u{7f}\\u{202e}\\u{2066}\\u{200b}\\u{2028}\\u{d800}\\u{3164}\\r\\n";
    var source = new Source("file" + bad, "x " + bad.strip());
    var at = new Span(source, 0, 1);
    var frame = new Diagnostic.Frame("f" + bad, Optional.of(at), Optional.of("caller" + bad));
    String text =
        new Renderer(false, 400)
            .render(
                Diagnostic.error(Code.SYNTAX, at, "message" + bad)
                    .primary("primary" + bad)
                    .label(at, "label" + bad)
                    .trace(List.of(frame))
                    .help("help" + bad));
    assertTrue(text.lines().count() < 12, text);
    assertTrue(text.codePoints().noneMatch(c -> c != '\n' && Visible.hidden(c)), text);
    for (String each : List.of("message", "primary", "label", "in f", "caller", "help", "file")) {
      assertTrue(text.contains(each + good), each + " in " + text);
    }
  }

  @Test
  void aLongNameIsCutInTheMiddle() {
    var source = new Source("t", "x");
    String text =
        new Renderer(false, 80)
            .render(
                Diagnostic.error(
                    Code.UNKNOWN_NAME, span(source, "x"), "`" + "é".repeat(1_000_000) + "z` is 1"));
    assertEquals(
        "error[E0201]: `" + "é".repeat(59) + "…" + "é".repeat(19) + "z` is 1",
        text.lines().findFirst().orElseThrow());
  }

  /// A line of a list stands below its message; text from outside begins no line.
  @Test
  void onlyIndentedLinesGoOn() {
    String text =
        new Renderer(false, 80)
            .render(Diagnostic.error(Code.CANNOT_READ, "both:\n  a\n  b\nerror[E0001]: c\n d"));
    assertEquals(
        "error[E0601]: both:\n  a\n  b\\nerror[E0001]: c\\n d\n",
        text.substring(0, text.indexOf("   =")));
  }
}
