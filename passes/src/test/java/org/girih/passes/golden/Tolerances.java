package org.girih.passes.golden;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.passes.interpreter.Tensor;
import org.girih.passes.scalar.Scalar;
import org.girih.passes.scalar.Scalar.Complex;
import org.girih.passes.scalar.Scalar.Real;
import org.girih.passes.scalar.Scalar.Whole;

/// The table `testdata/TOLERANCES`, and the comparison that it governs.
public final class Tolerances {
  private record Line(List<String> ops, List<String> dtypes, double relative, double absolute) {
    boolean fits(String name, DType dtype) {
      return (ops.contains("*")
              || ops.contains(name)
              || ops.contains(name.substring(0, name.indexOf('.'))))
          && (dtypes.contains("*") || dtypes.contains(dtype.text()));
    }
  }

  private static final Line EXACT = new Line(List.of("*"), List.of("*"), 0, 0);

  private final List<Line> lines = new ArrayList<>();

  private Tolerances() {}

  /// The table in the repository.
  ///
  /// @throws AssertionError for a line without a reason
  public static Tolerances read() {
    var table = new Tolerances();
    for (String line : TestData.read(TestData.root().resolve("TOLERANCES")).lines().toList()) {
      if (!line.startsWith("#") && !line.isBlank()) {
        String[] cells = line.split("\\s*\\|\\s*", -1);
        if (cells.length != 5 || cells[4].isBlank()) {
          throw new AssertionError("TOLERANCES: " + line);
        }
        table.lines.add(
            new Line(
                List.of(cells[0].split(" ")),
                List.of(cells[1].split(" ")),
                Double.parseDouble(cells[2]),
                Double.parseDouble(cells[3])));
      }
    }
    return table;
  }

  /// What is wrong with the results of a function called `op.case`; the table speaks of the op, or
  /// of just that case.
  public Optional<String> difference(String name, List<Tensor> expected, List<Tensor> actual) {
    if (expected.size() != actual.size()) {
      return Optional.of(actual.size() + " results, not " + expected.size());
    }
    for (int i = 0; i < expected.size(); i++) {
      var found = difference(name, expected.get(i), actual.get(i));
      if (found.isPresent()) {
        return found.map(("result " + i + ": ")::concat);
      }
    }
    return Optional.empty();
  }

  /// What is wrong with a result, whose table of cases may give a wider tolerance of its own.
  public Optional<String> difference(
      String name, Tensor expected, Tensor actual, OptionalDouble relative) {
    Line line = line(name, expected.type().dtype());
    Line wider =
        relative.isEmpty()
            ? line
            : new Line(
                line.ops(), line.dtypes(), relative.getAsDouble(), relative.getAsDouble() / 10);
    return difference(wider, expected, actual);
  }

  private Line line(String name, DType dtype) {
    return lines.stream().filter(l -> l.fits(name, dtype)).findFirst().orElse(EXACT);
  }

  private Optional<String> difference(String name, Tensor expected, Tensor actual) {
    return difference(line(name, expected.type().dtype()), expected, actual);
  }

  private static Optional<String> difference(Line line, Tensor expected, Tensor actual) {
    if (!expected.type().equals(actual.type())) {
      return Optional.of(actual.type() + ", not " + expected.type());
    }
    ArrayType type = expected.type();
    for (int i = 0; i < expected.elements().length; i++) {
      if (!near(line, expected.elements()[i], actual.elements()[i])) {
        return Optional.of(
            "at "
                + java.util.Arrays.toString(Tensor.index(type, i))
                + " of "
                + type
                + " "
                + actual.elements()[i]
                + ", not "
                + expected.elements()[i]);
      }
    }
    return Optional.empty();
  }

  private static boolean near(Line line, Scalar expected, Scalar actual) {
    return switch (expected) {
      case Whole _ -> expected.equals(actual);
      case Real(double e) -> near(line, e, ((Real) actual).value(), Math.abs(e));
      case Complex(double re, double im) -> {
        double size = Math.hypot(re, im);
        Complex a = (Complex) actual;
        yield near(line, re, a.real(), size) && near(line, im, a.imaginary(), size);
      }
    };
  }

  private static boolean near(Line line, double expected, double actual, double size) {
    return Double.compare(expected, actual) == 0
        || line != EXACT
            && Double.isFinite(expected)
            && Math.abs(actual - expected) <= line.absolute() + line.relative() * size;
  }
}
