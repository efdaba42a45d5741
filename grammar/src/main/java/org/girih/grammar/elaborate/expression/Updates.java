package org.girih.grammar.elaborate.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.girih.grammar.ast.Expr;
import org.girih.grammar.elaborate.array.Operands;
import org.girih.grammar.elaborate.array.Operators;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Scope;
import org.girih.grammar.elaborate.core.Val;
import org.girih.grammar.elaborate.expression.Subscripts.Sub;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.op.Arithmetic;
import org.girih.ir.op.Bits;
import org.girih.ir.op.Broadcast;
import org.girih.ir.op.Compare;
import org.girih.ir.op.DynamicSlice;
import org.girih.ir.op.DynamicUpdateSlice;
import org.girih.ir.op.Extremum;
import org.girih.ir.op.Iota;
import org.girih.ir.op.Reshape;
import org.girih.ir.op.Scatter;
import org.girih.ir.op.ScatterAdd;
import org.girih.ir.op.Select;
import org.girih.ir.op.Windows;
import org.girih.ir.source.Span;
import org.girih.ir.type.DType;
import org.girih.ir.type.Dim;

/// `x with […] = v`, `+=`, `*=`: blocks by dynamic-update-slice, strides and index arrays by
/// scatter. Writes outside are dropped; of a block at a position of the run time, as a whole.
final class Updates {
  private Updates() {}

  static Val eval(Elaboration e, Expr.Update update, Scope scope) {
    Val base = Expressions.eval(e, update.base(), scope);
    if (base instanceof Val.Tuple) {
      throw e.fault(
          Diagnostic.error(Code.BAD_INDEX, update.span(), "`with` updates an array, not a tuple")
              .help("write a new tuple, or use a record: `{r with name = v}`"));
    }
    Val.Array x = Operands.array(e, base, update.base().span());
    List<Sub> subs = Subscripts.resolve(e, update.span(), x, update.subs(), scope);
    if (subs.stream().anyMatch(Sub.NewAxis.class::isInstance)) {
      throw e.fault(Code.BAD_INDEX, update.span(), "`newaxis` is not allowed in an update");
    }
    Val value = Expressions.eval(e, update.value(), scope);
    e.at(update.span());
    Span at = update.span();
    var unified =
        Operands.unify(
            e,
            at,
            "`with`",
            List.of(
                new Operands.Operand(x, update.base().span()),
                new Operands.Operand(value, update.value().span())));
    x = unified.arrays().get(0);
    Val.Array v = unified.arrays().get(1);
    if (update.op() != Expr.UpdateOp.SET && x.dtype().isBool()) {
      throw e.fault(
          Code.BAD_DTYPE_FOR_OP, at, "`" + update.op().text() + "` does not take " + x.type());
    }
    boolean extreme = update.op() == Expr.UpdateOp.MAX || update.op() == Expr.UpdateOp.MIN;
    if (extreme && x.dtype().complex()) {
      throw e.fault(
          Code.BAD_DTYPE_FOR_OP,
          at,
          "`"
              + update.op().text()
              + "` does not take "
              + x.type()
              + ": complex numbers have no order");
    }
    boolean block =
        subs.stream()
            .allMatch(
                s ->
                    s instanceof Sub.Fixed
                        || s instanceof Sub.Moving
                        || s instanceof Sub.Window
                        || s instanceof Sub.Range r
                            && (r.stride() == 1 || r.size().equals(Dim.of(1))));
    Val.Array out = block ? block(e, at, x, subs, update, v) : scatter(e, at, x, subs, update, v);
    return new Val.Array(out.owner(), out.value(), unified.weak());
  }

  /// The value stretched to the dims that the index chooses.
  private static Val.Array fit(
      Elaboration e, Span at, Val.Array v, List<Dim> dims, Expr.Update update) {
    int extra = v.rank() - dims.size();
    boolean fits = extra <= 0;
    for (int i = 0; fits && i < v.rank(); i++) {
      Dim own = v.type().dim(i);
      Dim due = dims.get(i - extra);
      fits = own.equals(Dim.of(1)) || own.equalTo(due) != Dim.Truth.NO;
    }
    if (!fits) {
      throw e.fault(
          Diagnostic.error(
                  Code.SHAPES_DO_NOT_BROADCAST,
                  at,
                  "a value of " + v.type() + " where the index chooses " + v.type().withDims(dims))
              .label(update.value().span(), v.type().toString()));
    }
    return Operands.stretch(e, v, dims);
  }

  private static Val.Array combine(Elaboration e, Expr.UpdateOp op, Val.Array old, Val.Array v) {
    return switch (op) {
      case SET -> v;
      case ADD -> e.emit1(Arithmetic.ADD, old, v);
      case MULTIPLY -> e.emit1(Arithmetic.MULTIPLY, old, v);
      case MAX -> e.emit1(Extremum.MAXIMUM, old, v);
      case MIN -> e.emit1(Extremum.MINIMUM, old, v);
    };
  }

  private static Val.Array block(
      Elaboration e, Span at, Val.Array x, List<Sub> subs, Expr.Update update, Val.Array v) {
    var starts = new ArrayList<Val.Array>();
    var sizes = new ArrayList<Dim>();
    var chosen = new ArrayList<Dim>();
    Val.Array inside = null;
    for (int i = 0; i < subs.size(); i++) {
      Dim size = x.type().dim(i);
      switch (subs.get(i)) {
        case Sub.Fixed(Dim index) -> {
          starts.add(position(e, index));
          sizes.add(Dim.of(1));
        }
        case Sub.Range(Dim start, Dim count, long _) -> {
          starts.add(position(e, start));
          sizes.add(count);
          chosen.add(count);
        }
        case Sub.Moving(var index, _, _) -> {
          starts.add(index);
          sizes.add(Dim.of(1));
          inside = and(e, inside, within(e, index, Dim.of(1), size));
        }
        case Sub.Window(var start, Dim count, _, _) -> {
          starts.add(start);
          sizes.add(count);
          chosen.add(count);
          inside = and(e, inside, within(e, start, count, size));
        }
        case Sub.Rows _, Sub.NewAxis _ -> throw new IllegalStateException();
      }
    }
    Val.Array fitted = fit(e, at, v, chosen, update);
    Val.Array piece =
        fitted.type().dims().equals(sizes) ? fitted : e.emit1(new Reshape(sizes), fitted);
    if (inside != null || update.op() != Expr.UpdateOp.SET) {
      var read = new ArrayList<Val.Array>();
      read.add(x);
      read.addAll(starts);
      Val.Array old = e.emit(new DynamicSlice(sizes), read).getFirst();
      piece = combine(e, update.op(), old, piece);
      // The start is clamped, so a block that lies outside must write back what is there.
      piece = inside == null ? piece : e.emit1(new Select(), inside, piece, old);
    }
    var operands = new ArrayList<Val.Array>();
    operands.add(x);
    operands.add(piece);
    operands.addAll(starts);
    return e.emit(new DynamicUpdateSlice(), operands).getFirst();
  }

  private static Val.Array position(Elaboration e, Dim index) {
    return Operands.constant(e, Val.of(index), DType.I32, e.here());
  }

  private static Val.Array and(Elaboration e, Val.Array a, Val.Array b) {
    return a == null ? b : e.emit1(Bits.AND, a, b);
  }

  private static Val.Array within(Elaboration e, Val.Array start, Dim count, Dim size) {
    Val.Array low = e.emit1(Compare.GE, start, position(e, Dim.of(0)));
    Val.Array high = e.emit1(Compare.LE, start, position(e, size.minus(count).max(Dim.of(0))));
    return e.emit1(Bits.AND, low, high);
  }

  /// Every axis that is not taken whole becomes an index array; those whole are windows.
  private static Val.Array scatter(
      Elaboration e, Span at, Val.Array x, List<Sub> subs, Expr.Update update, Val.Array v) {
    boolean rows = subs.stream().anyMatch(Sub.Rows.class::isInstance);
    Indexing.Advanced plan = rows ? Indexing.Advanced.of(e, x.type(), subs) : null;
    List<Dim> shape = new ArrayList<>(); // what x[…] would have, which the value is stretched to
    var kept = new ArrayList<Dim>();
    for (Sub sub : subs) {
      switch (sub) {
        case Sub.Range(_, Dim count, _) -> kept.add(count);
        case Sub.Window(_, Dim count, _, _) -> kept.add(count);
        case Sub.Fixed _, Sub.Moving _, Sub.Rows _, Sub.NewAxis _ -> {}
      }
    }
    int before = rows ? plan.before() : 0;
    List<Dim> blockDims =
        rows ? plan.indices().type().dims().subList(0, plan.batchRank()) : List.of();
    shape.addAll(kept.subList(0, before));
    shape.addAll(blockDims);
    shape.addAll(kept.subList(before, kept.size()));
    Val.Array fitted = fit(e, at, v, shape, update);

    // All index arrays are broadcast to the whole shape: simple, and right for any mix of entries.
    int rank = shape.size();
    var columns = new ArrayList<Val.Array>();
    int keptSeen = 0;
    int rowsSeen = 0;
    for (int axis = 0; axis < subs.size(); axis++) {
      Val.Array index =
          switch (subs.get(axis)) {
            case Sub.Fixed(Dim i) -> Operands.stretch(e, position(e, i), shape);
            case Sub.Moving(var i, _, _) -> Operands.stretch(e, i, shape);
            case Sub.Range(Dim start, Dim _, long stride) -> {
              int place = keptSeen < before ? keptSeen : keptSeen + blockDims.size();
              keptSeen++;
              yield counted(e, shape, place, position(e, start), stride);
            }
            case Sub.Window(var start, Dim _, _, _) -> {
              int place = keptSeen < before ? keptSeen : keptSeen + blockDims.size();
              keptSeen++;
              yield counted(e, shape, place, start, 1);
            }
            case Sub.Rows _ -> {
              Val.Array column = column(e, plan, rowsSeen++);
              var axes = IntStream.range(before, before + blockDims.size()).boxed().toList();
              yield e.emit1(new Broadcast(shape, axes), column);
            }
            case Sub.NewAxis _ -> throw new IllegalStateException();
          };
      var dims = new ArrayList<>(shape);
      dims.add(Dim.of(1));
      columns.add(e.emit1(new Reshape(dims), index));
    }
    Val.Array indices =
        columns.size() == 1
            ? columns.getFirst()
            : e.emit(new org.girih.ir.op.Concatenate(rank), columns).getFirst();
    var all = IntStream.range(0, x.rank()).boxed().toList();
    var windows = new Windows(all, all, List.of());
    return switch (update.op()) {
      case SET -> e.emit1(new Scatter(Scatter.Combine.SET, windows), x, indices, fitted);
      case ADD -> e.emit1(new ScatterAdd(windows), x, indices, fitted);
      case MULTIPLY -> e.emit1(new Scatter(Scatter.Combine.MULTIPLY, windows), x, indices, fitted);
      case MAX -> e.emit1(new Scatter(Scatter.Combine.MAX, windows), x, indices, fitted);
      case MIN -> e.emit1(new Scatter(Scatter.Combine.MIN, windows), x, indices, fitted);
    };
  }

  private static Val.Array column(Elaboration e, Indexing.Advanced plan, int which) {
    Val.Array indices = plan.indices();
    int last = indices.rank() - 1;
    var subs = new ArrayList<Sub>();
    for (int i = 0; i < last; i++) {
      subs.add(new Sub.Range(Dim.of(0), indices.type().dim(i), 1));
    }
    subs.add(new Sub.Fixed(Dim.of(which)));
    return Indexing.read(e, indices, subs);
  }

  private static Val.Array counted(
      Elaboration e, List<Dim> shape, int axis, Val.Array start, long stride) {
    Val.Array steps = e.emit1(new Iota(DType.I32, shape, axis));
    if (stride != 1) {
      steps = e.emit1(Arithmetic.MULTIPLY, steps, Operators.fill(e, steps, stride));
    }
    return e.emit1(Arithmetic.ADD, steps, Operands.stretch(e, start, shape));
  }
}
