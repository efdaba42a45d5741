package org.girih.grammar.elaborate.program;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.girih.grammar.ast.Item;
import org.girih.grammar.ast.Pattern;
import org.girih.grammar.ast.SizeNames;
import org.girih.grammar.elaborate.binding.AssumedValues;
import org.girih.grammar.elaborate.binding.Defs;
import org.girih.grammar.elaborate.binding.Scenario;
import org.girih.grammar.elaborate.binding.Sizes;
import org.girih.grammar.elaborate.core.Definition;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Fault;
import org.girih.grammar.elaborate.core.ModuleDefinition;
import org.girih.grammar.elaborate.core.Scope;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.type.Condition;
import org.girih.ir.type.Dim;

/// Checks a def once, for all sizes, at its definition, called or not: its size names represent
/// themselves, and what comes out is thrown away. What normal forms cannot decide stays a
/// condition, which each call meets with numbers. Where annotations leave more open (a dtype, the
/// rank of `...`, an optional parameter, a variant), each way is checked ([Scenario]). A parameter
/// without annotation is a value that nothing is known of: what uses it is left to the calls.
///
/// Limits: a def that asks for the value of a size (`if n > 3 …`) is checked at its calls only.
public final class SymbolicCheck {
  /// A check in many ways ends after this many steps.
  private static final long STEPS = 100_000;

  private SymbolicCheck() {}

  /// Checks a module: its names.
  public static void check(Elaboration e, ModuleDefinition definition) {
    UnknownNames.check(e, definition);
  }

  public static void check(Elaboration e, Definition definition) {
    UnknownNames.check(e, definition);
    Item.Def def = definition.def();
    Set<String> inTypes = sizeNames(def);
    boolean says =
        def.result().isPresent() || def.params().stream().anyMatch(p -> p.type().isPresent());
    if (!says) {
      return;
    }
    var scenario = new Scenario();
    var conditions = new LinkedHashSet<Condition>();
    long start = e.steps();
    boolean taken = false;
    Optional<Fault> refused = Optional.empty();
    do {
      try {
        conditions.addAll(
            e.symbolically(
                () ->
                    e.call(
                        def.nameSpan(),
                        def.name(),
                        () -> def.name() + ", for all sizes" + scenario.text(),
                        () -> body(e, definition, inTypes, scenario))));
        taken = true;
      } catch (Fault fault) {
        if (isRefusal(fault.diagnostic(), def)) {
          refused = refused.or(() -> Optional.of(fault));
          continue;
        }
        e.diagnostics().add(withoutTrace(fault.diagnostic(), scenario));
        return;
      } catch (Fault.Undecided | Fault.Poisoned open) {
        taken = true; // each call decides; a failed statement above was reported there
      }
    } while (e.steps() - start < STEPS && scenario.next());
    if (!taken) {
      refused.ifPresent(
          fault -> e.diagnostics().add(withoutTrace(fault.diagnostic(), new Scenario())));
    }
    e.condition(definition, notRequired(def, conditions));
  }

  /// Returns whether an `assert` of the def itself refuses what the check assumes: the def is not
  /// meant for that, and says so at a call. One that refuses everything is wrong.
  private static boolean isRefusal(Diagnostic diagnostic, Item.Def def) {
    return diagnostic.code() == Code.ASSERTION_FAILED
        && diagnostic.labels().stream()
            .map(Diagnostic.Label::span)
            .anyMatch(
                at ->
                    at.source() == def.span().source()
                        && def.nameSpan().end() <= at.start()
                        && at.end() <= def.span().end());
  }

  /// Returns the conditions that speak of other sizes than the def's own condition.
  private static Set<Condition> notRequired(Item.Def def, Set<Condition> conditions) {
    if (def.requirement().isEmpty()) {
      return conditions;
    }
    var named = new HashSet<>(List.of(def.requirement().get().span().text().split("\\W+")));
    return conditions.stream()
        .filter(
            c ->
                Arrays.stream(c.toString().split("\\W+"))
                    .anyMatch(word -> word.matches("[a-z_A-Z]\\w*") && !named.contains(word)))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /// Leaves out that the def itself is checked, unless it is wrong in some ways only.
  private static Diagnostic withoutTrace(Diagnostic diagnostic, Scenario scenario) {
    if (!scenario.text().isEmpty()) {
      return diagnostic;
    }
    return diagnostic.trace(
        diagnostic.trace().isEmpty()
            ? List.of()
            : diagnostic.trace().subList(0, diagnostic.trace().size() - 1));
  }

  /// Returns the sizes of a def with names that represent themselves, put into a scope of its own.
  static Sizes assumed(
      Elaboration e, Definition definition, Scope scope, Set<String> inTypes, Scenario scenario) {
    Item.Def def = definition.def();
    var sizes = Sizes.of(e, def, scope).in(scenario);
    List<String> declared = def.names(Item.TypeName.Kind.SIZE);
    boolean own = !declared.isEmpty();
    for (String name : inTypes) {
      boolean parameter =
          def.params().stream()
              .anyMatch(
                  p -> p.pattern() instanceof Pattern.NamePattern(_, String n) && n.equals(name));
      boolean fresh =
          own
              ? declared.contains(name)
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
    var names = new LinkedHashSet<String>(def.names(Item.TypeName.Kind.SIZE));
    def.params().forEach(p -> p.type().ifPresent(t -> names.addAll(SizeNames.of(t))));
    def.result().ifPresent(t -> names.addAll(SizeNames.of(t)));
    return names;
  }

  /// The result of a def whose arguments have the types of their annotations.
  static Val body(Elaboration e, Definition definition, Set<String> inTypes, Scenario scenario) {
    Item.Def def = definition.def();
    Scope scope = definition.scope().inner();
    Sizes sizes = assumed(e, definition, scope, inTypes, scenario);
    var args = new ArrayList<Val>();
    for (Item.Param param : def.params()) {
      Val val;
      if (param.type().filter(t -> !AssumedValues.isStatic(e, t, sizes)).isPresent()
          || param.type().isPresent() && param.init().isEmpty()) {
        e.at(param.type().get().span());
        val = AssumedValues.make(e, param.type().get(), sizes);
      } else if (param.pattern() instanceof Pattern.NamePattern(_, String name)
          && sizes.knows(name)) {
        val = Val.of(Dim.name(name));
      } else if (param.init().isPresent()) {
        val = e.eval(param.init().get(), param.type(), scope);
      } else {
        val = new Val.Poison();
      }
      if (param.pattern() instanceof Pattern.NamePattern(_, String name)) {
        scope.bind(name, val);
      }
      args.add(val);
    }
    if (!Defs.meant(e, definition, scope, sizes)) {
      throw new Fault.Undecided("the def is not for this");
    }
    return Defs.body(e, definition, definition.scope().inner(), args, sizes);
  }
}
