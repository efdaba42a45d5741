package org.girih.grammar.elaborate.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.girih.grammar.ast.Expr;
import org.girih.grammar.elaborate.array.Operands;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Scope;
import org.girih.grammar.elaborate.core.StaticArithmetic;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.op.Arithmetic;
import org.girih.ir.op.Compare;
import org.girih.ir.op.Convert;
import org.girih.ir.op.Extremum;
import org.girih.ir.op.Select;
import org.girih.ir.source.Span;
import org.girih.ir.type.DType;
import org.girih.ir.type.Dim;

/// Reads what is in the brackets of an index, one entry an axis of the array (and one for each
/// `newaxis`): `...` and what is left out are written out, negative positions counted from the end.
public final class Subscripts {
  private Subscripts() {}

  /// One entry.
  public sealed interface Sub {
    /// A static position: the axis goes.
    record Fixed(Dim index) implements Sub {}

    /// A position of the run time, scalar `i32`, not clamped: the axis goes.
    ///
    /// @param written the same as the program writes it, negative ones not counted from the end
    record Moving(Val.Array index, Val.Array written, Span at) implements Sub {}

    /// `size` positions from `start` on, `stride` apart; a negative stride counts down.
    record Range(Dim start, Dim size, long stride) implements Sub {
      boolean whole(Dim of) {
        return stride == 1 && start.equals(Dim.of(0)) && size.equals(of);
      }
    }

    /// `size` positions from one of the run time on, not clamped.
    ///
    /// @param written the start as the program writes it
    record Window(Val.Array start, Dim size, Val.Array written, Span at) implements Sub {}

    /// Positions in an `i32` array of rank ≥ 1, not clamped.
    ///
    /// @param written the same as the program writes them
    record Rows(Val.Array indices, Val.Array written, Span at) implements Sub {}

    /// A new axis of size 1: takes no axis of the array.
    record NewAxis() implements Sub {}
  }

  static List<Sub> resolve(
      Elaboration e, Span at, Val.Array base, List<Expr.Sub> subs, Scope scope) {
    var entries = new ArrayList<Entry>();
    int taken = 0;
    int dots = -1;
    for (Expr.Sub sub : subs) {
      switch (sub) {
        case Expr.Sub.At(Span subAt, Expr.Ellipsis _) -> {
          if (dots >= 0) {
            throw e.fault(Code.BAD_INDEX, subAt, "`...` is repeated in an index");
          }
          dots = entries.size();
        }
        case Expr.Sub.At(Span subAt, var value) -> {
          Val val = Expressions.eval(e, value, scope);
          List<Val> all =
              val instanceof Val.Tuple(var items) && subs.size() == 1 ? items : List.of(val);
          for (Val each : all) {
            entries.add(new Entry(Optional.of(each), Optional.empty(), subAt));
            taken += each instanceof Val.None ? 0 : 1;
          }
        }
        case Expr.Sub.Slice slice -> {
          entries.add(new Entry(Optional.empty(), Optional.of(slice), slice.span()));
          taken++;
        }
      }
    }
    if (taken > 0 && base.rank() == 0) {
      throw e.fault(Code.BAD_INDEX, at, "an index into the scalar " + base.type());
    }
    if (taken > base.rank()) {
      throw e.fault(
          Code.BAD_INDEX,
          at,
          "an index of "
              + taken
              + " entries into "
              + base.type()
              + ", which has "
              + base.rank()
              + " axes");
    }
    var out = new ArrayList<Sub>();
    int axis = 0;
    for (int i = 0; i <= entries.size(); i++) {
      if (i == dots || i == entries.size() && dots < 0) {
        for (int k = 0; k < base.rank() - taken; k++) {
          out.add(new Sub.Range(Dim.of(0), base.type().dim(axis++), 1));
        }
      }
      if (i == entries.size()) {
        break;
      }
      Entry entry = entries.get(i);
      if (entry.value.isPresent() && entry.value.get() instanceof Val.None) {
        out.add(new Sub.NewAxis());
      } else {
        Dim size = base.type().dim(axis++);
        out.add(
            entry.value.isPresent()
                ? position(e, entry.value.get(), size, entry.at, base)
                : Slices.resolve(e, entry.slice.get(), size, scope));
      }
    }
    return out;
  }

  private record Entry(Optional<Val> value, Optional<Expr.Sub.Slice> slice, Span at) {}

  private static Sub position(Elaboration e, Val val, Dim size, Span at, Val.Array base) {
    var number = StaticArithmetic.dim(val);
    if (number.isPresent()) {
      return new Sub.Fixed(fixed(e, number.get(), size, at, base));
    }
    if (!(val instanceof Val.Array index)) {
      throw e.fault(
          Code.BAD_INDEX,
          at,
          "an index is an integer, a slice or an array of integers, not " + Trees.describe(val));
    }
    if (index.dtype().isBool()) {
      throw e.fault(
          Diagnostic.error(
                  Code.MASK_AS_INDEX,
                  at,
                  "a mask as index would give an array of a size unknown until the run")
              .help(
                  "`where(mask, x, 0)` keeps the size; `sum(where(mask, x, 0))` sums those chosen"));
    }
    if (!index.dtype().integer()) {
      throw e.fault(Code.BAD_INDEX, at, "an index is an integer, not " + index.type());
    }
    e.at(at);
    Val.Array normal = normal(e, index, size);
    return index.rank() == 0 ? new Sub.Moving(normal, index, at) : new Sub.Rows(normal, index, at);
  }

  private static Dim fixed(Elaboration e, Dim index, Dim size, Span at, Val.Array base) {
    boolean negative = index.known().isPresent() && index.known().getAsLong() < 0;
    Dim position = negative ? size.plus(index) : index;
    boolean below = position.atLeast(Dim.of(0)) == Dim.Truth.NO;
    boolean above = size.atLeast(position.plus(1)) == Dim.Truth.NO;
    if (below || above) {
      throw e.fault(
          Code.INDEX_OUT_OF_BOUNDS,
          at,
          "index " + index + " is out of bounds for size " + size + " of " + base.type());
    }
    return position;
  }

  /// Indices as `i32`, negative ones counted from the end; what lies outside stays outside.
  static Val.Array normal(Elaboration e, Val.Array index, Dim size) {
    if (size.known().orElse(0) >= Integer.MAX_VALUE) {
      throw e.fault(
          Code.TOO_LARGE, e.here(), "an axis of " + size + " elements is too long to be indexed");
    }
    Val.Array i = index;
    if (i.dtype().bits() >= 32 && i.dtype() != DType.I32) {
      // Too large for i32 must not wrap into the array: hold it just outside.
      Val.Array high = filled(e, i, size);
      i = e.emit1(Extremum.MINIMUM, i, high);
      if (i.dtype().kind() == DType.Kind.SIGNED) {
        Val.Array low =
            e.emit1(Arithmetic.SUBTRACT, e.emit1(Arithmetic.NEGATE, high), filled(e, i, Dim.of(1)));
        i = e.emit1(Extremum.MAXIMUM, i, low);
      }
    }
    boolean signed = i.dtype().kind() == DType.Kind.SIGNED;
    i = i.dtype() == DType.I32 ? i : e.emit1(new Convert(DType.I32), i);
    if (!signed) {
      return i;
    }
    Val.Array negative = e.emit1(Compare.LT, i, filled(e, i, Dim.of(0)));
    Val.Array fromEnd = e.emit1(Arithmetic.ADD, i, filled(e, i, size));
    return e.emit1(new Select(), negative, fromEnd, i);
  }

  private static Val.Array filled(Elaboration e, Val.Array like, Dim number) {
    return Operands.stretch(
        e, Operands.constant(e, Val.of(number), like.dtype(), e.here()), like.type().dims());
  }
}
