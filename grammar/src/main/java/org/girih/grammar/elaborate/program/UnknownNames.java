package org.girih.grammar.elaborate.program;

import java.util.HashSet;
import java.util.List;
import org.girih.grammar.ast.FreeNames;
import org.girih.grammar.ast.Item;
import org.girih.grammar.ast.SizeNames;
import org.girih.grammar.elaborate.core.Definition;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.ModuleDefinition;
import org.girih.grammar.elaborate.core.Scope;
import org.girih.grammar.elaborate.core.WayOut;
import org.girih.grammar.elaborate.expression.Expressions;

/// Reports the names in defs and modules that nothing binds, called or not.
///
/// Limits: a name that a block binds below its use is found when the def is called.
final class UnknownNames {
  private UnknownNames() {}

  static void check(Elaboration e, Definition definition) {
    Item.Def def = definition.def();
    var bound = new HashSet<String>();
    def.names().forEach(n -> bound.add(n.name()));
    def.params().forEach(p -> p.type().ifPresent(t -> bound.addAll(SizeNames.of(t))));
    def.result().ifPresent(t -> bound.addAll(SizeNames.of(t)));
    check(e, definition.scope(), FreeNames.of(def.params(), bound, def.body()));
  }

  static void check(Elaboration e, ModuleDefinition definition) {
    Item.Module module = definition.module();
    if (module.base().isPresent() && definition.base().isEmpty()) {
      return; // Its attributes are not known, which was reported.
    }
    var params = new java.util.ArrayList<>(module.outer());
    params.addAll(module.inner());
    var bound = new HashSet<String>();
    module.names().forEach(n -> bound.add(n.name()));
    definition.base().ifPresent(_ -> bound.add(ModuleDefinition.SUPER));
    params.forEach(p -> p.type().ifPresent(t -> bound.addAll(SizeNames.of(t))));
    module.result().ifPresent(t -> bound.addAll(SizeNames.of(t)));
    check(e, definition.make().scope(), FreeNames.of(params, bound, module.body()));
  }

  private static void check(
      Elaboration e, Scope scope, java.util.Map<String, org.girih.ir.source.Span> names) {
    names.forEach(
        (name, at) -> {
          if (scope.find(name).isEmpty() && !e.isVariant(name)) {
            var whole = WayOut.dotted(at);
            var fault =
                whole.equals(at)
                    ? Expressions.unknown(e, at, name, scope)
                    : Expressions.unknown(e, whole, List.of(whole.text().split("\\.")), scope);
            e.diagnostics().add(fault.diagnostic());
          }
        });
  }
}
