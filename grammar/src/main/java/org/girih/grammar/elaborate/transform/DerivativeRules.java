package org.girih.grammar.elaborate.transform;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.girih.grammar.ast.Item;
import org.girih.grammar.elaborate.array.Carries;
import org.girih.grammar.elaborate.array.Operands;
import org.girih.grammar.elaborate.core.Definition;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Fault;
import org.girih.grammar.elaborate.core.FunctionTrace;
import org.girih.grammar.elaborate.core.Specialised;
import org.girih.grammar.elaborate.core.StaticArithmetic;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.op.CustomJvp;
import org.girih.ir.op.CustomVjp;
import org.girih.ir.op.FuncRef;
import org.girih.ir.source.Span;
import org.girih.ir.type.ArrayType;

/// Derivatives that the program defines: `@jvp(f) def r(primals, tangents)` returns (value,
/// tangent), `@vjp(f) def r(x, …)` returns (value, ct -> cotangents), `none` for what has no
/// derivative. Where a rule calls its function, further derivatives follow the rule too: see
/// [org.girih.grammar.elaborate.binding.Shared].
public final class DerivativeRules {
  private DerivativeRules() {}

  /// Returns the function with a rule as its derivative.
  ///
  /// @param skeleton the arguments, with holes for arrays
  /// @param plain the function without
  public static Specialised of(Elaboration e, Definition rule, Val skeleton, Specialised plain) {
    FunctionTrace trace = e.newTrace();
    Val params = Carries.params(trace, skeleton);
    var operands = new ArrayList<>(plain.captured());
    operands.addAll(Trees.arrays(params));
    List<Val.Array> results = e.in(trace, () -> e.emit(plain.op().orElseThrow(), operands));
    Val result = Trees.fill(plain.result(), results.iterator());
    return rule.def().rule().orElseThrow().kind().equals("jvp")
        ? forward(e, rule, skeleton, trace, result, plain)
        : reverse(e, rule, skeleton, trace, result, plain);
  }

  private static Span at(Definition rule) {
    return rule.def().nameSpan();
  }

  private static boolean inexact(Val leaf) {
    return leaf instanceof Val.Hole(var type, _, _) && type.dtype().inexact();
  }

  /// The same tree, `none` for what has no tangent.
  private static Val tangents(Val skeleton) {
    return Trees.map(skeleton, leaf -> inexact(leaf) ? leaf : Val.NONE);
  }

  private static Specialised forward(
      Elaboration e,
      Definition rule,
      Val skeleton,
      FunctionTrace trace,
      Val result,
      Specialised plain) {
    FunctionTrace inside = e.newTrace();
    Val primals = Carries.params(inside, skeleton);
    Val tangents = Carries.params(inside, tangents(skeleton));
    Val due = Trees.skeleton(result);
    List<Val.Array> out =
        e.in(
            inside,
            () -> {
              Val given = e.apply(at(rule), new Val.DefFn(rule), primals, tangents);
              List<Val> pair = pair(e, rule, given, "(value, tangent)");
              var arrays = new ArrayList<>(checked(e, rule, "value", due, pair.get(0)));
              arrays.addAll(checked(e, rule, "tangent", tangents(due), pair.get(1)));
              return arrays;
            });
    List<Val.Array> results = Trees.arrays(result);
    results.forEach(trace::lift);
    out.forEach(inside::lift);
    List<Val.Array> captured = union(trace, inside);
    String name = rule.def().rule().orElseThrow().path().getLast();
    FuncRef callee = e.define(trace.finish(e.fresh(name), captured, results));
    FuncRef derivative = e.define(inside.finish(e.fresh(rule.name()), captured, out));
    return plain.by(new CustomJvp(callee, derivative, captured.size()), captured);
  }

  private static List<Val.Array> union(FunctionTrace a, FunctionTrace b) {
    var captured = new LinkedHashSet<>(a.captures());
    captured.addAll(b.captures());
    return List.copyOf(captured);
  }

  private static Specialised reverse(
      Elaboration e,
      Definition rule,
      Val skeleton,
      FunctionTrace trace,
      Val result,
      Specialised plain) {
    FunctionTrace first = e.newTrace();
    Val primals = Carries.params(first, skeleton);
    Val due = Trees.skeleton(result);
    List<Val> pair =
        e.in(
            first,
            () -> {
              Val given =
                  e.apply(
                      at(rule),
                      new Val.DefFn(rule),
                      ((Val.Tuple) primals).items().toArray(Val[]::new));
              return pair(e, rule, given, "(value, ct -> cotangents)");
            });
    List<Val.Array> values = e.in(first, () -> checked(e, rule, "value", due, pair.get(0)));
    if (!(pair.get(1) instanceof Val.Fn)) {
      throw wrong(
          e, rule, "must return a function of the cotangent, got " + Trees.describe(pair.get(1)));
    }
    List<Val.Array> kept = Trees.arrays(pair.get(1));
    FunctionTrace second = e.newTrace();
    var params = new ArrayList<Val.Array>();
    kept.forEach(a -> params.add(second.param(a.type(), false)));
    Val ct = Carries.params(second, tangents(due));
    List<Val.Array> cotangents =
        e.in(
            second,
            () -> {
              Val closure = Trees.fill(Trees.skeleton(pair.get(1)), params.iterator());
              Val given = e.apply(at(rule), closure, ct);
              List<Val> args = ((Val.Tuple) skeleton).items();
              boolean bare =
                  args.size() == 1 && !(given instanceof Val.Tuple(var one) && one.size() == 1);
              return checked(
                  e, rule, "cotangent", tangents(skeleton), bare ? Val.Tuple.of(given) : given);
            });
    cotangents.forEach(second::lift);
    List<Val.Array> late = second.captures();
    var forward = new ArrayList<>(values);
    forward.addAll(late);
    forward.addAll(kept);
    List<Val.Array> results = Trees.arrays(result);
    results.forEach(trace::lift);
    forward.forEach(first::lift);
    List<Val.Array> captured = union(trace, first);
    String name = rule.def().rule().orElseThrow().path().getLast();
    FuncRef callee = e.define(trace.finish(e.fresh(name), captured, results));
    FuncRef there = e.define(first.finish(e.fresh(rule.name()), captured, forward));
    FuncRef back = e.define(second.finish(e.fresh(rule.name() + ".back"), late, cotangents));
    return plain.by(new CustomVjp(callee, there, back, captured.size()), captured);
  }

  private static List<Val> pair(Elaboration e, Definition rule, Val given, String due) {
    if (given instanceof Val.Tuple(var items) && items.size() == 2) {
      return items;
    }
    throw wrong(e, rule, "must return " + due + ", got " + Trees.describe(given));
  }

  private static Fault wrong(Elaboration e, Definition rule, String what) {
    Item.RuleOf of = rule.def().rule().orElseThrow();
    return e.fault(
        Diagnostic.error(
                Code.BAD_RULE,
                at(rule),
                "the rule `" + rule.name() + "` of `" + String.join(".", of.path()) + "` " + what)
            .label(of.span(), "the rule"));
  }

  /// Returns the arrays of a part of the rule's result, which has the tree and types that are
  /// expected.
  private static List<Val.Array> checked(
      Elaboration e, Definition rule, String part, Val due, Val given) {
    var out = new ArrayList<Val.Array>();
    collect(e, rule, part, due, given, out);
    return out;
  }

  private static void collect(
      Elaboration e, Definition rule, String part, Val due, Val given, List<Val.Array> out) {
    switch (due) {
      case Val.Tuple(var items)
          when given instanceof Val.Tuple(var own) && own.size() == items.size() -> {
        for (int i = 0; i < items.size(); i++) {
          collect(e, rule, part, items.get(i), own.get(i), out);
        }
      }
      case Val.Record(var fields)
          when given instanceof Val.Record(var own) && own.keySet().equals(fields.keySet()) ->
          fields.forEach((name, f) -> collect(e, rule, part, f, own.get(name), out));
      case Val.Hole(ArrayType type, _, _) -> {
        boolean number =
            given instanceof Val.Num n
                && type.isScalar()
                && (part.equals("value") || StaticArithmetic.real(n) == 0);
        Val.Array array =
            number
                ? Operands.constant(e, (Val.Num) given, type.dtype(), at(rule))
                : given instanceof Val.Array a ? a : null;
        if (array == null
            || array.dtype() != type.dtype()
            || !Carries.sameDims(e, array.type(), type)) {
          throw wrong(
              e,
              rule,
              "must return " + type + " as the " + part + ", got " + Trees.describe(given));
        }
        out.add(array);
      }
      case Val.None _ -> {} // what is static here has no derivative, whatever the rule says
      case Val other when other.equals(given) -> {}
      case Val other ->
          throw wrong(
              e,
              rule,
              "must return "
                  + Trees.describe(other)
                  + " as the "
                  + part
                  + ", got "
                  + Trees.describe(given));
    }
  }
}
