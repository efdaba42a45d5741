package org.girih.grammar.elaborate.transform;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.girih.grammar.elaborate.array.Operands;
import org.girih.grammar.elaborate.core.Derived;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.op.Broadcast;
import org.girih.ir.op.Compare;
import org.girih.ir.op.Convert;
import org.girih.ir.op.Iota;
import org.girih.ir.op.Linearized;
import org.girih.ir.op.Op;
import org.girih.ir.op.Reshape;
import org.girih.ir.op.VjpBackward;
import org.girih.ir.op.Vmap;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Dim;

/// `jacfwd` and `jacrev`: all partial derivatives, by the linear map of tangents or cotangents on
/// each unit vector. The result has the tree of the function's result, and instead of each leaf the
/// tree of the differentiated arguments; each leaf's dims are the result's, then the argument's.
final class Jacobians {
  private Jacobians() {}

  private record Point(Gradients.Wrt wrt, List<Val.Array> leaves, ClosureFunction traced) {
    List<Integer> positions() {
      return traced.positions(leaves.size());
    }
  }

  private static Point trace(Elaboration e, Val.Made made, Derived.Arguments args) {
    var wrt = Gradients.wrt(e, made, args, made.option(0));
    List<Val.Array> leaves = wrt.leaves();
    ClosureFunction traced =
        ClosureFunction.of(
            e,
            ClosureFunction.name(made),
            leaves.stream().map(Val.Array::type).toList(),
            params ->
                ClosureFunction.arrays(
                    e, ClosureFunction.apply(e, made, args, wrt.with(params)), args.at()));
    for (ArrayType type : traced.results()) {
      if (!type.dtype().inexact()) {
        throw e.fault(
            Diagnostic.error(
                    Code.NOT_DIFFERENTIABLE,
                    args.at(),
                    "`"
                        + made.label()
                        + "` of a function that gives "
                        + Trees.describe(traced.result())
                        + ": "
                        + type
                        + " has no derivative")
                .help("convert it with `f32(…)`, or leave it out of the result"));
      }
    }
    e.at(args.at());
    return new Point(wrt, leaves, traced);
  }

  /// One forward pass a unit vector of the arguments.
  static Val forward(Elaboration e, Val.Made made, Derived.Arguments args) {
    Point point = trace(e, made, args);
    List<ArrayType> results = point.traced().results();
    var columns = new ArrayList<List<Val.Array>>();
    for (int i = 0; i < point.leaves().size(); i++) {
      ArrayType in = point.leaves().get(i).type();
      int place = i;
      List<Val.Array> stacked =
          mapped(
              e,
              in,
              results.stream().map(ArrayType::rank).toList(),
              unit -> {
                var operands = new ArrayList<>(point.traced().operands(point.leaves()));
                for (int j = 0; j < point.leaves().size(); j++) {
                  operands.add(j == place ? unit : zeros(e, point.leaves().get(j).type()));
                }
                return e.emit(new Linearized(point.traced().ref(), point.positions()), operands);
              });
      var shaped = new ArrayList<Val.Array>();
      for (int j = 0; j < stacked.size(); j++) {
        shaped.add(shape(e, stacked.get(j), results.get(j).dims(), in.dims()));
      }
      columns.add(shaped);
    }
    var next = new int[1];
    return Trees.map(
        point.traced().result(),
        leaf -> {
          if (!(leaf instanceof Val.Hole)) {
            return leaf;
          }
          int j = next[0]++;
          return point.wrt().fill(columns.stream().map(c -> c.get(j)).toList());
        });
  }

  /// One reverse pass a unit vector of the result.
  static Val reverse(Elaboration e, Val.Made made, Derived.Arguments args) {
    Point point = trace(e, made, args);
    var next = new int[1];
    return Trees.map(
        point.traced().result(),
        leaf -> {
          if (!(leaf instanceof Val.Hole(var out, _, _))) {
            return leaf;
          }
          int of = next[0]++;
          List<Val.Array> stacked =
              mapped(
                  e,
                  out,
                  point.leaves().stream().map(_ -> 0).toList(),
                  unit -> {
                    var operands = new ArrayList<>(point.traced().operands(point.leaves()));
                    operands.add(unit);
                    return e.emit(
                        new VjpBackward(point.traced().ref(), point.positions(), List.of(of)),
                        operands);
                  });
          var shaped = new ArrayList<Val.Array>();
          for (int i = 0; i < stacked.size(); i++) {
            shaped.add(shape(e, stacked.get(i), out.dims(), point.leaves().get(i).type().dims()));
          }
          return point.wrt().fill(shaped);
        });
  }

  private static Val.Array zeros(Elaboration e, ArrayType type) {
    Val.Array zero = Operands.constant(e, Val.Int.of(0), type.dtype(), e.here());
    return type.isScalar() ? zero : e.emit1(new Broadcast(type.dims(), List.of()), zero);
  }

  private static Val.Array shape(Elaboration e, Val.Array x, List<Dim> first, List<Dim> second) {
    var dims = new ArrayList<>(first);
    dims.addAll(second);
    return x.type().dims().equals(dims) ? x : e.emit1(new Reshape(dims), x);
  }

  /// The function of a vector, on all unit vectors of a type.
  ///
  /// @param axes where the results are stacked
  private static List<Val.Array> mapped(
      Elaboration e,
      ArrayType type,
      List<Integer> axes,
      Function<Val.Array, List<Val.Array>> body) {
    ClosureFunction one =
        ClosureFunction.of(
            e,
            "unit",
            List.of(type),
            params -> new Val.Tuple(List.copyOf(body.apply(params.getFirst()))));
    Dim size = type.elements();
    var in = new ArrayList<Integer>();
    one.captured().forEach(_ -> in.add(-1));
    in.add(0);
    Op op = new Vmap(one.ref(), size, in, axes, e.lanes().fresh());
    return e.emit(op, one.operands(List.of(units(e, type, size))));
  }

  /// All unit vectors of a type, stacked.
  private static Val.Array units(Elaboration e, ArrayType type, Dim size) {
    var square = List.of(size, size);
    Val.Array rows = e.emit1(new Iota(DType.I32, square, 0));
    Val.Array columns = e.emit1(new Iota(DType.I32, square, 1));
    Val.Array eye = e.emit1(new Convert(type.dtype()), e.emit1(Compare.EQ, rows, columns));
    var dims = new ArrayList<Dim>(List.of(size));
    dims.addAll(type.dims());
    return dims.equals(square) ? eye : e.emit1(new Reshape(dims), eye);
  }
}
