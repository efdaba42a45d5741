package org.girih.cli.run;

import java.util.StringJoiner;
import java.util.function.Function;
import org.girih.cli.array.HostArray;
import org.girih.grammar.elaborate.HostPlan.Tree;

/// Results as JSON: arrays as nested lists, complex numbers as pairs, NaN and infinities as
/// strings, since JSON has no word for them.
public final class Json {
  private Json() {}

  public static String of(Tree tree, Function<Tree.Leaf, HostArray> arrays) {
    return switch (tree) {
      case Tree.Leaf leaf -> array(arrays.apply(leaf));
      case Tree.Int(var value) -> value.toString();
      case Tree.Real(double value) -> number(value, Double.toString(value));
      case Tree.Bool(boolean value) -> Boolean.toString(value);
      case Tree.Text(String value) -> quoted(value);
      case Tree.Symbol(String value) -> value.equals("none") ? "null" : quoted(value);
      case Tree.Tuple(var items) -> {
        var out = new StringJoiner(", ", "[", "]");
        items.forEach(i -> out.add(of(i, arrays)));
        yield out.toString();
      }
      case Tree.Record(var fields) -> {
        var out = new StringJoiner(", ", "{", "}");
        fields.forEach((name, field) -> out.add(quoted(name) + ": " + of(field, arrays)));
        yield out.toString();
      }
    };
  }

  private static String array(HostArray array) {
    var out = new StringBuilder();
    axis(array, 0, 0, array.size(), out);
    return out.toString();
  }

  private static void axis(HostArray array, int axis, long from, long count, StringBuilder out) {
    if (axis == array.rank()) {
      out.append(element(array, from));
      return;
    }
    long size = array.dim(axis);
    long step = size == 0 ? 0 : count / size;
    out.append('[');
    for (long i = 0; i < size; i++) {
      out.append(i == 0 ? "" : ", ");
      axis(array, axis + 1, from + i * step, step, out);
    }
    out.append(']');
  }

  private static String element(HostArray array, long at) {
    if (array.dtype().isBool()) {
      return Boolean.toString(array.bool(at));
    }
    if (array.dtype().integer()) {
      return array.bigInteger(at).toString();
    }
    String real = real(array, array.real(at));
    return array.dtype().complex()
        ? "[" + real + ", " + real(array, array.imaginary(at)) + "]"
        : real;
  }

  private static String real(HostArray array, double value) {
    return number(
        value,
        array.dtype().real().bits() <= 32 ? Float.toString((float) value) : Double.toString(value));
  }

  private static String number(double value, String text) {
    return Double.isFinite(value)
        ? text
        : Double.isNaN(value) ? "\"nan\"" : value > 0 ? "\"inf\"" : "\"-inf\"";
  }

  private static String quoted(String text) {
    var out = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        default -> {
          if (c < ' ') {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.append('"').toString();
  }
}
