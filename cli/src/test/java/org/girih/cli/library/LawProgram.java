package org.girih.cli.library;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.girih.passes.interpreter.Tensor;

/// A program that computes all laws of a row in one dtype: for `softplus(x)`
///
/// ```
/// def f(x) = tree.leaves(nn.softplus(x))
/// def g(x) { let out = f(x)
///   (out[0],) }
/// def reverse(x, c0) = vjp((x) -> g(x), x)[1]((c0,))
/// def second(x, t0, c0) = jvp((x) -> reverse(x, c0), (x,), (t0,))[1]
/// def main(x, on_x, t0, c0) = (f(x), jvp(…)[1], reverse(x, c0), second(x, t0, c0),
/// vmap(vmap(f))(on_x), …)
/// ```
///
/// Arguments are parameters of the entry, so that XLA computes nothing before the run.
record LawProgram(LawTable.Row row, Expected expected, String definitions) {
  /// Names of the entry's parameters.
  List<String> params() {
    var out = new ArrayList<>(row.params());
    if (onLanes()) {
      row.params().forEach(p -> out.add("on_" + p));
    }
    numbered("t", "tangents").forEach(out::add);
    numbered("c", "cotangents").forEach(out::add);
    return out;
  }

  /// Values of the entry's parameters.
  List<Tensor> arguments() {
    var out = new ArrayList<Tensor>();
    for (String each : List.of("arguments", "on", "tangents", "cotangents")) {
      out.addAll(expected.arrays().getOrDefault(each, List.of()));
    }
    return out;
  }

  private boolean onLanes() {
    return expected.arrays().containsKey("on");
  }

  private List<String> numbered(String letter, String arrays) {
    int count = expected.arrays().getOrDefault(arrays, List.of()).size();
    return IntStream.range(0, count).mapToObj(i -> letter + i).toList();
  }

  private static String list(List<String> names) {
    return String.join(", ", names);
  }

  private static String tuple(List<String> names) {
    return names.stream().map(n -> n + ", ").collect(Collectors.joining("", "(", ")"));
  }

  /// Returns the definitions, and `law_f`, `law_g`, `law_reverse`, `law_second` of the row; the
  /// last three only where it has derivatives.
  private StringBuilder functions() {
    List<String> xs = row.params();
    List<String> moving = moving();
    List<String> ts = numbered("t", "tangents");
    List<String> cs = numbered("c", "cotangents");
    var out =
        new StringBuilder(
                "import lax, nn, optim, signal, sparse, stats, optimize, integrate, image, interpolate\n")
            .append(definitions);
    line(out, "def law_f(%s) = tree.leaves(%s)", list(xs), row.expression());
    if (!moving.isEmpty()) {
      var some = expected.inexact().stream().map(i -> "out[" + i + "]").toList();
      line(out, "def law_g(%s) { let out = law_f(%s)\n  %s }", list(xs), list(xs), tuple(some));
      var all = new ArrayList<>(xs);
      all.addAll(cs);
      line(
          out,
          "def law_reverse(%s) = vjp((%s) -> law_g(%s), %s)[1](%s)",
          list(all),
          list(moving),
          list(xs),
          list(moving),
          tuple(cs));
      var second = new ArrayList<>(all);
      second.addAll(ts);
      line(
          out,
          "def law_second(%s) = jvp((%s) -> law_reverse(%s), %s, %s)[1]",
          list(second),
          list(moving),
          list(all),
          tuple(moving),
          tuple(ts));
    }
    return out;
  }

  /// Returns the arguments by which it is differentiated.
  private List<String> moving() {
    return expected.wrt().stream().map(row.params()::get).toList();
  }

  String source() {
    List<String> xs = row.params();
    List<String> ts = numbered("t", "tangents");
    List<String> cs = numbered("c", "cotangents");
    var out = functions();
    var results = expected.laws().keySet().stream().map(law -> law(law, xs, moving(), ts, cs));
    line(out, "def main(%s) = %s", list(params()), tuple(results.toList()));
    return out.toString();
  }

  /// Returns a program of three results: values and derivatives on each of two lanes by itself, and
  /// on both at once. Its parameters are the arguments, stacked, and the cotangents.
  String lanesSource() {
    List<String> xs = row.params();
    List<String> cs = numbered("c", "cotangents");
    var out = functions();
    String values = "law_f(" + list(xs) + ")";
    if (!moving().isEmpty()) {
      values = "(" + values + ", law_reverse(" + list(concat(xs, cs)) + "))";
    }
    line(out, "def law_one(%s) = tree.leaves(%s)", list(concat(xs, cs)), values);
    line(
        out,
        "def main(%s) = (%s, %s, %s)",
        list(concat(xs, cs)),
        one(xs, cs, "[0, 0]"),
        one(xs, cs, "[1, 0]"),
        lanes(xs, "law_one(" + list(concat(xs, cs)) + ")", list(xs)));
    return out.toString();
  }

  private static String one(List<String> xs, List<String> cs, String lane) {
    return "law_one(" + list(concat(xs.stream().map(x -> x + lane).toList(), cs)) + ")";
  }

  private String law(
      String law, List<String> xs, List<String> moving, List<String> ts, List<String> cs) {
    var on = list(xs.stream().map(x -> "on_" + x).toList());
    // Functions of each element are given lanes of single elements.
    boolean few = onLanes() && pointwise();
    List<String> c = few ? cs.stream().map(n -> n + "[0]").toList() : cs;
    List<String> t = few ? ts.stream().map(n -> n + "[0]").toList() : ts;
    return switch (law) {
      case "value" -> "law_f(" + list(xs) + ")";
      case "forward" ->
          "jvp((%s) -> law_g(%s), %s, %s)[1]"
              .formatted(list(moving), list(xs), tuple(moving), tuple(ts));
      case "reverse" -> "law_reverse(" + list(concat(xs, cs)) + ")";
      case "second" -> "law_second(" + list(concat(concat(xs, cs), ts)) + ")";
      case "lanes" -> lanes(xs, "law_f(" + list(xs) + ")", on);
      case "lanes_reverse" -> lanes(xs, "law_reverse(" + list(concat(xs, c)) + ")", on);
      case "lanes_second" -> lanes(xs, "law_second(" + list(concat(concat(xs, c), t)) + ")", on);
      case String unknown -> throw new AssertionError("unknown law " + unknown);
    };
  }

  private static String lanes(List<String> xs, String body, String on) {
    return "vmap(vmap((%s) -> %s))(%s)".formatted(list(xs), body, on);
  }

  /// Whether the lanes are of less rank than the arguments.
  private boolean pointwise() {
    return expected.arrays().get("on").getFirst().rank() == 2
        && expected.arrays().get("arguments").getFirst().rank() == 1;
  }

  private static List<String> concat(List<String> a, List<String> b) {
    var out = new ArrayList<>(a);
    out.addAll(b);
    return out;
  }

  private static void line(StringBuilder out, String format, Object... args) {
    out.append(format.formatted(args)).append('\n');
  }
}
