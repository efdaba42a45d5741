package org.girih.grammar.format;

import java.util.List;
import java.util.Random;

/// Expressions, and the statements of blocks.
class ExpressionGrowth extends TypeGrowth {
  private static final List<String> ARITHMETIC =
      List.of("**", "@", "*", "/", "//", "%", "+", "-", "<<", ">>", "&", "^", "|");

  private static final List<String> COMPARISONS = List.of("==", "!=", "<", "<=", ">", ">=");

  private static final List<String> STRINGS =
      List.of(
          "\"\"",
          "\"{x} # no comment\"",
          "\"😀 \\\" {{y}}\"",
          "\"a text of more than a few words\"");

  private int left;

  /// @param size about how many expressions there are
  ExpressionGrowth(Random random, int size) {
    super(random);
    this.left = size;
  }

  void fieldDefinition() {
    put(any(List.of("a", "b", "c")));
    if (chance(2)) {
      put("=");
      expression(1);
    }
  }

  void block(int depth) {
    put("{");
    innerStatements(depth, random.nextInt(3));
  }

  void innerStatements(int depth, int count) {
    for (int i = 0; i < count; i++) {
      switch (random.nextInt(4)) {
        case 0 -> assertion(depth, 3);
        case 1 -> debugPrint(depth);
        default -> let(depth);
      }
      put("\n");
    }
    expression(depth);
    put("}");
  }

  void let(int depth) {
    put("let");
    pattern(2);
    if (chance(4)) {
      put(":");
      type(2);
    }
    put("=");
    expression(depth);
  }

  void assertion(int depth, int most) {
    put("assert");
    separated(random.nextInt(1, most + 1), ",", () -> expression(depth));
  }

  void debugPrint(int depth) {
    put("debug", ".", "print");
    list("(", ")", random.nextInt(3), () -> argument(depth));
  }

  void argument(int depth) {
    if (chance(6)) {
      put("*");
    } else if (chance(5)) {
      put("axis", "=");
    }
    expression(depth);
  }

  void conditional(int depth) {
    put("if");
    expression(depth);
    put("then");
    expression(depth);
    while (chance(3)) {
      put("else", "if");
      expression(depth);
      put("then");
      expression(depth);
    }
    put("else");
    pipe(depth);
  }

  void expression(int depth) {
    if (depth <= 0 || --left < 0) {
      atom(0);
      return;
    }
    switch (random.nextInt(9)) {
      case 0 -> conditional(depth - 1);
      case 1 -> lambda(depth - 1);
      default -> pipe(depth);
    }
  }

  void lambda(int depth) {
    switch (random.nextInt(3)) {
      case 0 -> put("x");
      case 1 -> put("_");
      default -> {
        put("(", "x", ",");
        pattern(1);
        put("=");
        expression(depth);
        put(")");
      }
    }
    put("->");
    result(depth);
  }

  /// A block, or an expression that does not look like one.
  void result(int depth) {
    if (chance(3)) {
      block(depth);
      return;
    }
    int start = out.size();
    expression(depth);
    if (out.get(start).equals("{")) {
      out.add(start, "(");
      put(")");
    }
  }

  void pipe(int depth) {
    separated(chance(5) ? some() : 1, "|>", () -> update(depth));
  }

  void update(int depth) {
    logic(depth);
    if (chance(12)) {
      put("with");
      index(depth - 1);
      put(any(List.of("=", "+=", "*=")));
      logic(depth - 1);
    } else if (chance(20)) {
      put("with", "[", "0", "]", "max", "=");
      logic(depth - 1);
    } else if (chance(20)) {
      put("as");
      list("[", "]", some(), this::dimension);
    }
  }

  void logic(int depth) {
    separated(chance(4) ? some() : 1, any(List.of("and", "or")), () -> comparison(depth));
  }

  void comparison(int depth) {
    if (chance(8)) {
      put("not");
    }
    separated(chance(5) ? 2 : 1, any(COMPARISONS), () -> sum(depth));
  }

  void sum(int depth) {
    if (chance(8)) {
      put(any(List.of("-", "~")));
    }
    int terms = chance(3) ? random.nextInt(2, 6) : 1;
    for (int i = 0; i < terms; i++) {
      if (i > 0) {
        put(any(ARITHMETIC));
      }
      atom(depth);
      links(depth - 1);
    }
  }

  void links(int depth) {
    while (chance(4)) {
      switch (random.nextInt(3)) {
        case 0 -> list("(", ")", random.nextInt(4), () -> argument(depth));
        case 1 -> index(depth);
        default -> {
          put(".");
          name();
        }
      }
    }
  }

  void index(int depth) {
    list("[", "]", some(), () -> subscript(depth));
  }

  void subscript(int depth) {
    switch (random.nextInt(5)) {
      case 0 -> put("...");
      case 1 -> put(":");
      case 2 -> {
        expression(depth);
        put(":", "-", "1", ":", "2");
      }
      case 3 -> {
        put(":", ":");
        expression(depth);
      }
      default -> expression(depth);
    }
  }

  void generators(int depth) {
    put("for");
    separated(some(), ",", () -> generator(depth));
    if (chance(3)) {
      put("if");
      expression(depth);
    }
  }

  void generator(int depth) {
    pattern(1);
    put("in");
    atom(0);
    if (chance(2)) {
      put("..");
      atom(depth > 0 ? 1 : 0);
    }
  }

  void atom(int depth) {
    int d = depth - 1;
    switch (depth <= 0 || left < 0 ? random.nextInt(6) : random.nextInt(16)) {
      case 0, 1, 2 -> name();
      case 3 -> put(any(List.of("0", "12", "0xff", "1_000")));
      case 4 -> put(any(List.of("1.5", "2e-3", "true", "none", "0.30000000000000004")));
      case 5 -> put(any(STRINGS));
      case 6, 7 -> list("(", ")", random.nextInt(4), () -> expression(d));
      case 8, 9 -> list("[", "]", random.nextInt(6), () -> expression(d));
      case 10 -> {
        put(chance(2) ? "(" : "[");
        boolean tuple = out.getLast().equals("(");
        expression(d);
        generators(d);
        put(tuple ? ")" : "]");
      }
      case 11 -> list("{", "}", random.nextInt(4), this::fieldDefinition);
      case 12 -> {
        put("{", "r", "with", "a", ".", "b", "=");
        expression(d);
        put(chance(3) ? "," : "", "}");
      }
      case 13 -> {
        put("{");
        innerStatements(d, some());
      }
      case 14 -> loop(d);
      default -> match(d);
    }
  }

  void loop(int depth) {
    put("loop");
    switch (random.nextInt(3)) {
      case 0 -> put("x");
      case 1 -> {
        put("{", "a", ",", "b", "}", "=");
        expression(depth);
      }
      default -> {
        put("(", "a", "=");
        expression(depth);
        put(",", "b", ")");
      }
    }
    if (chance(2)) {
      put("for");
      generator(depth);
    } else {
      put("while");
      logic(depth);
      if (chance(2)) {
        put("max", "10");
      }
    }
    block(depth);
  }

  void match(int depth) {
    put("match");
    atom(0);
    put("{");
    separated(some(), chance(2) ? "," : "\n", () -> arm(depth));
    put("}");
  }

  void arm(int depth) {
    separated(
        some(),
        "|",
        () -> {
          switch (random.nextInt(5)) {
            case 0 -> put("_");
            case 1 -> put("-", "1");
            case 2 -> put("\"a\"");
            case 3 -> put("none");
            default -> {
              put("lib", ".", "v");
              if (chance(2)) {
                put("(", "a", ",", "_", ")");
              }
            }
          }
        });
    put("->");
    result(depth);
  }
}
