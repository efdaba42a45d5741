package org.girih.grammar.ast;

import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.Set;

/// Lists the names of sizes in a type, in order: `n` and `m` of `(f32[n, 2 * m], i32[n])`.
public final class SizeNames {
  private SizeNames() {}

  /// Returns them, each once.
  public static SequencedSet<String> of(TypeExpr type) {
    var out = new LinkedHashSet<String>();
    collect(type, out);
    return out;
  }

  private static void collect(TypeExpr type, Set<String> out) {
    switch (type) {
      case TypeExpr.NamedType(_, _, var dims) ->
          dims.ifPresent(
              all ->
                  all.forEach(
                      d -> {
                        if (d instanceof TypeExpr.DimExpr.Dim(_, var size, _)) {
                          collect(size, out);
                        }
                      }));
      case TypeExpr.TupleType(_, var items) -> items.forEach(i -> collect(i, out));
      case TypeExpr.RecordType(_, var fields, _) -> fields.forEach(f -> collect(f.type(), out));
      case TypeExpr.FunctionType(_, var params, var result) -> {
        params.forEach(p -> collect(p, out));
        collect(result, out);
      }
      case TypeExpr.OptionalType(_, var inner) -> collect(inner, out);
    }
  }

  private static void collect(TypeExpr.SizeExpr size, Set<String> out) {
    switch (size) {
      case TypeExpr.SizeExpr.Any _, TypeExpr.SizeExpr.SizeInt _ -> {}
      case TypeExpr.SizeExpr.SizeName(_, var path) -> out.add(path.getFirst());
      case TypeExpr.SizeExpr.SizeBinary(_, _, var left, var right) -> {
        collect(left, out);
        collect(right, out);
      }
    }
  }
}
