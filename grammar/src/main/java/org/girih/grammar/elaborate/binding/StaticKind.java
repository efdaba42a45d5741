package org.girih.grammar.elaborate.binding;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import org.girih.grammar.ast.TypeExpr;
import org.girih.grammar.elaborate.core.Val;

/// The types of parameters that take values of the compile time: `axis: int`, `mode: string`.
enum StaticKind {
  INT("int", "a static integer", v -> v instanceof Val.Int || v instanceof Val.Size),
  STRING("string", "a static string", v -> v instanceof Val.Str),
  SHAPE("shape", "a static shape", StaticKind::isShape),
  AXES("axes", "an axis or a tuple of axes", StaticKind::isShape),
  DTYPE("dtype", "a dtype", v -> v instanceof Val.Type),
  FLAG("flag", "`true` or `false`, known when it is compiled", v -> v instanceof Val.Bool);

  private final String text;
  private final String what;
  private final Predicate<Val> has;

  StaticKind(String text, String what, Predicate<Val> has) {
    this.text = text;
    this.what = what;
    this.has = has;
  }

  /// Returns what messages call its values.
  String what() {
    return what;
  }

  boolean has(Val val) {
    return has.test(val);
  }

  /// Returns the kind that a type names.
  static Optional<StaticKind> of(TypeExpr.NamedType named) {
    return named.path().size() == 1 && named.dims().isEmpty()
        ? Arrays.stream(values()).filter(k -> k.text.equals(named.path().getFirst())).findFirst()
        : Optional.empty();
  }

  /// Numbers, or one number: what `zeros` takes.
  private static boolean isShape(Val val) {
    return INT.has(val) || val instanceof Val.Tuple(var items) && items.stream().allMatch(INT::has);
  }
}
