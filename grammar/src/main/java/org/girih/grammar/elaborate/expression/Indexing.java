package org.girih.grammar.elaborate.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.girih.grammar.ast.Expr;
import org.girih.grammar.elaborate.array.Operands;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Members;
import org.girih.grammar.elaborate.core.Scope;
import org.girih.grammar.elaborate.core.StaticArithmetic;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.grammar.elaborate.expression.Subscripts.Sub;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.op.Broadcast;
import org.girih.ir.op.Concatenate;
import org.girih.ir.op.Constant;
import org.girih.ir.op.DynamicSlice;
import org.girih.ir.op.Gather;
import org.girih.ir.op.Reshape;
import org.girih.ir.op.Reverse;
import org.girih.ir.op.Slice;
import org.girih.ir.op.Transpose;
import org.girih.ir.op.Windows;
import org.girih.ir.source.Span;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Literal;

/// `x[…]`: of a tuple at compile time; of an array by slice, dynamic slice and gather, in this
/// order, so that each does what it can.
public final class Indexing {
  private Indexing() {}

  /// `r["lm-head"]`: the field of that name, which needs not be one that the language can write.
  private static Val field(
      Elaboration e, Span at, Val.Record record, List<Expr.Sub> subs, Scope scope) {
    if (subs.size() == 1 && subs.getFirst() instanceof Expr.Sub.At(Span place, var written)) {
      Val val = Expressions.eval(e, written, scope);
      if (val instanceof Val.Str(String name)) {
        Val found = record.fields().get(name);
        if (found == null) {
          throw Members.noField(e, place, name, record, record.fields().keySet());
        }
        return found;
      }
    }
    throw e.fault(
        Diagnostic.error(
                Code.BAD_INDEX, at, "the index of a record is a static string, the name of a field")
            .help("`r.name`, or `r[\"lm-head\"]` where the language has no such name"));
  }

  static Val index(
      Elaboration e, Span at, Val base, Span baseAt, List<Expr.Sub> subs, Scope scope) {
    if (base instanceof Val.Tuple(var items)) {
      return tuple(e, at, items, subs, scope);
    }
    if (base instanceof Val.Record record) {
      return field(e, at, record, subs, scope);
    }
    if (base instanceof Val.Array keys && keys.key() != null) {
      return key(e, at, keys, subs, scope);
    }
    Val.Array array = Operands.array(e, base, baseAt);
    List<Sub> resolved = Subscripts.resolve(e, at, array, subs, scope);
    e.at(at);
    return read(e, array, resolved);
  }

  /// Keys out of an array of keys.
  private static Val key(Elaboration e, Span at, Val.Array keys, List<Expr.Sub> subs, Scope scope) {
    int rank = keys.rank() - 1;
    if (subs.size() > rank) {
      throw e.fault(Code.BAD_INDEX, at, subs.size() + " indices into " + Trees.describe(keys));
    }
    List<Sub> resolved =
        Subscripts.resolve(e, at, new Val.Array(keys.owner(), keys.value(), false), subs, scope);
    e.at(at);
    Val.Array bits = read(e, keys, resolved);
    return bits.as(
        KeyIndex.of(keys, bits.type(), resolved.subList(0, resolved.size() - 1), at.text()));
  }

  private static Val tuple(
      Elaboration e, Span at, List<Val> items, List<Expr.Sub> subs, Scope scope) {
    if (subs.size() != 1) {
      throw e.fault(Code.BAD_INDEX, at, "a tuple takes one index");
    }
    Dim size = Dim.of(items.size());
    return switch (subs.getFirst()) {
      case Expr.Sub.At(Span subAt, var value) -> {
        Val val = Expressions.eval(e, value, scope);
        long i =
            e.size(
                StaticArithmetic.dim(val)
                    .orElseThrow(
                        () ->
                            e.fault(
                                org.girih.ir.diagnostic.Diagnostic.error(
                                        Code.NOT_STATIC,
                                        subAt,
                                        "the index into a tuple is a static integer, not "
                                            + Trees.describe(val))
                                    .help("`stack` makes an array of equal parts"))));
        long position = i < 0 ? i + items.size() : i;
        if (position < 0 || position >= items.size()) {
          throw e.fault(
              Code.INDEX_OUT_OF_BOUNDS,
              subAt,
              "index " + i + " is out of bounds for a tuple of " + items.size());
        }
        yield items.get((int) position);
      }
      case Expr.Sub.Slice slice -> {
        if (!(Slices.resolve(e, slice, size, scope)
            instanceof Sub.Range(var start, var count, long stride))) {
          throw e.fault(Code.NOT_STATIC, slice.span(), "a slice of a tuple has static bounds");
        }
        var out = new ArrayList<Val>();
        for (long i = 0; i < e.size(count); i++) {
          out.add(items.get((int) (e.size(start) + i * stride)));
        }
        yield new Val.Tuple(out);
      }
    };
  }

  /// The elements that the entries choose.
  public static Val.Array read(Elaboration e, Val.Array array, List<Sub> subs) {
    List<Sub> axes = subs.stream().filter(s -> !(s instanceof Sub.NewAxis)).toList();
    Val.Array x = slice(e, array, axes);
    x = move(e, x, axes);
    boolean advanced = axes.stream().anyMatch(Sub.Rows.class::isInstance);
    return advanced ? gather(e, x, subs) : drop(e, x, subs);
  }

  /// Static positions and slices; positions of the run time wait.
  private static Val.Array slice(Elaboration e, Val.Array array, List<Sub> axes) {
    var start = new ArrayList<Dim>();
    var limit = new ArrayList<Dim>();
    var stride = new ArrayList<Long>();
    var reversed = new ArrayList<Integer>();
    for (int i = 0; i < axes.size(); i++) {
      Dim size = array.type().dim(i);
      switch (axes.get(i)) {
        case Sub.Fixed(Dim index) -> {
          start.add(index);
          limit.add(index.plus(1));
          stride.add(1L);
        }
        case Sub.Range(Dim from, Dim count, long step) -> {
          boolean none = count.equals(Dim.of(0));
          Dim span = none ? count : count.minus(Dim.of(1)).times(Math.abs(step)).plus(1);
          Dim low = none ? Dim.of(0) : step > 0 ? from : from.minus(span).plus(1);
          start.add(low);
          limit.add(low.plus(span));
          stride.add(Math.abs(step));
          if (step < 0) {
            reversed.add(i);
          }
        }
        case Sub.Moving _, Sub.Window _, Sub.Rows _, Sub.NewAxis _ -> {
          start.add(Dim.of(0));
          limit.add(size);
          stride.add(1L);
        }
      }
    }
    boolean all =
        IntStream.range(0, axes.size())
            .allMatch(
                i ->
                    start.get(i).equals(Dim.of(0))
                        && limit.get(i).equals(array.type().dim(i))
                        && stride.get(i) == 1);
    Val.Array x = all ? array : e.emit1(new Slice(start, limit, stride), array);
    return reversed.isEmpty() ? x : e.emit1(new Reverse(reversed), x);
  }

  /// Positions and windows of the run time, by one dynamic slice.
  private static Val.Array move(Elaboration e, Val.Array x, List<Sub> axes) {
    boolean moves = axes.stream().anyMatch(s -> s instanceof Sub.Moving || s instanceof Sub.Window);
    if (!moves) {
      return x;
    }
    var operands = new ArrayList<Val.Array>();
    operands.add(x);
    var sizes = new ArrayList<Dim>();
    for (int i = 0; i < axes.size(); i++) {
      switch (axes.get(i)) {
        case Sub.Moving(var index, _, _) -> {
          operands.add(index);
          sizes.add(Dim.of(1));
        }
        case Sub.Window(var start, Dim size, _, _) -> {
          operands.add(start);
          sizes.add(size);
        }
        case Sub.Fixed _, Sub.Range _, Sub.Rows _, Sub.NewAxis _ -> {
          operands.add(zero(e));
          sizes.add(x.type().dim(i));
        }
      }
    }
    return e.emit(new DynamicSlice(sizes), operands).getFirst();
  }

  static Val.Array zero(Elaboration e) {
    return e.emit1(new Constant(Literal.i32(0)));
  }

  /// Takes the axes of single positions away and puts the new ones in.
  private static Val.Array drop(Elaboration e, Val.Array x, List<Sub> subs) {
    var dims = new ArrayList<Dim>();
    int axis = 0;
    for (Sub sub : subs) {
      switch (sub) {
        case Sub.Fixed _, Sub.Moving _ -> axis++;
        case Sub.NewAxis _ -> dims.add(Dim.of(1));
        case Sub.Range _, Sub.Window _, Sub.Rows _ -> dims.add(x.type().dim(axis++));
      }
    }
    return dims.equals(x.type().dims()) ? x : e.emit1(new Reshape(dims), x);
  }

  /// NumPy's rule for arrays as indices: they broadcast together (single positions with them); what
  /// they select comes where the first of them is if they are neighbours, else first.
  private static Val.Array gather(Elaboration e, Val.Array x, List<Sub> subs) {
    var plan = Advanced.of(e, x.type(), subs);
    var sizes = new ArrayList<>(x.type().dims());
    plan.axes().forEach(i -> sizes.set(i, Dim.of(1)));
    plan.single().forEach(i -> sizes.set(i, Dim.of(1)));
    var collapsed =
        IntStream.range(0, x.rank())
            .filter(i -> plan.axes().contains(i) || plan.single().contains(i))
            .boxed()
            .toList();
    int batch = plan.batchRank();
    int rest = x.rank() - collapsed.size();
    var offset =
        IntStream.range(0, rest).map(i -> i < plan.before() ? i : i + batch).boxed().toList();
    boolean nothing = plan.indices().type().elements().known().orElse(1) == 0;
    Val.Array out =
        nothing
            ? nothing(e, x.type(), collapsed, plan)
            : e.emit1(
                new Gather(new Windows(plan.axes(), collapsed, offset), sizes), x, plan.indices());
    return insertNewAxes(e, out, subs, plan);
  }

  /// Returns what no index selects: an array without elements, of which the axis may have none too.
  private static Val.Array nothing(
      Elaboration e, ArrayType type, List<Integer> collapsed, Advanced plan) {
    var dims = new ArrayList<Dim>();
    for (int i = 0; i < type.rank(); i++) {
      if (!collapsed.contains(i)) {
        dims.add(type.dim(i));
      }
    }
    List<Dim> indices = plan.indices().type().dims();
    dims.addAll(plan.before(), indices.subList(0, plan.batchRank()));
    var zero = new Constant(Literal.of(ArrayType.scalar(type.dtype()), 0));
    return e.emit1(new Broadcast(dims, List.of()), e.emit1(zero));
  }

  private static Val.Array insertNewAxes(
      Elaboration e, Val.Array out, List<Sub> subs, Advanced plan) {
    if (subs.stream().noneMatch(Sub.NewAxis.class::isInstance)) {
      return out;
    }
    // Kept axes and new ones in order, the block of the index arrays at its place.
    var dims = new ArrayList<Dim>();
    var kept = new ArrayList<Dim>();
    int seen = 0;
    int blockAt = plan.before();
    for (int i = 0; i < out.rank(); i++) {
      if (i < blockAt || i >= blockAt + plan.batchRank()) {
        kept.add(out.type().dim(i));
      }
    }
    var block = out.type().dims().subList(blockAt, blockAt + plan.batchRank());
    boolean placed = plan.first();
    if (placed) {
      dims.addAll(block);
    }
    for (Sub sub : subs) {
      switch (sub) {
        case Sub.NewAxis _ -> dims.add(Dim.of(1));
        case Sub.Range _, Sub.Window _ -> dims.add(kept.get(seen++));
        case Sub.Rows _, Sub.Fixed _, Sub.Moving _ -> {
          if (!placed && sub instanceof Sub.Rows) {
            dims.addAll(block);
            placed = true;
          }
        }
      }
    }
    return e.emit1(new Reshape(dims), out);
  }

  /// The index arrays of one index, joined.
  ///
  /// @param axes of the array that they index
  /// @param single axes of size 1 that go: positions already taken
  /// @param indices `i32[batch…, axes]`
  /// @param before how many kept axes come before the block that the arrays select
  /// @param first whether that block comes first because the arrays are not neighbours
  record Advanced(
      List<Integer> axes,
      List<Integer> single,
      Val.Array indices,
      int batchRank,
      int before,
      boolean first) {

    static Advanced of(Elaboration e, ArrayType type, List<Sub> subs) {
      var axes = new ArrayList<Integer>();
      var single = new ArrayList<Integer>();
      var arrays = new ArrayList<Val.Array>();
      var places = new ArrayList<Span>();
      int axis = 0;
      int kept = 0;
      int before = -1;
      boolean closed = false;
      boolean apart = false;
      for (Sub sub : subs) {
        boolean index =
            sub instanceof Sub.Rows || sub instanceof Sub.Fixed || sub instanceof Sub.Moving;
        if (index) {
          apart |= closed;
          before = before < 0 ? kept : before;
        } else {
          closed |= before >= 0;
        }
        switch (sub) {
          case Sub.Rows(var indices, _, var at) -> {
            axes.add(axis++);
            arrays.add(indices);
            places.add(at);
          }
          case Sub.Fixed _, Sub.Moving _ -> single.add(axis++);
          case Sub.Range _, Sub.Window _ -> {
            axis++;
            kept++;
          }
          case Sub.NewAxis _ -> {}
        }
      }
      List<Val.Array> together = Operands.broadcast(e, e.here(), "an index", arrays, places);
      int rank = together.getFirst().rank();
      var columns = new ArrayList<Val.Array>();
      for (Val.Array each : together) {
        var dims = new ArrayList<>(each.type().dims());
        dims.add(Dim.of(1));
        columns.add(e.emit1(new Reshape(dims), each));
      }
      Val.Array indices =
          columns.size() == 1
              ? columns.getFirst()
              : e.emit(new Concatenate(rank), columns).getFirst();
      return new Advanced(axes, single, indices, rank, apart ? 0 : before, apart);
    }
  }

  /// The permutation that moves axes `from` to the places `to`, as `moveaxis`.
  public static Val.Array permute(Elaboration e, Val.Array x, List<Integer> permutation) {
    boolean identity =
        IntStream.range(0, permutation.size()).allMatch(i -> permutation.get(i) == i);
    return identity ? x : e.emit1(new Transpose(permutation), x);
  }
}
