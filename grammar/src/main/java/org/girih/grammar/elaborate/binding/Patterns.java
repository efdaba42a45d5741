package org.girih.grammar.elaborate.binding;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.girih.grammar.ast.BoundNames;
import org.girih.grammar.ast.Pattern;
import org.girih.grammar.elaborate.array.Rows;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Fault;
import org.girih.grammar.elaborate.core.Members;
import org.girih.grammar.elaborate.core.Scope;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;

/// Takes trees apart.
public final class Patterns {
  private Patterns() {}

  /// Binds the names of the pattern.
  public static void bind(Elaboration e, Pattern pattern, Val val, Scope scope) {
    var twice = new HashSet<String>();
    BoundNames.of(pattern)
        .forEach(
            name -> {
              if (!twice.add(name)) {
                throw e.fault(
                    Code.DEFINED_TWICE, pattern.span(), "`" + name + "` is repeated in a pattern");
              }
            });
    take(e, pattern, val, scope);
  }

  private static void take(Elaboration e, Pattern pattern, Val val, Scope scope) {
    if (val instanceof Val.Poison) {
      BoundNames.of(pattern).forEach(n -> scope.bind(n, val));
      return;
    }
    switch (pattern) {
      case Pattern.NamePattern(_, String name) -> scope.bind(name, val);
      case Pattern.Wildcard _ -> {}
      case Pattern.TuplePattern(var at, var items) -> {
        List<Val> parts =
            switch (val) {
              case Val.Tuple(var all) -> all;
              case Val.Array a
                  when a.rank() > (a.key() == null ? 0 : 1)
                      && a.type().dim(0).known().isPresent() -> {
                e.at(at);
                long size = a.type().dim(0).known().getAsLong();
                if (size != items.size()) {
                  throw doesNotFit(e, pattern, val, items.size() + " parts");
                }
                yield Rows.of(e, a);
              }
              case Val _ -> throw doesNotFit(e, pattern, val, "a tuple of " + items.size());
            };
        if (parts.size() != items.size()) {
          throw doesNotFit(e, pattern, val, items.size() + " parts");
        }
        for (int i = 0; i < items.size(); i++) {
          take(e, items.get(i), parts.get(i), scope);
        }
      }
      case Pattern.RecordPattern(_, var fields, boolean open) -> {
        if (!(val instanceof Val.Record(var given))) {
          throw doesNotFit(e, pattern, val, "a record");
        }
        for (Pattern.FieldPattern field : fields) {
          Val found = given.get(field.name());
          if (found == null) {
            throw Members.noField(e, field.span(), field.name(), val, given.keySet());
          }
          take(e, field.pattern(), found, scope);
        }
        if (!open && fields.size() != given.size()) {
          Set<String> left = new java.util.TreeSet<>(given.keySet());
          fields.forEach(f -> left.remove(f.name()));
          throw e.fault(
              Diagnostic.error(
                      Code.PATTERN_DOES_NOT_FIT,
                      pattern.span(),
                      "the pattern leaves out `"
                          + String.join("`, `", left)
                          + "` of "
                          + Trees.describe(val))
                  .help("name all fields, or end the pattern with `...`"));
        }
      }
    }
  }

  private static Fault doesNotFit(Elaboration e, Pattern pattern, Val val, String due) {
    return e.fault(
        Code.PATTERN_DOES_NOT_FIT,
        pattern.span(),
        "the pattern takes " + due + ", not " + Trees.describe(val));
  }
}
