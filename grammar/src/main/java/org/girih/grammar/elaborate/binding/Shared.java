package org.girih.grammar.elaborate.binding;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.girih.grammar.elaborate.array.Carries;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.FunctionTrace;
import org.girih.grammar.elaborate.core.Keys;
import org.girih.grammar.elaborate.core.ModuleDefinition;
import org.girih.grammar.elaborate.core.Specialised;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.op.Call;
import org.girih.ir.source.Span;

/// Code that becomes a function of the IR, once for each skeleton of its arguments: defs, and the
/// bodies of modules. Calls with equal skeletons call the same function.
///
/// @param identity a [org.girih.grammar.elaborate.core.Definition] or a [ModuleCode]
/// @param defined where it is defined
/// @param signature how messages show its call, given the skeleton of the arguments
/// @param rule gives it the derivative that the program defines
public record Shared(
    Object identity,
    Span defined,
    String name,
    Function<Val, String> signature,
    Optional<Rule> rule) {
  /// A module's body.
  ///
  /// @param update whether it passes states on
  public record ModuleCode(ModuleDefinition definition, boolean update) {}

  /// A derivative that the program defines.
  public interface Rule {
    /// Returns the function with the derivative.
    ///
    /// @param skeleton the arguments, with holes for arrays
    /// @param plain the function as it is without
    Specialised apply(Elaboration e, Val skeleton, Specialised plain);
  }

  /// Calls the function that the code becomes for arguments like these, made at the first such
  /// call.
  public static Val call(Elaboration e, Span at, Shared code, Val args, Function<Val, Val> body) {
    var key = new Specialised.Key(code.identity, Trees.skeleton(args), e.lanes().all());
    List<Val.Array> arguments = Trees.arrays(args);
    Optional<Specialised> found = e.specialised().get(key);
    boolean known = found != null;
    Specialised function;
    if (!known) {
      function = make(e, at, code, key, arguments, body);
    } else {
      function =
          found.orElseThrow(
              () ->
                  e.fault(
                      Diagnostic.error(
                              Code.ENDLESS_RECURSION,
                              at,
                              "`"
                                  + code.name
                                  + "` calls itself with the same types and static values")
                          .label(code.defined, "defined here")
                          .help(
                              "a recursion must change a static argument or a size; use `loop`"
                                  + " otherwise")));
    }
    var results = function.keys().call(e, arguments, known, at);
    if (function.op().isEmpty()) {
      return function.result();
    }
    var operands = new ArrayList<>(function.captured());
    operands.addAll(arguments);
    e.at(at);
    return Trees.fill(function.result(), results.apply(e.emit(function.op().get(), operands)));
  }

  private static Specialised make(
      Elaboration e,
      Span at,
      Shared code,
      Specialised.Key key,
      List<Val.Array> arguments,
      Function<Val, Val> body) {
    e.specialised().put(key, Optional.empty());
    try {
      Specialised plain = elaborate(e, at, code, key.skeleton(), arguments, body);
      e.specialised().put(key, Optional.of(plain));
      return plain.op().isPresent() && code.rule.isPresent()
          ? ruled(e, code.rule.get(), key, plain)
          : plain;
    } finally {
      e.specialised().remove(key, Optional.empty());
    }
  }

  private static Specialised elaborate(
      Elaboration e,
      Span at,
      Shared code,
      Val skeleton,
      List<Val.Array> arguments,
      Function<Val, Val> body) {
    FunctionTrace trace = e.newTrace();
    Val params = Carries.params(trace, skeleton);
    trace.arguments(Trees.arrays(params), arguments);
    int events = e.keyEvents().size();
    Val result =
        e.call(
            at,
            code.name,
            () -> code.signature.apply(skeleton),
            () -> e.in(trace, () -> body.apply(params)));
    List<Val.Array> results = Trees.arrays(result);
    Keys keys = Keys.of(trace, Trees.arrays(params), results, e.keyEventsSince(events));
    if (results.isEmpty() && !e.hasEffect(trace)) {
      return new Specialised(Optional.empty(), List.of(), Trees.skeleton(result), keys);
    }
    results.forEach(trace::lift);
    List<Val.Array> captured = trace.captures();
    var op = new Call(e.define(trace.finish(e.fresh(code.name), captured, results)));
    return new Specialised(Optional.of(op), captured, Trees.skeleton(result), keys);
  }

  /// The number of times that a rule is elaborated: each time its calls of the function have the
  /// rule of the time before, the first time none. So derivatives up to one order more than this
  /// follow the rule everywhere; those beyond see the function's own code at the end.
  private static final int ORDERS = 3;

  private static Specialised ruled(
      Elaboration e, Rule rule, Specialised.Key key, Specialised plain) {
    Specialised out = plain;
    // A check for all sizes looks whether the rule fits, and takes no derivatives of it.
    int orders = e.symbolic() ? 1 : ORDERS;
    for (int order = 0; order < orders; order++) {
      // What a rule calls is elaborated for this order alone: it may call the function itself.
      var known = new HashMap<>(e.specialised());
      out = rule.apply(e, key.skeleton(), plain);
      e.specialised().clear();
      e.specialised().putAll(known);
      e.specialised().put(key, Optional.of(out));
    }
    return out;
  }
}
