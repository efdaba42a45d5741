package org.girih.passes.transform;

import java.util.ArrayList;
import java.util.List;
import org.girih.ir.diagnostic.CompilerBug;
import org.girih.ir.op.BatchAxis;
import org.girih.ir.op.Batched;
import org.girih.ir.op.Mask;
import org.girih.ir.op.Op;
import org.girih.ir.op.Structured;
import org.girih.ir.op.Transform;
import org.girih.ir.op.Transforms;
import org.girih.ir.program.Block;
import org.girih.ir.program.Equation;
import org.girih.ir.program.Func;
import org.girih.ir.program.Origin;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Value;

/// A function on lanes: values that differ between lanes get a batch dimension in front; what all
/// lanes share is computed once.
///
/// ```
/// func @f(%0: f32, %1: f32) -> (f32) {     func @f.vmap(%0: f32[8], %1: f32) -> (f32[8]) {
///   %2: f32 = sin %1                         %2: f32 = sin %1
///   %3: f32 = multiply %0 %2        ───▶     %3: f32[8] = broadcast %2 {dims = [8], axes = []}
///   return %3                                %4: f32[8] = multiply %0 %3
/// }                                          return %4
///                                          }
/// ```
final class Batching {
  private final Derivations derivations;
  private final BatchAxis axis;

  Batching(Derivations derivations, BatchAxis axis) {
    this.derivations = derivations;
    this.axis = axis;
  }

  Transforms.Made run(Func func, Mask isBatched, Mask force) {
    Block block = func.block();
    RuleBuilder sketch = derivations.sketch();
    var values = new Value[block.ids()];
    var batched = new boolean[block.ids()];
    var params = new ArrayList<Value>();
    for (int i = 0; i < isBatched.size(); i++) {
      Value param = block.params().get(i);
      batched[param.id()] = isBatched.at(i);
      values[param.id()] = sketch.param(isBatched.at(i) ? wide(param.type()) : param.type());
      params.add(values[param.id()]);
    }
    for (Equation equation : block.equations()) {
      var xs = equation.operands().stream().map(o -> values[o.id()]).toList();
      Mask mask = Mask.where(xs.size(), i -> batched[equation.operands().get(i).id()]);
      Origin origin = equation.origin();
      sketch.at(mask.any() ? origin.inLanes(origin.lanes() + 1) : origin);
      var out =
          mask.any() || uses(equation.op()) || waits(equation.op())
              ? derivations.at(equation.origin(), () -> batch(sketch, equation, xs, mask))
              : new Batched(sketch.emit(equation.op(), xs), Mask.none(equation.results().size()));
      for (int i = 0; i < equation.results().size(); i++) {
        Value result = equation.results().get(i);
        Value value = out.results().get(i);
        ArrayType due = out.mask().at(i) ? wide(result.type()) : result.type();
        if (!value.type().equals(due)) {
          throw new CompilerBug(
              "batched " + equation.op().primitive() + " gives " + value.type() + ", not " + due);
        }
        values[result.id()] = value;
        batched[result.id()] = out.mask().at(i);
      }
    }
    var results = new ArrayList<Value>();
    var out = new ArrayList<Boolean>();
    for (int i = 0; i < block.results().size(); i++) {
      Value result = block.results().get(i);
      boolean is = batched[result.id()];
      Value value = values[result.id()];
      results.add(force.at(i) && !is ? sketch.repeat(value, axis.size()) : value);
      out.add(is || force.at(i));
    }
    return new Transforms.Made(
        derivations.made(
            func.ref().name() + ".vmap",
            sketch,
            params,
            results,
            derivations.waitsFor(func.ref(), axis.axis())),
        new Mask(out));
  }

  private ArrayType wide(ArrayType type) {
    var dims = new ArrayList<Dim>();
    dims.add(axis.size());
    dims.addAll(type.dims());
    return type.withDims(dims);
  }

  private boolean uses(Op op) {
    return op.lanes().isPresent() && op.lanes().getAsInt() == axis.axis()
        || op.callees().stream().anyMatch(f -> derivations.uses(f, axis.axis()));
  }

  /// Returns whether it names a function whose transformations wait for these lanes.
  private boolean waits(Op op) {
    return op.callees().stream().anyMatch(f -> derivations.waiting(f).contains(axis.axis()));
  }

  private Batched batch(RuleBuilder b, Equation equation, List<Value> xs, Mask mask) {
    Op op = equation.op();
    if (op instanceof Op.Plain && axis.size().equals(Dim.of(0)) && !uses(op)) {
      // No lane reads a block, so that nothing need lie inside of what no lane has.
      var none = equation.results().stream().map(r -> b.zeros(wide(r.type()))).toList();
      return new Batched(none, Mask.where(none.size(), _ -> true));
    }
    return switch (op) {
      case Op.Plain plain -> plain.batch(b, axis, xs, mask);
      case Structured structured -> structured.batch(b, derivations, axis, xs, mask);
      case Transform transform -> transform.batch(b, derivations, axis, xs, mask);
    };
  }
}
