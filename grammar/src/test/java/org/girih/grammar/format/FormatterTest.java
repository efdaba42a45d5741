package org.girih.grammar.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.source.Source;
import org.junit.jupiter.api.Test;

class FormatterTest {
  private static Optional<String> formatted(String text) {
    return Formatter.format(new Source("f.girih", text), new Diagnostics());
  }

  private static void assertFormats(String expected, String text) {
    assertEquals(expected, formatted(text).orElseThrow());
    assertEquals(expected, formatted(expected).orElseThrow());
  }

  @Test
  void spacesBetweenTokens() {
    assertFormats(
        """
        import nn, "a.girih" as a
        mesh (data = 4, model = 2)
        type T[n] = {w: f32[2 * n, n @ data], ...} or none
        @jvp(f) def g[t: float, ...b](x: t[...b], *rest, axis: int = -1) -> t = -x ** 2 @ ~y
        let {a, b = (c,), ...} = x[1:, ..., ::2, -1:i + 1] with [0] max= 3
        print(not a, f(x)(1).b[0], {r with a.b = 1}, {}, (), [e for i in 0..n, j in s if c])
        """,
        """
        import  nn ,"a.girih"  as  a
        mesh(data=4,model=2)
        type T [n]={ w :f32 [2*n,n@data],... }or none
        @ jvp (f)  def g[ t:float,... b ](x:t [...b],* rest,axis:int=- 1)->t=- x**2@~ y
        let{a,b=(c, ),...}=x [1 :,...,: :2,-1:i+1]with[0]max =3
        print( not a,f (x)( 1 ) . b [0],{ r with a . b=1 },{ },( ),[ e for i in 0 .. n,j in s if c ])
        """);
  }

  @Test
  void blocks() {
    assertFormats(
        """
        def f(x) {
          let y = x
          y
        }
        for i in 0..3 { print(i) }
        if a {
          print(1)
        } else if b { print(2) } else {
          print(3)
        }
        let z = match a { 1 | 2 -> b, _ -> c }
        let u = match a {
          1 -> b
          _ -> { d }
        }
        test "t" {}
        """,
        """
        def f(x) { let y = x
        y }
        for i in 0..3 {print(i)}
        if a { print(1)
        }
        else if b { print(2) } else { print(3)
        }
        let z = match a {1|2->b,_->c}
        let u = match a {1->b
          _->{d}}
        test "t" {
        }
        """);
  }

  @Test
  void lineBreaksOfTheUserStay() {
    assertFormats(
        """
        let a = [[1, 2],
          [3, 4]]
        let b = f(
          1, 2,
          x -> {
            let y = x
            y
          }
        )
        let c = x
          |> f
          |> g(
            1)
        let d = a +
          b
        let e = (a +
          b)
        let f = if a then b
          else c
        """,
        """
        let a = [[1, 2],
                 [3, 4]]
        let b = f(
            1, 2,
        x -> { let y = x
               y }
            )
        let c = x |>
           f
          |> g(
                1)
        let d = a +
        b
        let e = (a
              + b)
        let f = if a then b
             else c
        """);
  }

  @Test
  void otherLineBreaksGo() {
    assertFormats(
        """
        let f =
          g(x, a.b, -1)[0]
        import nn, optim
        """,
        """
        let
          f =
        g(x
          , a.
            b, -
            1)[0
            ]
        import
          nn, optim
        """);
  }

  @Test
  void longLinesAreBrokenOutermostFirst() {
    assertFormats(
        """
        def scores(layers, x) =
          tanh(x @ layers.hidden.weights + layers.hidden.bias) @ layers.output.weights + layers.output.bias
        let actions = where(explore, random.randint(choice_key, (carts,), 0, 2),
          greedy(variables, world.state))
        def standardize[t: real, f: float, ...b, n](x: t[...b, n], axis: axes = -1, mean = none,
            variance = none, epsilon = 1e-5, where = none) -> f[...b, n] {
          if axes == none then standardize(x, 0, 1, mean, variance, epsilon, where) + standardize(x, y)
          else x
        }
        assert all(abs(first - second) < 0.0001) and all(abs(first - third) < 0.0001) and
          all(abs(second - third) < 0.0001), "they differ"
        """,
        """
        def scores(layers, x) = tanh(x @ layers.hidden.weights + layers.hidden.bias) @ layers.output.weights + layers.output.bias
        let actions = where(explore, random.randint(choice_key, (carts,), 0, 2), greedy(variables, world.state))
        def standardize[t: real, f: float, ...b, n](x: t[...b, n], axis: axes = -1, mean = none, variance = none, epsilon = 1e-5,
            where = none) -> f[...b, n] {
          if axes == none then standardize(x, 0, 1, mean, variance, epsilon, where) + standardize(x, y) else x
        }
        assert all(abs(first - second) < 0.0001) and all(abs(first - third) < 0.0001) and all(abs(second - third) < 0.0001), "they differ"
        """);
  }

  @Test
  void aLongListIsFilledAgain() {
    String row = "1.5, ".repeat(20).strip();
    String text = "let x = [" + (row + "\n  ").repeat(2) + "1.5]\n";
    String full = "1.5, ".repeat(18).strip();
    assertFormats(
        "let x = ["
            + full
            + "\n  "
            + "1.5, ".repeat(19).strip()
            + "\n  "
            + "1.5, ".repeat(3)
            + "1.5]\n",
        text);
  }

  @Test
  void columnsBeginWithALine() {
    assertFormats(
        """
        let x = [
          [1, 2],
          [3, 4],
          [5, 6],
          [7, 8]]
        let y = {x with
          a = 1,
          b = 2,
          c = 3,
          d = 4}
        """,
        """
        let x = [[1, 2],
                 [3, 4],
                 [5, 6],
                 [7, 8]]
        let y = {x with a = 1,
          b = 2,
          c = 3,
          d = 4}
        """);
  }

  @Test
  void commasAtTheEndOfAListGo() {
    assertFormats(
        """
        let (x,) = f(a, (b,), [c], {d})
        let y = f(
          a,
          b,
        )
        """,
        """
        let (x,) = f(a, (b,), [c,], {d,},)
        let y = f(
          a,
          b,
        )
        """);
  }

  @Test
  void commentsStay() {
    assertFormats(
        """
        # head

        ## The first.
        let a = 1      # one
        let bc = 2     # two
        let long = [1, 2, 3, 4]  # three
        def f(x) {  # four
          # five

          # six
          let y = g(x,  # seven
            # eight
            1
            # nine
          )
          y +  # ten
            1
          # eleven
        }

        # last
        """,
        """


        # head


        ## The first.
        let a=1        # one
        let bc= 2      # two
        let long=[1,2,3,4]# three
        def f(x) {  # four

          # five

          # six
          let y = g(x,  # seven
          # eight
              1
                  # nine
              )
          y +  # ten
            1
              # eleven

        }


        # last

        """);
  }

  @Test
  void commentsKeepTheirColumn() {
    assertFormats("let a = 1    # x\n", "let a=1      # x\n");
    assertFormats("let a = f(1, 2)  # x\n", "let a=f(1,2)# x\n");
    assertFormats("let s = \"😀\"   # x\n", "let s=\"😀\"     # x\n");
  }

  @Test
  void lineEndsAndTabsAndMarks() {
    assertFormats(
        "def f(x) {\n  # 😀\n\n  x\n}\n", "def f(x)\t{\r\n\t# 😀 \t\r\n\r\n\t\tx\r\n}\r\n\r\n");
    assertFormats("print(1)\n", "print(1)");
    assertFormats("", "");
    assertFormats("", " \n\n\t\n");
    assertFormats("# only\n", "\n  # only");
  }

  @Test
  void widthsAreInCodePoints() {
    String text = "let x = f(\"" + "😀".repeat(73) + "\", 1234, 56789)\n";
    assertEquals(99, text.codePointCount(0, text.length() - 1));
    assertFormats(text, text);
  }

  @Test
  void literalsStay() {
    String text = "print(0xFF, 1_000, 1e-05, 1.50, \"\\u{1f600} {x+1:.3f} # {{\")\n";
    assertFormats(text, text);
  }

  @Test
  void dotsStayApart() {
    assertFormats("let x = [i for i in 0.. ...]\n", "let x = [i for i in 0.. ...]\n");
  }

  @Test
  void halfFilesAreFormattedOrRefused() {
    String text =
        "## Doc.\ndef f[n](x: f32[n], y = {a = 1}) -> f32 {\n  let z = match x { 1 -> 2, _ -> "
            + "loop s = 0 for i in 0..3 { s + i } } # note\n  \"a {z:.3f}\" |> g\n}\n";
    for (int i = 0; i <= text.length(); i++) {
      var diagnostics = new Diagnostics();
      Optional<String> out =
          Formatter.format(new Source("f.girih", text.substring(0, i)), diagnostics);
      assertNotEquals(out.isPresent(), diagnostics.hasErrors());
    }
  }

  @Test
  void whatNestsDeep() {
    assertTrue(formatted("let x = " + "(".repeat(480) + "1" + ")".repeat(480)).isPresent());
    assertTrue(formatted("let x = " + "[1, ".repeat(480) + "1" + "]".repeat(480)).isPresent());
    assertTrue(formatted("let x = " + "y -> ".repeat(480) + "1").isPresent());
    assertTrue(formatted("let x = " + "if a then b else ".repeat(20_000) + "1").isPresent());
    assertTrue(formatted("let x = " + "a + ".repeat(100_000) + "1").isPresent());
    assertTrue(formatted("let x = " + "(".repeat(5_000) + "1" + ")".repeat(5_000)).isEmpty());
  }

  @Test
  void fiveMegabytes() {
    String line = "let x = f(1,2 , [3,4], a + b*c) # note\n";
    String expected = "let x = f(1, 2, [3, 4], a + b * c)  # note\n";
    int count = (5 << 20) / line.length();
    assertEquals(expected.repeat(count), formatted(line.repeat(count)).orElseThrow());
    String list = "let x = [" + "1.5,".repeat(250_000) + "2]\n";
    assertTrue(formatted(list).orElseThrow().lines().allMatch(l -> l.length() <= Lines.WIDTH));
  }
}
