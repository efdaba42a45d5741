package org.girih.grammar.format;

import java.util.List;
import java.util.Random;

/// Types and patterns.
class TypeGrowth extends TokenGrowth {
  TypeGrowth(Random random) {
    super(random);
  }

  void pattern(int depth) {
    switch (depth == 0 ? 0 : random.nextInt(6)) {
      case 0, 1, 2 -> name();
      case 3 -> put("_");
      case 4 -> {
        int count = some();
        put("(");
        separated(count, ",", () -> pattern(depth - 1));
        put(chance(3) ? "," : "", ")");
      }
      default -> {
        put("{");
        separated(some(), ",", this::name);
        put(",", chance(2) ? "..." : "", "}");
      }
    }
  }

  void type(int depth) {
    switch (depth == 0 ? 0 : random.nextInt(8)) {
      case 0, 1, 2, 3 -> {
        put("lib", ".", "T");
        if (chance(2)) {
          list("[", "]", some(), this::dimension);
        }
      }
      case 4 -> list("(", ")", random.nextInt(3), () -> type(depth - 1));
      case 5 -> {
        put("{");
        separated(
            some(),
            ",",
            () -> {
              name();
              put(":");
              type(depth - 1);
            });
        put(",", chance(2) ? "..." : "", "}");
      }
      case 6 -> {
        list("(", ")", random.nextInt(3), () -> type(depth - 1));
        put("->", "f32");
      }
      default -> put("f32", "or", "none");
    }
  }

  void dimension() {
    switch (random.nextInt(4)) {
      case 0 -> put("...", "b");
      case 1 -> put("...");
      case 2 -> put("n", any(List.of("*", "//", "+", "-")), "(", "m", "+", "1", ")");
      default -> put("n", "@", "(", "data", ",", "model", ")");
    }
  }
}
