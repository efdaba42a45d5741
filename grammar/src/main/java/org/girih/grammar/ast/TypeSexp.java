package org.girih.grammar.ast;

import java.util.stream.Stream;

/// Types as S-expressions.
final class TypeSexp {
  private TypeSexp() {}

  static Sexp annotation(TypeExpr type) {
    return Sexp.group(":", Stream.of(type(type)));
  }

  static Sexp type(TypeExpr type) {
    return switch (type) {
      case TypeExpr.NamedType it -> {
        String name = String.join(".", it.path());
        yield it.dims()
            .map(dims -> Sexp.list(it.span(), name, dims.stream().map(TypeSexp::dim)))
            .orElseGet(() -> Sexp.atom(it.span(), name));
      }
      case TypeExpr.TupleType it ->
          Sexp.list(it.span(), "tuple", it.items().stream().map(TypeSexp::type));
      case TypeExpr.RecordType it ->
          Sexp.list(
              it.span(),
              "record",
              Stream.concat(
                  it.fields().stream().map(TypeSexp::field),
                  it.open() ? Stream.of(Sexp.atom("...")) : Stream.of()));
      case TypeExpr.FunctionType it ->
          Sexp.list(
              it.span(),
              "->",
              Stream.concat(it.params().stream(), Stream.of(it.result())).map(TypeSexp::type));
      case TypeExpr.OptionalType it -> Sexp.list(it.span(), "or-none", type(it.type()));
    };
  }

  private static Sexp field(TypeExpr.FieldType it) {
    return Sexp.list(it.span(), it.name(), type(it.type()));
  }

  static Sexp dim(TypeExpr.DimExpr dim) {
    return switch (dim) {
      case TypeExpr.DimExpr.Rest it -> Sexp.atom(it.span(), "..." + it.name().orElse(""));
      case TypeExpr.DimExpr.Dim it when it.axes().isEmpty() -> size(it.size());
      case TypeExpr.DimExpr.Dim it ->
          Sexp.list(
              it.span(),
              "@",
              Stream.concat(Stream.of(size(it.size())), it.axes().stream().map(Sexp::atom)));
    };
  }

  private static Sexp size(TypeExpr.SizeExpr size) {
    return switch (size) {
      case TypeExpr.SizeExpr.Any it -> Sexp.atom(it.span(), "_");
      case TypeExpr.SizeExpr.SizeName it -> Sexp.atom(it.span(), String.join(".", it.path()));
      case TypeExpr.SizeExpr.SizeInt it -> Sexp.atom(it.span(), it.value().toString());
      case TypeExpr.SizeExpr.SizeBinary it ->
          Sexp.list(it.span(), symbol(it.op()), size(it.left()), size(it.right()));
    };
  }

  private static String symbol(TypeExpr.SizeOp op) {
    return switch (op) {
      case ADD -> "+";
      case SUBTRACT -> "-";
      case MULTIPLY -> "*";
      case FLOOR_DIVIDE -> "//";
    };
  }
}
