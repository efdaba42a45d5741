package org.girih.grammar.elaborate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.girih.grammar.ast.Expr;
import org.girih.grammar.ast.Item;
import org.girih.grammar.elaborate.array.Binding;
import org.girih.grammar.elaborate.array.Operands;
import org.girih.grammar.elaborate.binding.AssumedValues;
import org.girih.grammar.elaborate.binding.Sizes;
import org.girih.grammar.elaborate.core.Definition;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Fault;
import org.girih.grammar.elaborate.core.FileScope;
import org.girih.grammar.elaborate.core.Given;
import org.girih.grammar.elaborate.core.NestedNames;
import org.girih.grammar.elaborate.core.Scope;
import org.girih.grammar.elaborate.core.Spelling;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.grammar.elaborate.program.HostSegments;
import org.girih.grammar.elaborate.program.HostStatements;
import org.girih.grammar.plan.EntryCall;
import org.girih.grammar.plan.Step;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.source.Span;

/// Elaborates the call of a function that a command asks for.
final class EntryCalls {
  private final Elaboration e;
  private final HostSegments segments;
  private final FileScope scope;
  private final HostStatements statements;

  EntryCalls(Elaboration e, HostSegments segments, FileScope scope, HostStatements statements) {
    this.e = e;
    this.segments = segments;
    this.scope = scope;
    this.statements = statements;
  }

  /// @param measured whether the call is what a bench measures
  void elaborate(EntryCall call, boolean measured) {
    Definition definition = scope.defs().get(call.function());
    if (definition == null) {
      var diagnostic =
          Diagnostic.error(
              Code.BAD_ENTRY, "no def `" + call.function() + "` in " + scope.file().source());
      e.diagnostics()
          .add(
              Spelling.nearest(call.function(), scope.defs().keySet().stream())
                  .map(n -> diagnostic.help("did you mean `" + n + "`?"))
                  .orElse(diagnostic));
      return;
    }
    Span at = definition.def().nameSpan();
    try {
      var given = new LinkedHashMap<String, Given>();
      e.in(
          segments.trace(),
          () -> {
            call.args().forEach((name, arg) -> given.put(name, new Given(argument(name, arg), at)));
            fromAnnotations(definition, given, at);
            return null;
          });
      if (measured) {
        segments.cut();
      }
      Val arrays =
          e.in(
              segments.trace(),
              () ->
                  Trees.map(
                      e.apply(at, new Val.DefFn(definition), List.of(), given),
                      leaf ->
                          leaf instanceof Val.Num || leaf instanceof Val.Bool
                              ? Operands.array(e, leaf, at)
                              : leaf));
      if (measured) {
        statements.measure(arrays, at);
      } else {
        segments.effect(List.of(arrays), new Step.Result(segments.tree(arrays)));
      }
    } catch (Fault fault) {
      e.diagnostics().add(fault.diagnostic());
    } catch (Fault.Poisoned poisoned) {
      // reported where it failed
    }
  }

  private Val argument(String name, EntryCall.Arg arg) {
    Val val =
        switch (arg) {
          case EntryCall.Arg.Arrays(var types, var keys) -> {
            var arrays = new TreeMap<String, Val>();
            types.forEach(
                (n, t) -> arrays.put(n, segments.input(new Val.Hole(t, false, keys.contains(n)))));
            yield NestedNames.tree(arrays);
          }
          case EntryCall.Arg.Static(Expr value) ->
              e.eval(value, Scope.of(scope, Integer.MAX_VALUE));
        };
    if (arg instanceof EntryCall.Arg.Arrays) {
      segments.effect(List.of(), new Step.Argument(name, segments.tree(val)));
    }
    return val;
  }

  /// Makes parameters without argument whose annotation states all sizes inputs of that type.
  private void fromAnnotations(Definition definition, Map<String, Given> given, Span at) {
    for (Item.Param param : definition.def().params()) {
      String name = Binding.param(param).name();
      if (!given.containsKey(name) && param.type().isPresent() && param.init().isEmpty()) {
        var sizes = new Sizes(List.of(), definition.scope());
        Optional<Val> input = AssumedValues.input(e, param.type().get(), sizes);
        if (input.isEmpty()) {
          continue; // It is missing, and that is what is reported.
        }
        Val made = input.get();
        Val val =
            Trees.map(
                made,
                l ->
                    l instanceof Val.Array a
                        ? segments.input(new Val.Hole(a.type(), false, a.key() != null))
                        : l);
        given.put(name, new Given(val, at));
        segments.effect(List.of(), new Step.Argument(name, segments.tree(val)));
      }
    }
  }
}
