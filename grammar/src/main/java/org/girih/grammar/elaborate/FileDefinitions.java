package org.girih.grammar.elaborate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.girih.grammar.ast.Item;
import org.girih.grammar.elaborate.core.Definition;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.FileScope;
import org.girih.grammar.elaborate.core.SumType;
import org.girih.grammar.parse.Outline;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.source.Span;

/// Collects what a file defines, and refuses what it defines twice.
final class FileDefinitions {
  private final Diagnostics diagnostics;

  private FileDefinitions(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  /// Takes up defs, modules and types, which are seen everywhere.
  static FileScope fill(Elaboration e, FileScope scope) {
    new FileDefinitions(e.diagnostics()).collect(scope);
    e.seeTypes(scope);
    return scope;
  }

  /// Takes up a library: its defs as they stand, without a look into them.
  static FileScope fill(Elaboration e, FileScope scope, List<Outline.Def> defs) {
    for (Outline.Def def : defs) {
      scope.defs().putIfAbsent(def.name(), new Definition(def, scope));
    }
    for (Outline.Def def : defs) {
      def.ruleOf().ifPresent(target -> scope.rule(target, scope.defs().get(def.name())));
    }
    return fill(e, scope);
  }

  private void collect(FileScope scope) {
    var seen = new HashMap<String, Span>();
    List<Item> items = scope.file().items();
    for (int i = 0; i < items.size(); i++) {
      switch (items.get(i)) {
        case Item.Def def -> {
          define(seen, def.name(), def.nameSpan());
          scope.defs().putIfAbsent(def.name(), new Definition(def, scope, i));
          def.rule().ifPresent(rule -> rule(scope, def, rule));
        }
        case Item.TypeDef type -> {
          define(seen, "type " + type.name(), type.span());
          scope.types().putIfAbsent(type.name(), type);
        }
        case Item.SumDef sum -> {
          define(seen, "type " + sum.name(), sum.span());
          scope.sums().putIfAbsent(sum.name(), new SumType(sum, scope, i));
          // A variant may have the name of a def: where its type is expected, it is meant.
          sum.variants().forEach(v -> define(seen, "variant " + v.name(), v.span()));
        }
        case Item.Module module -> define(seen, module.name(), module.nameSpan());
        case Item.ModuleName module -> define(seen, module.name(), module.nameSpan());
        case Item.Mesh _, Item.Import _, Item.Host _, Item.Test _, Item.Bench _ -> {}
      }
    }
    ModuleBases.fill(scope, diagnostics);
  }

  private void rule(FileScope scope, Item.Def def, Item.RuleOf rule) {
    String target = String.join(".", rule.path());
    boolean known =
        scope.file().items().stream()
            .anyMatch(i -> i instanceof Item.Def other && other.name().equals(target));
    if (!known || target.equals(def.name())) {
      diagnostics.add(
          Diagnostic.error(Code.BAD_RULE, rule.span(), "no other def `" + target + "` in this file")
              .help("a rule must be in the same file as the def whose derivative it is"));
      return;
    }
    scope
        .rule(target, scope.defs().get(def.name()))
        .ifPresent(
            before ->
                diagnostics.add(
                    Diagnostic.error(
                            Code.BAD_RULE, rule.span(), "`" + target + "` has a rule already")
                        .label(before.def().nameSpan(), "first here")));
  }

  private void define(Map<String, Span> seen, String name, Span at) {
    Span before = seen.putIfAbsent(name, at);
    if (before != null) {
      diagnostics.add(
          Diagnostic.error(Code.DEFINED_TWICE, at, "`" + name + "` is defined twice")
              .label(before, "first here"));
    }
  }
}
