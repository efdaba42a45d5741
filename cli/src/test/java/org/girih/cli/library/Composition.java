package org.girih.cli.library;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/// A random composition of library functions of a vector `p`: reductions and running extrema over
/// multiply-adds, which XLA's fusions compute again in each kernel with other rounding.
///
/// @param form how it is written, with `%s` for each part: `logaddexp(%s, %s)`
/// @param vector whether it has the size of `p`, else it is a scalar
/// @param parts in order
record Composition(String form, boolean vector, List<Composition> parts) {
  /// Size of `p`.
  static final int SIZE = 3;

  private static final List<String> POINTWISE =
      List.of(
          "nn.softplus(%s)",
          "nn.log_sigmoid(%s)",
          "nn.silu(%s)",
          "nn.gelu(%s)",
          "nn.mish(%s)",
          "nn.elu(%s)",
          "nn.soft_sign(%s)",
          "nn.leaky_relu(%s)",
          "nn.squareplus(%s)",
          "nn.relu(%s)",
          "tanh(%s)",
          "sin(%s)",
          "cos(%s)",
          "sigmoid(%s)",
          "arctan(%s)",
          "asinh(%s)",
          "abs(%s)",
          "square(%s)",
          "exp(-square(%s))",
          "log1p(square(%s))",
          "optim.huber_loss(%s)",
          "optim.log_cosh(%s)",
          "clip(%s, -1, 1.5)");

  private static final List<String> PAIRS =
      List.of(
          "hypot(%s, %s)",
          "logaddexp(%s, %s)",
          "maximum(%s, %s)",
          "minimum(%s, %s)",
          "(%s * %s)",
          "(%s - %s)",
          "arctan2(%s, 2 + abs(%s))");

  private static final List<String> REDUCTIONS =
      List.of(
          "min(%s)",
          "max(%s)",
          "min(%s)",
          "max(%s)",
          "sum(%s)",
          "mean(%s)",
          "var(%s)",
          "logsumexp(%s)",
          "prod(%s)",
          "sort(%s)[1]");

  private static final List<String> ALONG =
      List.of(
          "cummax(%s)",
          "cummin(%s)", "sort(%s)", "softmax(%s)", "cumsum(%s)", "nn.log_softmax(%s)", "flip(%s)");

  /// A scalar of so many levels.
  static Composition scalar(Random random, int depth) {
    if (depth == 0) {
      return leaf("p[" + random.nextInt(SIZE) + "]", false);
    }
    return switch (random.nextInt(8)) {
      case 0, 1, 2 -> of(random, REDUCTIONS, false, true, depth);
      case 3, 4 -> of(random, PAIRS, false, false, depth);
      case 5 -> of(random, List.of("(%s * %s + %s)"), false, false, depth);
      default -> of(random, POINTWISE, false, false, depth);
    };
  }

  /// A vector of so many levels.
  static Composition vector(Random random, int depth) {
    if (depth == 0) {
      return leaf("p", true);
    }
    return switch (random.nextInt(9)) {
      case 0 -> of(random, List.of("stack((%s, %s, %s))"), true, false, depth);
      case 1, 2 -> of(random, List.of("(%s * %s + %s)"), true, true, depth);
      case 3, 4 -> of(random, PAIRS, true, true, depth);
      case 5, 6 -> of(random, ALONG, true, true, depth);
      case 7 -> of(random, List.of("(p - f64([0.2, 0.2, -1.0]) * %s)"), true, false, depth);
      default -> of(random, POINTWISE, true, true, depth);
    };
  }

  private static Composition leaf(String text, boolean vector) {
    return new Composition(text, vector, List.of());
  }

  private static Composition of(
      Random random, List<String> forms, boolean vector, boolean ofVectors, int depth) {
    String form = forms.get(random.nextInt(forms.size()));
    var parts = new ArrayList<Composition>();
    for (int i = form.split("%s", -1).length - 1; i > 0; i--) {
      int below = i == 1 ? depth - 1 : random.nextInt(depth);
      parts.add(ofVectors ? vector(random, below) : scalar(random, below));
    }
    return new Composition(form, vector, parts);
  }

  String text() {
    return form.formatted(parts.stream().map(Composition::text).toArray());
  }

  /// Smaller ones that still give what this gives, the smallest first.
  Stream<Composition> smaller() {
    var out = new ArrayList<Composition>();
    parts.stream().filter(p -> p.vector == vector).forEach(out::add);
    for (int i = 0; i < parts.size(); i++) {
      for (Composition each : parts.get(i).smaller().toList()) {
        var changed = new ArrayList<>(parts);
        changed.set(i, each);
        out.add(new Composition(form, vector, changed));
      }
    }
    return out.stream();
  }
}
