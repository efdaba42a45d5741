package org.girih.ir.text;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.OptionalInt;
import org.girih.ir.diagnostic.CompilerBug;
import org.girih.ir.op.FuncRef;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Literal;

/// The types that attributes of ops may have, found from the declared type of a record component.
sealed interface AttributeForm {
  enum Simple implements AttributeForm {
    /// `3`, a Java `int`.
    INT,
    /// `3`, a Java `long`.
    LONG,
    /// `true` or `false`.
    BOOLEAN,
    /// `none` or a number.
    OPTIONAL_INT,
    /// `"x = {0}"`.
    TEXT,
    /// `2 * n + 1`.
    DIM,
    /// `@body`.
    FUNC,
    /// `f32[2] [1.0, 2.0]`; see [LiteralText].
    LITERAL
  }

  /// A constant's name in lower case: `max`, `f32`.
  record EnumOf(List<? extends Enum<?>> constants) implements AttributeForm {}

  /// `[1, 0]`.
  record ListOf(AttributeForm element) implements AttributeForm {}

  /// `{indexed = [0], …}`.
  record RecordOf(RecordForm form) implements AttributeForm {}

  /// @throws CompilerBug for a type outside of the closed set
  static AttributeForm of(Type type) {
    if (type == int.class || type == Integer.class) {
      return Simple.INT;
    }
    if (type == long.class || type == Long.class) {
      return Simple.LONG;
    }
    if (type == boolean.class) {
      return Simple.BOOLEAN;
    }
    if (type == OptionalInt.class) {
      return Simple.OPTIONAL_INT;
    }
    if (type == String.class) {
      return Simple.TEXT;
    }
    if (type == Dim.class) {
      return Simple.DIM;
    }
    if (type == FuncRef.class) {
      return Simple.FUNC;
    }
    if (type == Literal.class) {
      return Simple.LITERAL;
    }
    if (type instanceof ParameterizedType p && p.getRawType() == List.class) {
      return new ListOf(of(p.getActualTypeArguments()[0]));
    }
    if (type instanceof Class<?> c && c.isEnum()) {
      return new EnumOf(
          java.util.Arrays.stream(c.getEnumConstants()).map(e -> (Enum<?>) e).toList());
    }
    if (type instanceof Class<?> c && c.isRecord()) {
      return new RecordOf(RecordForm.of(c));
    }
    throw new CompilerBug("an attribute of type " + type);
  }
}
