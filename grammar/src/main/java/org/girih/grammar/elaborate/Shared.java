package org.girih.grammar.elaborate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.op.Call;
import org.girih.ir.op.Op;
import org.girih.ir.source.Span;

/// Code that becomes a function of the IR, once for each skeleton of its arguments: defs, and the
/// bodies of modules. Calls with equal skeletons call the same function.
///
/// @param identity a [Definition] or a [ModuleCode]
/// @param defined where it stands
/// @param signature how messages show its call, given the skeleton of the arguments
/// @param rule the def that gives its derivative
record Shared(
    Object identity,
    Span defined,
    String name,
    Function<Val, String> signature,
    Optional<Definition> rule) {
  /// What decides whether code can be shared.
  ///
  /// @param code a [Definition] or a [ModuleCode]
  record Key(Object code, Val skeleton, Map<String, Elaboration.Lane> lanes) {}

  /// A module's body.
  ///
  /// @param update whether it gives states on
  record ModuleCode(ModuleDefinition definition, boolean update) {}

  /// A def for one key; unfinished while its body is elaborated.
  static final class Specialised {
    private Op op;
    private Val result;
    private List<Val.Array> captured;
    private Keys keys;
  }

  /// Calls the function that the code becomes for arguments like these, made at the first such
  /// call.
  static Val call(Elaboration e, Span at, Shared code, Val args, Function<Val, Val> body) {
    Key key = new Key(code.identity, Trees.skeleton(args), e.lanes());
    Specialised found = e.specialised().get(key);
    boolean known = found != null;
    if (found == null) {
      found = new Specialised();
      e.specialised().put(key, found);
      try {
        elaborate(e, at, code, key.skeleton, Trees.arrays(args), body, found);
      } finally {
        if (found.result == null) {
          e.specialised().remove(key);
        }
      }
    } else if (found.result == null) {
      throw e.fault(
          Diagnostic.error(
                  Code.ENDLESS_RECURSION,
                  at,
                  "`" + code.name + "` calls itself with the same types and static values")
              .label(code.defined, "defined here")
              .help("a recursion must change a static argument or a size; use `loop` otherwise"));
    }
    List<Val.Array> arguments = Trees.arrays(args);
    var results = found.keys.call(e, arguments, known, at);
    if (found.op == null) {
      return found.result;
    }
    var operands = new ArrayList<>(found.captured);
    operands.addAll(arguments);
    e.at(at);
    return Trees.fill(found.result, results.apply(e.emit(found.op, operands)));
  }

  private static void elaborate(
      Elaboration e,
      Span at,
      Shared code,
      Val skeleton,
      List<Val.Array> arguments,
      Function<Val, Val> body,
      Specialised out) {
    Trace trace = e.newTrace();
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
    out.keys = Keys.of(trace, Trees.arrays(params), results, e.keyEventsSince(events));
    if (!results.isEmpty()) {
      results.forEach(trace::lift);
      out.captured = trace.captures();
      out.op = new Call(e.define(trace.finish(e.fresh(code.name), out.captured, results)));
    }
    out.result = Trees.skeleton(result);
    if (out.op != null && code.rule.isPresent()) {
      rule(e, code.rule.get(), skeleton, out);
    }
  }

  /// How often a rule is elaborated: each time its calls of the function have the rule of the time
  /// before, the first time none. So derivatives up to one order more than this follow the rule
  /// everywhere; those beyond see the function's own code at the end.
  private static final int ORDERS = 3;

  private static void rule(Elaboration e, Definition rule, Val skeleton, Specialised out) {
    var plain = new Rules.Plain(out.op, out.captured, out.result);
    for (int order = 0; order < ORDERS; order++) {
      // What a rule calls is elaborated for this order alone: it may call the function itself.
      var known = new HashMap<>(e.specialised());
      var ruled = Rules.of(e, rule, skeleton, plain);
      e.specialised().clear();
      e.specialised().putAll(known);
      out.captured = ruled.captured();
      out.op = ruled.op();
    }
  }
}
