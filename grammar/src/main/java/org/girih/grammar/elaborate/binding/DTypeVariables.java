package org.girih.grammar.elaborate.binding;

import java.util.List;
import java.util.Optional;
import org.girih.grammar.ast.TypeExpr;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.source.Span;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;

/// Dtype variables: `t` of `def scale[t: float](x: t) -> t`, bound by the first value that has a
/// dtype.
final class DTypeVariables {
  private DTypeVariables() {}

  /// Returns the dtype that a variable is; the first value that has one decides.
  static DType of(
      Elaboration e, TypeExpr.NamedType named, Val val, Sizes sizes, Span at, String what) {
    String name = named.path().getFirst();
    DTypeKind kind = sizes.kind(named).orElseThrow();
    Optional<DType> known = sizes.dtype(name);
    if (known.isPresent()) {
      return known.get();
    }
    DType dtype =
        switch (val) {
          case Val.Array a when a.key() == null && !a.weak() -> a.dtype();
          case Val.Array a when a.key() == null && a.weak() -> kind.ofLiteral(a.dtype().inexact());
          case Val.Int _, Val.Size _ -> kind.ofLiteral(false);
          case Val.Real _ -> kind.ofLiteral(true);
          case Val.Bool _ -> DType.BOOL;
          case Val _ -> throw e.fault(Annotations.differs(what, named, val, at));
        };
    if (!kind.has(dtype)) {
      throw e.fault(
          Annotations.differs(what, named, " with `" + name + ": " + kind.text() + "`", val, at)
              .help(
                  dtype.complex() && !kind.has(DType.C64)
                      ? "`real(…)` is the real part"
                      : "convert: `" + kind.ofLiteral(false).text() + "(…)`"));
    }
    sizes.bind(name, dtype);
    return dtype;
  }

  /// Returns a literal as it is where no array decides the variable, so that it goes on taking the
  /// dtype that it meets; the variable is then what the literal is where it meets none.
  static Optional<Val> literal(
      Elaboration e, TypeExpr.NamedType named, Val val, Sizes sizes, Span at, String what) {
    String name = named.path().getFirst();
    if (sizes.dtype(name).isPresent() && !sizes.ofLiteral(name)) {
      return Optional.empty();
    }
    Optional<ArrayType> type =
        switch (val) {
          case Val.Array a when a.key() == null && a.weak() -> Optional.of(a.type());
          case Val.Int _, Val.Size _ -> Optional.of(ArrayType.scalar(DType.I32));
          case Val.Real _ -> Optional.of(ArrayType.scalar(DType.F32));
          case Val.Bool _ -> Optional.of(ArrayType.scalar(DType.BOOL));
          case Val _ -> Optional.empty();
        };
    if (type.isEmpty()) {
      return Optional.empty();
    }
    DTypeKind kind = sizes.kind(named).orElseThrow();
    DType own = type.get().dtype();
    DType dtype = own.isBool() ? own : kind.ofLiteral(own.inexact());
    Optional<DType> before = sizes.dtype(name);
    boolean fits = kind.has(dtype) && (before.isEmpty() || before.get().isBool() == own.isBool());
    if (!fits) {
      return Optional.empty(); // Reported as any other value would be.
    }
    sizes.bindLiteral(name, before.filter(DType::inexact).orElse(dtype));
    Annotations.dims(
        e,
        named.dims().orElse(List.of()),
        type.get(),
        sizes,
        () -> Annotations.differs(what, named, val, at));
    return Optional.of(val);
  }

  /// Binds the dtype variables of a type that arrays decide, before literals take them.
  static void bind(TypeExpr type, Val val, Sizes sizes) {
    switch (type) {
      case TypeExpr.NamedType named -> {
        boolean decides =
            sizes.kind(named).isPresent()
                && val instanceof Val.Array a
                && a.key() == null
                && !a.weak()
                && sizes.kind(named).get().has(a.dtype())
                && sizes.dtype(named.path().getFirst()).isEmpty();
        if (decides) {
          sizes.bind(named.path().getFirst(), ((Val.Array) val).dtype());
        }
      }
      case TypeExpr.TupleType(_, var items) -> {
        if (val instanceof Val.Tuple(var parts) && parts.size() == items.size()) {
          for (int i = 0; i < parts.size(); i++) {
            bind(items.get(i), parts.get(i), sizes);
          }
        }
      }
      case TypeExpr.RecordType(_, var fields, _) -> {
        if (val instanceof Val.Record(var given)) {
          fields.stream()
              .filter(f -> given.containsKey(f.name()))
              .forEach(f -> bind(f.type(), given.get(f.name()), sizes));
        }
      }
      case TypeExpr.OptionalType(_, var inner) -> bind(inner, val, sizes);
      case TypeExpr.FunctionType _ -> {}
    }
  }
}
