package org.girih.host.run;

import java.util.Arrays;
import java.util.function.Function;
import org.girih.grammar.plan.HostPlan.Tree;
import org.girih.grammar.plan.Step;
import org.girih.host.array.HostArray;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;

/// What a run reports of an `assert` that is false: its own words, the two values that it compares,
/// and where they differ most.
final class FailedAssertion {
  /// The most letters of a value that are shown.
  private static final int SHOWN = 60;

  private FailedAssertion() {}

  static Diagnostic of(Step.Assert check, Function<Tree.Leaf, HostArray> arrays) throws RunProblem {
    String condition = check.at().text().replaceAll("\\s+", " ");
    String message =
        check.message().isEmpty()
            ? "the assertion `" + condition + "` is false"
            : Printing.line(check.message(), arrays);
    var diagnostic = Diagnostic.error(Code.ASSERTION_FAILED, check.at(), message);
    if (check.sides().size() != 2) {
      return diagnostic;
    }
    Tree left = check.sides().get(0);
    Tree right = check.sides().get(1);
    return diagnostic.primary(
        shown(left, arrays)
            + " and "
            + shown(right, arrays)
            + (check.equal() ? furthest(left, right, arrays) : ""));
  }

  private static String shown(Tree side, Function<Tree.Leaf, HostArray> arrays) {
    String text = Printing.text(side, 0, arrays).replaceAll("\\s+", " ");
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN - 1) + "…";
  }

  /// `; at [2, 0] they differ most, by 0.5`.
  private static String furthest(Tree left, Tree right, Function<Tree.Leaf, HostArray> arrays) {
    HostArray a = array(left, arrays);
    HostArray b = array(right, arrays);
    boolean comparable =
        a != null
            && b != null
            && !a.dtype().complex()
            && !b.dtype().complex()
            && (a.rank() == 0 || b.rank() == 0 || Arrays.equals(a.dims(), b.dims()))
            && a.size() > 0
            && b.size() > 0;
    if (!comparable) {
      return "";
    }
    HostArray wide = a.rank() >= b.rank() ? a : b;
    double most = -1;
    long place = 0;
    for (long i = 0; i < wide.size(); i++) {
      double difference = Math.abs(number(a, i) - number(b, i));
      if (Double.isNaN(difference) || difference > most) {
        most = difference;
        place = i;
        if (Double.isNaN(difference)) {
          break;
        }
      }
    }
    String by = Double.isNaN(most) ? "NaN" : Float.toString((float) most);
    return wide.rank() == 0
        ? "; they differ by " + by
        : "; at " + position(wide, place) + " they differ most, by " + by;
  }

  private static HostArray array(Tree side, Function<Tree.Leaf, HostArray> arrays) {
    return switch (side) {
      case Tree.Leaf leaf -> arrays.apply(leaf);
      case Tree.Int(var value) -> HostArray.of(value.doubleValue()).reshape();
      case Tree.Real(double value) -> HostArray.of(value).reshape();
      case Tree.Bool _, Tree.Text _, Tree.Symbol _, Tree.Tuple _, Tree.Record _, Tree.Sum _ -> null;
    };
  }

  private static double number(HostArray array, long i) {
    long at = array.rank() == 0 ? 0 : i;
    return switch (array.dtype().kind()) {
      case BOOL -> array.bool(at) ? 1 : 0;
      case SIGNED, UNSIGNED -> array.bigInteger(at).doubleValue();
      case FLOAT, COMPLEX -> array.real(at);
    };
  }

  private static String position(HostArray array, long place) {
    long[] out = new long[array.rank()];
    long rest = place;
    for (int axis = array.rank() - 1; axis >= 0; axis--) {
      out[axis] = rest % array.dim(axis);
      rest /= array.dim(axis);
    }
    return Arrays.toString(out);
  }
}
