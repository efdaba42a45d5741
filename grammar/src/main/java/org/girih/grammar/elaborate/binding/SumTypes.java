package org.girih.grammar.elaborate.binding;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import org.girih.grammar.ast.TypeExpr;
import org.girih.grammar.ast.TypeExpr.DimExpr;
import org.girih.grammar.ast.TypeExpr.SizeExpr;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Spelling;
import org.girih.grammar.elaborate.core.SumType;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.source.Span;

/// Sum types as annotations: `mode: Mode`, `node: Node[n]`.
final class SumTypes {
  private SumTypes() {}

  /// Checks a value, and what it holds. A string that names a variant without payload is taken for
  /// it, whatever its case: `padding = "SAME"` is what users of other libraries write.
  static Val check(
      Elaboration e,
      TypeExpr.NamedType annotation,
      SumType type,
      Val val,
      Sizes sizes,
      Span at,
      String what) {
    if (val instanceof Val.Str(String text)) {
      var chosen = type.variants().stream().filter(v -> v.equalsIgnoreCase(text)).findFirst();
      if (chosen.isPresent()
          && type.value(type.number(chosen.get()).getAsInt()) instanceof Val.Sum plain) {
        return plain;
      }
    }
    if (!(val instanceof Val.Sum(var own, var tag, var payloads)) || own != type) {
      String choices = "`" + String.join("`, `", type.variants()) + "`";
      throw e.fault(
          Diagnostic.error(
                  Code.ANNOTATION_DIFFERS,
                  at,
                  what
                      + " is a `"
                      + type.name()
                      + "`, expected one of "
                      + choices
                      + ", got "
                      + Trees.describe(val))
              .label(annotation.span(), "annotated here")
              .help(
                  val instanceof Val.Str(String text)
                      ? Spelling.nearest(text, type.variants().stream())
                          .map(near -> "did you mean `" + near + "`?")
                          .orElse("write one of " + choices)
                      : "write one of " + choices));
    }
    if (tag instanceof Val.Array a && a.rank() > 0) {
      throw e.fault(
          Diagnostic.error(
                  Code.ANNOTATION_DIFFERS,
                  at,
                  what + " is one `" + type.name() + "`, not " + a.type().dims() + " of them")
              .label(annotation.span(), "annotated here")
              .help("map over them: `vmap(f)(xs)`"));
    }
    var checked = new TreeMap<Integer, Val>();
    payloads.forEach(
        (number, payload) -> {
          List<TypeExpr> types = payload(e, annotation, type, number);
          var items = new ArrayList<Val>();
          for (int i = 0; i < types.size(); i++) {
            Val item = ((Val.Tuple) payload).items().get(i);
            items.add(Annotations.check(e, types.get(i), item, sizes, at, what));
          }
          checked.put(number, new Val.Tuple(items));
        });
    return new Val.Sum(type, tag, checked);
  }

  /// Makes a value that is one variant, chosen by the scenario.
  static Val make(
      Elaboration e,
      TypeExpr.NamedType named,
      SumType type,
      Sizes sizes,
      Function<Val.Hole, Val.Array> arrays) {
    int number = sizes.scenario().choose("variant " + named.span().start(), type.variants());
    return sizes
        .scenario()
        .inside(
            type,
            () -> {
              var items = new ArrayList<Val>();
              for (TypeExpr each : payload(e, named, type, number)) {
                items.add(AssumedValues.make(e, each, sizes, arrays));
              }
              return Val.Sum.of(type, number, new Val.Tuple(items));
            });
  }

  /// Returns the types of what a variant holds, with the sizes of the annotation.
  private static List<TypeExpr> payload(
      Elaboration e, TypeExpr.NamedType named, SumType type, int number) {
    List<DimExpr> given = named.dims().orElse(List.of());
    List<String> names = type.def().sizes();
    if (given.size() != names.size() || !given.stream().allMatch(DimExpr.Dim.class::isInstance)) {
      throw e.fault(
          Diagnostic.error(
                  Code.UNKNOWN_TYPE,
                  named.span(),
                  "`" + type.name() + "` takes " + names.size() + " sizes, not " + given.size())
              .label(type.def().span(), "defined here"));
    }
    var values = new HashMap<String, SizeExpr>();
    for (int i = 0; i < names.size(); i++) {
      values.put(names.get(i), ((DimExpr.Dim) given.get(i)).size());
    }
    return type.variant(number).payload().stream()
        .map(t -> Annotations.substitute(t, values))
        .toList();
  }
}
