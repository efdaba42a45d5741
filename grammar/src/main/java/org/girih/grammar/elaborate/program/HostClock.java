package org.girih.grammar.elaborate.program;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.girih.grammar.ast.Expr;
import org.girih.grammar.elaborate.core.ClockReading;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Scope;
import org.girih.grammar.elaborate.core.Val;
import org.girih.grammar.plan.Step;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;

/// `clock()` in a statement of the host program.
///
/// The time is read before the expression that has it, once all is computed that precedes it:
///
/// ```
/// print(loss(w), clock() - t)   →   a = loss(w);  time = clock();  b = time - t;  print a b
/// ```
///
/// What may be computed never, later or many times (functions, branches, loops, blocks) is left
/// out: there `clock` is an unknown name.
final class HostClock {
  private final Elaboration e;
  private final HostSegments segments;

  HostClock(Elaboration e, HostSegments segments) {
    this.e = e;
    this.segments = segments;
  }

  /// Reads the time for each call of `clock` in an expression, and does something with it then.
  ///
  /// @param waits whether what precedes is computed before; where effects are left out nothing
  ///     waits, and the time is that at which the plan begins
  <T> T in(Expr expr, boolean waits, Scope scope, Supplier<T> body) {
    calls(
        expr,
        call -> {
          if (HostEffects.isCallOf(call, "clock", scope)) {
            ClockReading.bind(call, scope, read(call, waits));
          }
        });
    // The segment may be another one since.
    return e.in(segments.trace(), body);
  }

  private Val read(Expr.Call call, boolean waits) {
    if (!call.args().isEmpty()) {
      throw e.fault(Code.WRONG_ARGUMENTS, call.span(), "`clock` takes no arguments");
    }
    if (waits) {
      segments.cut();
    }
    Val.Array time = segments.input(ArrayType.scalar(DType.F64));
    segments.effect(List.of(), new Step.Clock(segments.slot(time)));
    return time;
  }

  /// Passes on the calls that are computed once, with the expression, in the order in which they
  /// are written.
  private static void calls(Expr expr, Consumer<Expr.Call> found) {
    switch (expr) {
      case Expr.Call call -> {
        calls(call.callee(), found);
        call.args().forEach(a -> calls(a.value(), found));
        found.accept(call);
      }
      case Expr.Text(_, var parts) ->
          parts.forEach(
              part -> {
                if (part instanceof Expr.Part.Hole(_, var value, _)) {
                  calls(value, found);
                }
              });
      case Expr.TupleExpr(_, var items) -> items.forEach(i -> calls(i, found));
      case Expr.ArrayExpr(_, var items) -> items.forEach(i -> calls(i, found));
      case Expr.RecordExpr(_, var fields) -> fields.forEach(f -> calls(f.value(), found));
      case Expr.RecordUpdate(_, var base, var updates) -> {
        calls(base, found);
        updates.forEach(u -> calls(u.value(), found));
      }
      case Expr.Index(_, var base, var subs) -> {
        calls(base, found);
        subs.forEach(s -> calls(s, found));
      }
      case Expr.Field(_, var base, _, _) -> calls(base, found);
      case Expr.Unary(_, _, var operand) -> calls(operand, found);
      case Expr.Binary binary -> {
        // A chain of operators is as deep as it is long.
        var operands = new ArrayDeque<Expr>();
        Expr first = binary;
        while (first instanceof Expr.Binary(_, _, _, var left, var right)) {
          operands.push(right);
          first = left;
        }
        operands.push(first);
        operands.forEach(o -> calls(o, found));
      }
      case Expr.Update(_, var base, var subs, _, var value) -> {
        calls(base, found);
        subs.forEach(s -> calls(s, found));
        calls(value, found);
      }
      case Expr.Constrain(_, var base, _) -> calls(base, found);
      case Expr.Lambda _, Expr.If _, Expr.Loop _, Expr.Block _, Expr.Comprehension _ -> {}
      case Expr.Name _, Expr.IntLit _, Expr.FloatLit _, Expr.BoolLit _ -> {}
      case Expr.NoneLit _, Expr.Ellipsis _ -> {}
    }
  }

  private static void calls(Expr.Sub sub, Consumer<Expr.Call> found) {
    switch (sub) {
      case Expr.Sub.At(_, var value) -> calls(value, found);
      case Expr.Sub.Slice(_, var start, var stop, var step) ->
          Stream.of(start, stop, step).flatMap(Optional::stream).forEach(x -> calls(x, found));
    }
  }
}
