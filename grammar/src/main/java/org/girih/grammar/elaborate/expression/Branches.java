package org.girih.grammar.elaborate.expression;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.girih.grammar.ast.Expr;
import org.girih.grammar.elaborate.array.BranchJoin;
import org.girih.grammar.elaborate.array.LiteralLeaves;
import org.girih.grammar.elaborate.array.Operands;
import org.girih.grammar.elaborate.core.Choice;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.FunctionTrace;
import org.girih.grammar.elaborate.core.Keys;
import org.girih.grammar.elaborate.core.Scope;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.op.Cond;
import org.girih.ir.op.FuncRef;
import org.girih.ir.source.Span;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;

/// `if`: a static condition picks its branch, and the other is not even typed; a scalar of the run
/// time becomes a `cond` of two functions that capture what they use.
public final class Branches {
  private Branches() {}

  static Val eval(Elaboration e, Expr.If first, Scope scope) {
    return eval(e, first, scope, (branch, inner) -> Expressions.eval(e, branch, inner));
  }

  /// @param value evaluates the branches
  static Val eval(Elaboration e, Expr.If first, Scope scope, BiFunction<Expr, Scope, Val> value) {
    // `else if` chains are walked in a loop while their conditions are static.
    Expr.If branch = first;
    while (true) {
      Val condition = Expressions.eval(e, branch.condition(), scope);
      if (!(condition instanceof Val.Bool(boolean known))) {
        return dynamic(e, branch, condition, scope, value);
      }
      if (known) {
        return value.apply(branch.then(), scope);
      }
      if (!(branch.otherwise() instanceof Expr.If next)) {
        return value.apply(branch.otherwise(), scope);
      }
      branch = next;
    }
  }

  private static Val dynamic(
      Elaboration e,
      Expr.If branch,
      Val condition,
      Scope scope,
      BiFunction<Expr, Scope, Val> value) {
    Val.Array chosen = condition(e, condition, branch.condition().span());
    return cond(
        e,
        branch.span(),
        "the branches of `if`",
        chosen,
        branch.then().span(),
        () -> value.apply(branch.then(), scope),
        branch.otherwise().span(),
        () -> value.apply(branch.otherwise(), scope));
  }

  /// The condition as a scalar `bool`.
  public static Val.Array condition(Elaboration e, Val condition, Span at) {
    Val.Array array = Operands.array(e, condition, at);
    if (!array.type().equals(ArrayType.scalar(DType.BOOL))) {
      throw e.fault(
          Diagnostic.error(
                  Code.NOT_A_SCALAR_CONDITION, at, "a condition is a bool, not " + array.type())
              .help(
                  array.dtype().isBool()
                      ? "choose elementwise with `where(c, a, b)`, or reduce with `all` or `any`"
                      : "compare: `x != 0`"));
    }
    return array;
  }

  /// Emits one of two computations, chosen when the program runs.
  ///
  /// @param what both are, for a message
  static Val cond(
      Elaboration e,
      Span at,
      String what,
      Val.Array chosen,
      Span thenAt,
      Supplier<Val> then,
      Span elseAt,
      Supplier<Val> otherwise) {
    // A key may be used in both branches, since one of them runs.
    var choice = Choice.written();
    FunctionTrace a = e.newBranchTrace(choice, 0);
    FunctionTrace b = e.newBranchTrace(choice, 1);
    Val x = e.in(a, then);
    Val y = e.in(b, otherwise);
    Val type = BranchJoin.join(e, at, what, x, thenAt, y, elseAt);
    Val xs = e.in(a, () -> BranchJoin.convert(e, x, type, thenAt));
    Val ys = e.in(b, () -> BranchJoin.convert(e, y, type, elseAt));
    List<Val.Array> xArrays = Trees.arrays(xs);
    List<Val.Array> yArrays = Trees.arrays(ys);
    boolean effect = e.hasEffect(a) || e.hasEffect(b);
    if (xArrays.isEmpty() && !effect) {
      return type;
    }
    e.at(at);
    List<Val.Array> results = emit(e, chosen, a, xArrays, b, yArrays);
    if (effect) {
      // What it does is done once, so that it is not computed again in another dtype.
      return Trees.fill(type, Keys.either(e, choice, results, xArrays, yArrays));
    }
    List<Boolean> literals = LiteralLeaves.of(type, List.of(x, y));
    List<Val.Array> pliable =
        LiteralLeaves.pliable(
            e,
            results,
            literals,
            (real, dtype) -> {
              Val other = LiteralLeaves.retyped(type, literals, real, dtype);
              return emit(
                  e,
                  chosen,
                  a,
                  Trees.arrays(e.in(a, () -> BranchJoin.convert(e, x, other, thenAt))),
                  b,
                  Trees.arrays(e.in(b, () -> BranchJoin.convert(e, y, other, elseAt))));
            });
    return Trees.fill(type, Keys.either(e, choice, pliable, xArrays, yArrays));
  }

  private static List<Val.Array> emit(
      Elaboration e,
      Val.Array chosen,
      FunctionTrace a,
      List<Val.Array> xArrays,
      FunctionTrace b,
      List<Val.Array> yArrays) {
    xArrays.forEach(a::lift);
    yArrays.forEach(b::lift);
    var captured = new LinkedHashSet<>(a.captures());
    captured.addAll(b.captures());
    var leading = List.copyOf(captured);
    FuncRef thenRef = e.define(a.finish(e.fresh("then"), leading, xArrays));
    FuncRef elseRef = e.define(b.finish(e.fresh("else"), leading, yArrays));
    var operands = new ArrayList<Val.Array>();
    operands.add(chosen);
    operands.addAll(leading);
    return e.emit(new Cond(thenRef, elseRef), operands);
  }
}
