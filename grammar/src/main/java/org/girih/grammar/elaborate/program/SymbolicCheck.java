package org.girih.grammar.elaborate.program;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.girih.grammar.ast.Item;
import org.girih.grammar.ast.Pattern;
import org.girih.grammar.elaborate.binding.Annotations;
import org.girih.grammar.elaborate.binding.Defs;
import org.girih.grammar.elaborate.binding.Sizes;
import org.girih.grammar.elaborate.core.Definition;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Fault;
import org.girih.grammar.elaborate.core.Scope;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.type.Condition;
import org.girih.ir.type.Dim;

/// Checks an annotated def once, for all sizes, at its definition, called or not: its size names
/// represent themselves, and what comes out is thrown away. What normal forms cannot decide stays a
/// condition, which each call meets with numbers.
///
/// Limits: a def with an unannotated parameter that is not a size is checked at its calls only; so
/// is one that asks for the value of a size (`if n > 3 …`).
public final class SymbolicCheck {
  private SymbolicCheck() {}

  public static void check(Elaboration e, Definition definition) {
    Item.Def def = definition.def();
    Set<String> inTypes = sizeNames(def);
    boolean annotated =
        def.params().stream()
            .allMatch(
                p ->
                    !p.rest()
                        && (p.type().isPresent()
                            || p.init().isPresent()
                            || p.pattern() instanceof Pattern.NamePattern(_, String n)
                                && inTypes.contains(n)));
    boolean says =
        def.result().isPresent() || def.params().stream().anyMatch(p -> p.type().isPresent());
    if (!annotated || !says) {
      return;
    }
    try {
      Set<Condition> conditions =
          e.symbolically(
              () ->
                  e.call(
                      def.nameSpan(),
                      def.name(),
                      () -> def.name() + ", for all sizes",
                      () -> body(e, definition, inTypes)));
      e.condition(definition, conditions);
    } catch (Fault fault) {
      e.diagnostics().add(withoutTrace(fault.diagnostic()));
    } catch (Fault.Undecided | Fault.Poisoned open) {
      // each call decides; a failed statement above was reported there
    }
  }

  private static Diagnostic withoutTrace(Diagnostic diagnostic) {
    return diagnostic.trace(
        diagnostic.trace().isEmpty()
            ? List.of()
            : diagnostic.trace().subList(0, diagnostic.trace().size() - 1));
  }

  /// Returns the sizes of a def with names that represent themselves, put into a scope of its own.
  static Sizes assumed(Definition definition, Scope scope, Set<String> inTypes) {
    Item.Def def = definition.def();
    var sizes = new Sizes(def.sizes(), scope);
    boolean own = !def.sizes().isEmpty();
    for (String name : inTypes) {
      boolean parameter =
          def.params().stream()
              .anyMatch(
                  p -> p.pattern() instanceof Pattern.NamePattern(_, String n) && n.equals(name));
      boolean fresh =
          own
              ? def.sizes().contains(name)
              : scope
                  .find(name)
                  .filter(v -> !(v instanceof Val.Fn) && !(v instanceof Val.Type))
                  .isEmpty();
      if (parameter || fresh) {
        sizes.assume(name, Dim.name(name));
      }
    }
    return sizes;
  }

  /// The names of sizes in the annotations of a def.
  static Set<String> sizeNames(Item.Def def) {
    var names = new LinkedHashSet<String>(def.sizes());
    def.params().forEach(p -> p.type().ifPresent(t -> Annotations.sizeNames(t, names)));
    def.result().ifPresent(t -> Annotations.sizeNames(t, names));
    return names;
  }

  /// The result of a def whose arguments have the types of their annotations.
  static Val body(Elaboration e, Definition definition, Set<String> inTypes) {
    Item.Def def = definition.def();
    Scope scope = definition.scope().inner();
    Sizes sizes = assumed(definition, scope, inTypes);
    var args = new ArrayList<Val>();
    for (Item.Param param : def.params()) {
      Val val;
      if (param.type().isPresent()) {
        e.at(param.type().get().span());
        val = Annotations.make(e, param.type().get(), sizes);
      } else if (param.pattern() instanceof Pattern.NamePattern(_, String name)
          && sizes.knows(name)) {
        val = Val.of(Dim.name(name));
      } else {
        val = e.eval(param.init().orElseThrow(), scope);
      }
      if (param.pattern() instanceof Pattern.NamePattern(_, String name)) {
        scope.bind(name, val);
      }
      args.add(val);
    }
    return Defs.body(e, definition, definition.scope().inner(), args, sizes);
  }
}
