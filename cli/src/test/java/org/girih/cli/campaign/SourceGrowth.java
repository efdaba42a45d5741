package org.girih.cli.campaign;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.girih.grammar.elaborate.Elaborator;

/// Programs grown from the language's own rules: well formed most of the time, well typed now and
/// then.
final class SourceGrowth {
  private static final List<String> PUBLIC = List.copyOf(Elaborator.publicNames());
  private static final List<String> BINARY =
      List.of("+", "-", "*", "/", "//", "%", "**", "@", "==", "<", ">=", "and", "or", "&", "<<");
  private static final List<String> NUMBERS =
      List.of("0", "1", "2", "-1", "3", "0.5", "1.0", "2.5e3", "1e-30", "99999999999", "i32(7)");
  private static final List<String> TYPES =
      List.of(
          "f32",
          "i32",
          "bool",
          "f32[n]",
          "f32[3, n]",
          "f64[2]",
          "key",
          "(f32, f32)",
          "T",
          "Sum",
          "t[n]",
          "t",
          "f32[...b, 3]",
          "(f32[n]) -> f32",
          "f32 or none",
          "{a: f32, ...}",
          "int",
          "string");

  private final Random random;
  private final List<String> names = new ArrayList<>(List.of("x", "y"));
  private int left = 120;

  private SourceGrowth(Random random) {
    this.random = random;
  }

  static String program(Random random) {
    var growth = new SourceGrowth(random);
    var out = new StringBuilder("import nn, optim\ntype T = (f32, f32)\n");
    out.append("type Sum = first | second(f32) | third(f32[3], f32)\n");
    out.append("def chosen(c) = if c then second(1.0) else third([1.0, 2.0, 3.0], 4.0)\n");
    out.append("let x = [1.0, 2.0, 3.0]\nlet y = 2.0\n");
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      out.append(growth.item()).append('\n');
    }
    return out.toString();
  }

  private <T> T any(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private String fresh() {
    String name = "v" + names.size();
    names.add(name);
    return name;
  }

  private String item() {
    return switch (random.nextInt(6)) {
      case 0 -> "print(" + expression(random.nextInt(1, 5)) + ")";
      case 1 -> "assert " + expression(3);
      case 2 -> {
        String body = expression(random.nextInt(1, 5));
        yield "let " + fresh() + " = " + body;
      }
      case 3 -> {
        String head =
            any(List.of("", "[t: float]", "[n]", "[...b]"))
                + "(a: "
                + any(TYPES)
                + ", b = "
                + expression(1)
                + ")"
                + any(List.of("", " where " + expression(1)));
        String body = expression(4).replace("x", "a");
        yield "def " + fresh() + head + " = " + body;
      }
      case 4 -> "for i in 0..3 {\n  let y = " + expression(3) + "\n  print(y)\n}";
      case 5 -> "let (" + fresh() + ", " + fresh() + ") = (" + pair(3) + ")";
      default -> throw new AssertionError();
    };
  }

  private String pair(int depth) {
    return expression(depth) + ", " + expression(depth);
  }

  private String expression(int depth) {
    if (depth == 0 || --left < 0) {
      return random.nextBoolean() ? any(names) : any(NUMBERS);
    }
    int d = depth - 1;
    return switch (random.nextInt(22)) {
      case 16 ->
          "(match "
              + expression(d)
              + " { first -> "
              + expression(d)
              + ", second(a) -> a * "
              + expression(d)
              + ", third(b, _) -> b[0] })";
      case 17 -> any(List.of("first", "second(y)", "third(x, y)", "chosen(y > 1.0)"));
      case 18 -> "(" + expression(d) + " for e in x if " + expression(d) + ")";
      case 19 ->
          "(loop s = "
              + expression(d)
              + " for (i, (a, b)) in enumerate(zip(x, "
              + expression(d)
              + ")) {\n  "
              + expression(d)
              + "\n})";
      case 20 ->
          "(match "
              + expression(d)
              + " { 0 | 1 -> "
              + expression(d)
              + ", f32 -> 2, none -> 3, _ -> "
              + expression(d)
              + " })";
      case 21 -> "{ assert " + expression(d) + ", \"no {x}\"\n" + expression(d) + " }";
      case 0, 1 -> "(" + expression(d) + " " + any(BINARY) + " " + expression(d) + ")";
      case 2, 3, 4 -> any(PUBLIC) + "(" + arguments(d) + ")";
      case 5 -> "(" + pair(d) + ")";
      case 6 -> "{ a = " + expression(d) + ", b = " + expression(d) + " }";
      case 7 -> "[" + pair(d) + "]";
      case 8 -> "(if " + expression(d) + " then " + expression(d) + " else " + expression(d) + ")";
      case 9 -> "(z -> " + expression(d).replace("y", "z") + ")(" + expression(d) + ")";
      case 10 -> any(List.of("grad", "vmap", "jit", "hessian", "checkpoint")) + function(d);
      case 11 -> expression(d) + "[" + expression(d) + "]";
      case 12 -> "[" + expression(d) + " for i in 0.." + random.nextInt(5) + "]";
      case 13 -> "(loop (s, t) = (" + pair(d) + ") for e in x {\n  (" + pair(d) + ")\n})[0]";
      case 14 -> expression(d) + any(List.of(".a", ".T", ".0", "[1:]", "[..., 0]", "[::-1]"));
      case 15 ->
          "(loop w = " + expression(d) + " while w < 9 max 20 {\n  w + " + any(NUMBERS) + "\n})";
      default -> throw new AssertionError();
    };
  }

  private String function(int depth) {
    return "(z -> " + expression(depth).replace("x", "z") + ")(" + expression(depth) + ")";
  }

  private String arguments(int depth) {
    return IntStream.range(0, random.nextInt(4))
        .mapToObj(_ -> random.nextInt(6) == 0 ? "axis = " + any(NUMBERS) : expression(depth))
        .collect(Collectors.joining(", "));
  }
}
