package org.girih.cli.docs.tiny;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.girih.cli.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The tiny compiler differentiates rightly: by hand, and as the compiler itself does.
class TinyTest {
  private static double[] run(String text) {
    return Interpreter.run(Elaborator.main(new Parser(text).tree()));
  }

  @Test
  void derivativesByHand() {
    String f = "def f(x) = x * sin(x)\nprint";
    double x = 2;
    double first = Math.sin(x) + x * Math.cos(x);
    double second = 2 * Math.cos(x) - x * Math.sin(x);
    assertArrayEquals(new double[] {x * Math.sin(x)}, run(f + "(f(2.0))"), 1e-12);
    assertArrayEquals(new double[] {first}, run(f + "(grad(f)(2.0))"), 1e-12);
    assertArrayEquals(new double[] {second}, run(f + "(grad(grad(f))(2.0))"), 1e-12);
    assertArrayEquals(new double[] {0}, run("def f(x) = 3\nprint(grad(f)(2.0))"), 0);
  }

  /// The tangent is the limit of differences.
  @Test
  void tangents() {
    Func f = Elaborator.main(new Parser("def f(x) = sum(x * sin(x))\nprint(f([1, 2]))").tree());
    assertArrayEquals(new double[] {Math.sin(1) + 2 * Math.sin(2)}, Interpreter.run(f), 1e-12);
    var b = new Func.Builder();
    Func.Value x = b.param(List.of());
    Func g = b.build(b.emit(Op.Pointwise.MULTIPLY, x, b.emit(Op.Pointwise.COSINE, x)));
    double step = 1e-6;
    double limit =
        (Interpreter.run(g, new double[] {1 + step})[0]
                - Interpreter.run(g, new double[] {1 - step})[0])
            / (2 * step);
    double[] got = Interpreter.run(Transformations.jvp(g), new double[] {1}, new double[] {3});
    assertArrayEquals(new double[] {3 * limit}, got, 1e-8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "def f(x) = x * sin(x)\nprint(grad(f)(2.0))\n",
        "def f(x) = sum(x * sin(x) - 2.0 * cos(x))\nprint(grad(f)([0.0, 1.0, 2.0]))\n",
        "def g(x, y) = x * y + x\ndef f(x) = g(sin(x), 3.0) * x\nprint(grad(grad(grad(f)))(0.5))\n",
        "def norm(x) = sum(x * x)\ndef f(c) = norm(c * [1.0, 2.0])\nprint(grad(f)(0.25))\n"
      })
  void asTheCompiler(String text, @TempDir Path folder) throws IOException {
    Session session =
        Session.run("run", Files.writeString(folder.resolve("f.girih"), text).toString());
    assertEquals(0, session.code(), session.err());
    String[] words = session.out().replaceAll("[\\[\\]]", " ").strip().split("\\s+");
    double[] got = run(text);
    assertEquals(words.length, got.length, session.out());
    for (int i = 0; i < got.length; i++) {
      assertEquals(Double.parseDouble(words[i]), got[i], 1e-5);
    }
  }

  @Test
  void mistakes() {
    assertEquals("`y` is not defined", wrong("def f(x) = y\nprint(f(1))"));
    assertEquals("expected ), got the end", wrong("print((1"));
    assertEquals("expected ), got the end", wrong("print(f("));
    assertEquals("`the end` is not defined", wrong("print"));
    assertEquals("expected ), got $", wrong("print(1 $ 2)"));
    assertEquals("`g` is not a function of 1", wrong("print(g(1))"));
    assertEquals("`sum` is not a function of 2", wrong("print(sum(1, 2))"));
    assertEquals("`f` is not a function of 2", wrong("def f(x) = x\nprint(f(1, 2))"));
    assertEquals("sizes [[2], [3]] differ", wrong("print([1, 2] + [1, 2, 3])"));
    assertEquals(
        "`grad` expects a scalar, got [2]", wrong("def f(x) = 2 * x\nprint(grad(f)([1, 2]))"));
  }

  private static String wrong(String text) {
    return assertThrows(IllegalArgumentException.class, () -> run(text)).getMessage();
  }
}
