package org.girih.grammar.elaborate.binding;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.girih.ir.type.DType;

/// The dtypes that a dtype variable may be: `def scale[t: float](x: t) -> t`.
public enum DTypeKind {
  /// Real numbers of limited precision.
  FLOAT("float", t -> t.inexact() && !t.complex()),
  /// Those, and complex numbers.
  INEXACT("inexact", DType::inexact),
  /// Integers, with and without sign.
  INTEGER("integer", DType::integer),
  /// Integers and real numbers of limited precision: what has an order.
  REAL("real", t -> t.numeric() && !t.complex()),
  /// All of these.
  NUMBER("number", DType::numeric),
  /// `bool` too.
  ANY("any", _ -> true);

  /// Those that a def is checked in, the usual ones first. The others are like one of these, or,
  /// as floats of eight bits, so narrow that most numbers of a program do not fit them: they are
  /// left to the calls.
  private static final List<DType> CHECKED =
      List.of(DType.F32, DType.I32, DType.F64, DType.BF16, DType.U32, DType.BOOL, DType.C64);

  private final String text;
  private final Predicate<DType> has;

  DTypeKind(String text, Predicate<DType> has) {
    this.text = text;
    this.has = has;
  }

  String text() {
    return text;
  }

  boolean has(DType dtype) {
    return has.test(dtype);
  }

  /// Returns the dtypes in which a def is checked.
  List<DType> dtypes() {
    return CHECKED.stream().filter(has).toList();
  }

  /// Returns the dtype that a literal takes where nothing else says one.
  DType ofLiteral(boolean real) {
    return !real && has(DType.I32) ? DType.I32 : DType.F32;
  }

  static Optional<DTypeKind> of(String text) {
    return Arrays.stream(values()).filter(k -> k.text.equals(text)).findFirst();
  }

  static List<String> names() {
    return Arrays.stream(values()).map(DTypeKind::text).toList();
  }
}
