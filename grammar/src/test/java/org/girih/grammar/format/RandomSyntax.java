package org.girih.grammar.format;

import java.util.List;
import java.util.Random;

/// Grows programs from the rules of the grammar, as tokens: they parse, and that is all. A line
/// break among the tokens separates statements.
final class RandomSyntax extends ExpressionGrowth {
  private RandomSyntax(Random random) {
    super(random, random.nextInt(10, 250));
  }

  /// Returns the tokens of a program of some items.
  static List<String> tokens(Random random) {
    var growth = new RandomSyntax(random);
    growth.separated(random.nextInt(1, 6), "\n", growth::item);
    return growth.out;
  }

  private void item() {
    switch (random.nextInt(12)) {
      case 0 -> {
        put("import");
        separated(some(), ",", this::importee);
      }
      case 1 -> {
        put("type", "T");
        names();
        put("=");
        type(3);
      }
      case 2 -> {
        put("type", "S", "=");
        separated(random.nextInt(2, 5), "|", this::variant);
      }
      case 3 -> {
        put("mesh");
        list("(", ")", some(), this::fieldDefinition);
      }
      case 4 -> {
        put(chance(2) ? "test" : "bench", "\"what is held\"");
        hostBlock(2);
      }
      case 5, 6, 7 -> definition();
      case 8 -> module();
      default -> statement(3);
    }
  }

  private void importee() {
    if (chance(2)) {
      put("nn");
    } else {
      put("\"a/b.girih\"", "as", "b");
    }
  }

  private void names() {
    if (chance(2)) {
      list("[", "]", some(), () -> put("n"));
    }
  }

  private void typeNames() {
    if (chance(2)) {
      list("[", "]", some(), () -> put(any(List.of("n", "m"))));
    } else if (chance(2)) {
      put("[", "t", ":", "float", ",", "...", "b", "]");
    }
  }

  private void variant() {
    plainName();
    if (chance(2)) {
      list("(", ")", some(), () -> type(2));
    }
  }

  private void definition() {
    if (chance(4)) {
      put("@", "jvp", "(", "lib", ".", "f", ")");
    }
    put("def");
    plainName();
    typeNames();
    list("(", ")", random.nextInt(4), this::parameter);
    if (chance(2)) {
      put("->");
      type(2);
    }
    if (chance(4)) {
      put("where");
      logic(2);
    }
    if (chance(2)) {
      block(3);
    } else {
      put("=");
      expression(4);
    }
  }

  private void module() {
    put("module", "M");
    if (chance(4)) {
      put("=", "lib", ".", "Base");
      return;
    }
    typeNames();
    put("(");
    if (chance(2)) {
      put("...", "Base", ",");
    }
    separated(some(), ",", this::parameter);
    put(")");
    list("(", ")", some(), this::parameter);
    put("=");
    expression(3);
  }

  private void parameter() {
    if (chance(8)) {
      put("*", "rest");
      return;
    }
    pattern(2);
    if (chance(2)) {
      put(":");
      type(2);
    }
    if (chance(3)) {
      put("=");
      expression(2);
    }
  }

  private void hostBlock(int depth) {
    put("{");
    separated(random.nextInt(4), "\n", () -> statement(depth));
    put("}");
  }

  private void statement(int depth) {
    int d = depth - 1;
    switch (depth == 0 ? 7 : random.nextInt(9)) {
      case 0 -> {
        put("for");
        generator(d);
        hostBlock(d);
      }
      case 1 -> {
        put("while");
        expression(d);
        hostBlock(d);
      }
      case 2 -> {
        put("if");
        expression(d);
        hostBlock(d);
        if (chance(2)) {
          put("else", "if");
          expression(d);
          hostBlock(d);
        }
        if (chance(2)) {
          put("else");
          hostBlock(d);
        }
      }
      case 3 -> conditional(d);
      case 4 -> assertion(d, 2);
      case 5 -> debugPrint(d);
      case 6 -> let(d);
      default -> {
        put("print");
        list("(", ")", some(), () -> argument(Math.max(d, 0)));
      }
    }
  }
}
