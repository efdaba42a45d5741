package org.girih.ir.op;

/// Spelling of op names.
public final class Names {
  private Names() {}

  /// Returns the name of an op: `ReduceSum` becomes `reduce_sum`; an enum constant `EXP` becomes
  /// `exp`.
  public static String of(Op op) {
    return op instanceof Enum<?> constant
        ? constant.name().toLowerCase(java.util.Locale.ROOT)
        : snake(op.getClass().getSimpleName());
  }

  public static String snake(String camel) {
    return camel.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(java.util.Locale.ROOT);
  }
}
