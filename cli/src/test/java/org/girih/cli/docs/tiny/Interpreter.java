package org.girih.cli.docs.tiny;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.girih.cli.docs.tiny.Func.Equation;
import org.girih.cli.docs.tiny.Op.Pointwise;

/// Computes a function, equation by equation.
final class Interpreter {
  private Interpreter() {}

  static double[] run(Func f, double[]... args) {
    var values = new HashMap<>(Func.zip(f.params(), List.of(args)));
    for (Equation e : f.equations()) {
      var xs = e.operands().stream().map(values::get).toList();
      values.put(
          e.result(),
          switch (e.op()) {
            case Op.Constant(var numbers, _) -> numbers.stream().mapToDouble(d -> d).toArray();
            case Pointwise.SINE -> each(Math::sin, xs);
            case Pointwise.COSINE -> each(Math::cos, xs);
            case Pointwise.NEGATE -> each(x -> -x, xs);
            case Pointwise.ADD -> both((x, y) -> x + y, xs);
            case Pointwise.MULTIPLY -> both((x, y) -> x * y, xs);
            case Op.Broadcast(var dims) ->
                IntStream.range(0, dims.getFirst()).mapToDouble(_ -> xs.getFirst()[0]).toArray();
            case Op.Sum() -> new double[] {Arrays.stream(xs.getFirst()).sum()};
          });
    }
    return values.get(f.result());
  }

  private static double[] each(DoubleUnaryOperator f, List<double[]> xs) {
    return Arrays.stream(xs.getFirst()).map(f).toArray();
  }

  private static double[] both(DoubleBinaryOperator f, List<double[]> xs) {
    return IntStream.range(0, xs.get(0).length)
        .mapToDouble(i -> f.applyAsDouble(xs.get(0)[i], xs.get(1)[i]))
        .toArray();
  }
}
