package org.girih.grammar.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Tokens that are written one after the other, by chance.
class TokenGrowth {
  private static final List<String> NAMES =
      List.of(
          "x", "y", "max", "where", "type", "test", "bench", "mesh", "debug", "a_rather_long_name");

  final Random random;
  final List<String> out = new ArrayList<>();

  TokenGrowth(Random random) {
    this.random = random;
  }

  void put(String... tokens) {
    out.addAll(List.of(tokens));
  }

  String any(List<String> all) {
    return all.get(random.nextInt(all.size()));
  }

  boolean chance(int of) {
    return random.nextInt(of) == 0;
  }

  void separated(int count, String by, Runnable element) {
    for (int i = 0; i < count; i++) {
      if (i > 0) {
        put(by);
      }
      element.run();
    }
  }

  /// Elements in brackets, sometimes with a comma behind the last.
  void list(String open, String close, int count, Runnable element) {
    put(open);
    separated(count, ",", element);
    if (count > 0 && chance(6)) {
      put(",");
    }
    put(close);
  }

  int some() {
    return random.nextInt(1, 4);
  }

  void name() {
    put(any(NAMES));
  }

  void plainName() {
    put(any(List.of("f", "g", "Model", "another_rather_long_name")));
  }
}
