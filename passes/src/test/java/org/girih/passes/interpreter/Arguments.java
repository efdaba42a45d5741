package org.girih.passes.interpreter;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.girih.ir.program.Entry;
import org.girih.ir.program.Program;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Literal;
import org.girih.passes.scalar.Scalar;
import org.girih.passes.scalar.Scalar.Real;

/// Arguments made by chance, with the special numbers among them.
public final class Arguments {
  private static final double[] SPECIAL = {
    0.0, -0.0, 1, -1, 2, 0.5, -3.25, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
  };

  private Arguments() {}

  /// One run of each entry.
  public static List<Laws.Run> of(Program program, long seed) {
    var random = new Random(seed);
    var runs = new ArrayList<Laws.Run>();
    for (Entry entry : program.entries()) {
      var types = program.func(entry.func()).signature().params();
      runs.add(
          new Laws.Run(entry.func(), types.stream().map(type -> literal(random, type)).toList()));
    }
    return runs;
  }

  /// An array of small and of special numbers.
  public static Literal literal(Random random, ArrayType type) {
    return Tensor.of(type, _ -> element(random, type.dtype())).literal();
  }

  private static Scalar element(Random random, DType dtype) {
    return switch (dtype.kind()) {
      case BOOL -> new Scalar.Whole(random.nextInt(2));
      case SIGNED, UNSIGNED ->
          Scalar.whole(dtype, random.nextInt(4) == 0 ? random.nextLong() : random.nextInt(-3, 8));
      case FLOAT -> new Real(Scalar.real(dtype, number(random)).value());
      case COMPLEX -> Scalar.complex(dtype, number(random), number(random));
    };
  }

  private static double number(Random random) {
    return random.nextInt(3) == 0
        ? SPECIAL[random.nextInt(SPECIAL.length)]
        : random.nextInt(-64, 64) / 8.0;
  }
}
