package org.girih.grammar.ast;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.girih.ir.source.Span;

/// Types as they are written.
public sealed interface TypeExpr {
  Span span();

  /// `f32`, `f32[n, 3]`, `key[n]`, `Batch[n]`, `lib.Batch[n]`; no dims is not the same as `[]`.
  record NamedType(Span span, List<String> path, Optional<List<DimExpr>> dims)
      implements TypeExpr {}

  record TupleType(Span span, List<TypeExpr> items) implements TypeExpr {}

  /// `{w: f32[n], ...}`.
  ///
  /// @param open whether it ends in `...`: other fields may be there
  record RecordType(Span span, List<FieldType> fields, boolean open) implements TypeExpr {}

  /// `(f32[n], key) -> f32[m]`.
  record FunctionType(Span span, List<TypeExpr> params, TypeExpr result) implements TypeExpr {}

  /// `bool[n] or none`.
  record OptionalType(Span span, TypeExpr type) implements TypeExpr {}

  record FieldType(Span span, String name, TypeExpr type) {}

  /// One dimension.
  sealed interface DimExpr {
    Span span();

    /// `n`, `2 * n`, `n @ data`, `n @ (data, model)`; axes are empty where none is named.
    record Dim(Span span, SizeExpr size, List<String> axes) implements DimExpr {}

    /// `...`: any number of dimensions; `...b`: those that the name represents.
    record Rest(Span span, Optional<String> name) implements DimExpr {}
  }

  /// Arithmetic of sizes.
  sealed interface SizeExpr {
    Span span();

    /// `_`: whatever it is.
    record Any(Span span) implements SizeExpr {}

    record SizeName(Span span, List<String> path) implements SizeExpr {}

    record SizeInt(Span span, BigInteger value) implements SizeExpr {}

    record SizeBinary(Span span, SizeOp op, SizeExpr left, SizeExpr right) implements SizeExpr {}
  }

  enum SizeOp {
    ADD,
    SUBTRACT,
    MULTIPLY,
    FLOOR_DIVIDE
  }
}
