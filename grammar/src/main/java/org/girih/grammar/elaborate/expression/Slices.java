package org.girih.grammar.elaborate.expression;

import java.util.Optional;
import org.girih.grammar.ast.Expr;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Fault;
import org.girih.grammar.elaborate.core.Scope;
import org.girih.grammar.elaborate.core.StaticArithmetic;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.source.Span;
import org.girih.ir.type.Condition;
import org.girih.ir.type.Dim;

/// Slices, `start:stop:step`, with NumPy's clamping; and `i:i + 3`, whose start is of the run time
/// while its length is static.
public final class Slices {
  private Slices() {}

  static Subscripts.Sub resolve(Elaboration e, Expr.Sub.Slice slice, Dim size, Scope scope) {
    long step = step(e, slice, scope);
    Optional<Val> start = slice.start().map(s -> Expressions.eval(e, s, scope));
    if (start.isPresent() && start.get() instanceof Val.Array moving) {
      return window(e, slice, moving, size, step, scope);
    }
    Optional<Val> stop = slice.stop().map(s -> Expressions.eval(e, s, scope));
    Optional<Dim> low = start.flatMap(v -> bound(e, v, slice.start().get().span()));
    Optional<Dim> high = stop.flatMap(v -> bound(e, v, slice.stop().get().span()));
    return of(e, low, high, step, size);
  }

  /// A slice with static bounds.
  public static Subscripts.Sub.Range of(
      Elaboration e, Optional<Dim> low, Optional<Dim> high, long step, Dim size) {
    if (step > 0) {
      Dim from = low.map(d -> clamp(e, d, Dim.of(0), size, size)).orElse(Dim.of(0));
      Dim to = high.map(d -> clamp(e, d, Dim.of(0), size, size)).orElse(size);
      Dim length = positive(e, to.minus(from));
      Dim count = step == 1 ? length : length.plus(step - 1).floorDiv(Dim.of(step));
      return new Subscripts.Sub.Range(from, count, step);
    }
    Dim last = size.minus(Dim.of(1));
    Dim from = low.map(d -> clamp(e, d, Dim.of(-1), last, size)).orElse(last);
    Dim to = high.map(d -> clamp(e, d, Dim.of(-1), last, size)).orElse(Dim.of(-1));
    Dim length = positive(e, from.minus(to));
    Dim count = length.plus(-step - 1).floorDiv(Dim.of(-step));
    return new Subscripts.Sub.Range(from, count, step);
  }

  private static Dim positive(Elaboration e, Dim length) {
    if (e.symbolic() && length.atLeast(Dim.of(0)) == Dim.Truth.UNKNOWN) {
      e.condition(Condition.atLeast(length, Dim.of(0)));
      return length;
    }
    return length.max(Dim.of(0));
  }

  /// NumPy's rule: a negative bound counts from the end, then it is held in the range.
  private static Dim clamp(Elaboration e, Dim bound, Dim low, Dim high, Dim size) {
    boolean negative = bound.known().isPresent() && bound.known().getAsLong() < 0;
    Dim position = negative ? bound.plus(size) : bound;
    if (e.symbolic()) {
      // A check for all sizes takes the bound at its word, so that `x[:-1]` has size n − 1.
      if (position.atLeast(low) == Dim.Truth.UNKNOWN) {
        e.condition(Condition.atLeast(position, low));
      } else if (position.atLeast(low) == Dim.Truth.NO) {
        return low;
      }
      if (high.atLeast(position) == Dim.Truth.UNKNOWN) {
        e.condition(Condition.atLeast(high, position));
      } else if (high.atLeast(position) == Dim.Truth.NO) {
        return high;
      }
      return position;
    }
    return position.max(low).min(high);
  }

  private static long step(Elaboration e, Expr.Sub.Slice slice, Scope scope) {
    if (slice.step().isEmpty()) {
      return 1;
    }
    Span at = slice.step().get().span();
    Val val = Expressions.eval(e, slice.step().get(), scope);
    if (val instanceof Val.None) {
      return 1;
    }
    Dim step =
        StaticArithmetic.dim(val)
            .orElseThrow(
                () ->
                    e.fault(
                        Code.NOT_STATIC,
                        at,
                        "the step of a slice is a static integer, not " + Trees.describe(val)));
    long number = e.size(step);
    if (number == 0 || number == Long.MIN_VALUE) {
      throw e.fault(Code.BAD_SLICE, at, "a slice with step " + number);
    }
    return number;
  }

  private static Optional<Dim> bound(Elaboration e, Val val, Span at) {
    if (val instanceof Val.None) {
      return Optional.empty();
    }
    return Optional.of(
        StaticArithmetic.dim(val)
            .orElseThrow(
                () ->
                    e.fault(
                        Diagnostic.error(
                                Code.BAD_SLICE,
                                at,
                                "the bound of a slice is a static integer, not "
                                    + Trees.describe(val))
                            .help(
                                "`x[i:i + 3]` has a start of the run time and a static length"))));
  }

  private static Subscripts.Sub window(
      Elaboration e, Expr.Sub.Slice slice, Val.Array start, Dim size, long step, Scope scope) {
    Span at = slice.span();
    if (start.rank() != 0 || !start.dtype().integer()) {
      throw e.fault(Code.BAD_SLICE, at, "the bound of a slice is an integer, not " + start.type());
    }
    if (step != 1 || slice.stop().isEmpty()) {
      throw unknownLength(e, at);
    }
    Offset from = offset(e, slice.start().get(), scope);
    Offset to = offset(e, slice.stop().get(), scope);
    if (!from.base.equals(to.base)) {
      throw unknownLength(e, at);
    }
    Dim length = to.constant.minus(from.constant);
    if (length.atLeast(Dim.of(0)) == Dim.Truth.NO) {
      length = Dim.of(0);
    }
    if (size.atLeast(length) == Dim.Truth.NO) {
      throw e.fault(
          Code.BAD_SLICE, at, "a slice of length " + length + " of an axis of size " + size);
    }
    e.at(at);
    return new Subscripts.Sub.Window(
        Subscripts.normal(e, start, size), length, start, slice.start().get().span());
  }

  private static Fault unknownLength(Elaboration e, Span at) {
    return e.fault(
        Diagnostic.error(Code.BAD_SLICE, at, "the length of this slice is not known before the run")
            .help("write both bounds with the same start: `x[i:i + 3]`"));
  }

  /// An expression as `base + constant`: the base by its text, without blanks.
  private record Offset(String base, Dim constant) {}

  private static Offset offset(Elaboration e, Expr expr, Scope scope) {
    if (expr instanceof Expr.Binary(_, var op, _, var left, var right)
        && (op == Expr.BinaryOp.ADD || op == Expr.BinaryOp.SUBTRACT)) {
      var constant = fixed(e, right, scope);
      if (constant.isPresent()) {
        Offset base = offset(e, left, scope);
        Dim d = constant.get();
        return new Offset(
            base.base, op == Expr.BinaryOp.ADD ? base.constant.plus(d) : base.constant.minus(d));
      }
      var leading = op == Expr.BinaryOp.ADD ? fixed(e, left, scope) : Optional.<Dim>empty();
      if (leading.isPresent()) {
        Offset base = offset(e, right, scope);
        return new Offset(base.base, base.constant.plus(leading.get()));
      }
    }
    return new Offset(expr.span().text().replaceAll("\\s+|^\\(|\\)$", ""), Dim.of(0));
  }

  /// The value, if it is a static integer. What it emits besides is dead and goes later.
  private static Optional<Dim> fixed(Elaboration e, Expr expr, Scope scope) {
    return StaticArithmetic.dim(Expressions.eval(e, expr, scope));
  }
}
