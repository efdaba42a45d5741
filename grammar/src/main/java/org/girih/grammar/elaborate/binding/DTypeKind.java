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
  /// All of these.
  NUMBER("number", DType::numeric),
  /// `bool` too.
  ANY("any", _ -> true);

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

  /// Returns its dtypes, the usual one first.
  List<DType> dtypes() {
    var out = new java.util.ArrayList<DType>();
    for (DType usual : List.of(DType.F32, DType.I32)) {
      if (has(usual)) {
        out.add(usual);
      }
    }
    Arrays.stream(DType.values()).filter(has).filter(t -> !out.contains(t)).forEach(out::add);
    return out;
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
