package org.girih.grammar.elaborate.core;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.type.Condition;

/// Reports, for `girih check`, a def that not all sizes fit.
final class ConditionOfDef {
  private static final Pattern AT_LEAST = Pattern.compile("(\\w+) >= (\\d+)");

  private ConditionOfDef() {}

  /// A warning (E0305) of the conditions that are left when those are gone that others imply.
  static Optional<Diagnostic> warning(Definition definition, Set<Condition> open) {
    var shown = Condition.simplified(open).stream().map(Condition::toString).toList();
    if (shown.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Diagnostic.warning(
                Code.CONDITION_OF_DEF,
                definition.def().nameSpan(),
                "`" + definition.name() + "` holds where " + String.join(" and ", shown))
            .help("each call is checked with its own sizes" + inTypes(shown)));
  }

  /// Returns how the types of a def can state that a size is at least some number, if that is all.
  private static String inTypes(List<String> conditions) {
    var atLeast = AT_LEAST.matcher(conditions.getFirst());
    if (conditions.size() == 1 && atLeast.matches()) {
      String size = atLeast.group(1);
      return "; `%s + %s` for `%s` in its types says so".formatted(size, atLeast.group(2), size);
    }
    return "";
  }
}
