package org.girih.ir.op;

import java.util.ArrayList;
import java.util.List;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Value;

/// Lanes of a structured op one after the other: a scan over the lanes, whose body is the op
/// itself. So each lane does what it would do alone, and nothing else: no branch runs that was not
/// taken, no loop goes on for a lane that is done. It is slower than all lanes at once, and what
/// is done where [#asked].
///
/// ```
/// %3: f32[8] = cond %0 %1 %2 {…}       on lanes %0: bool[8], %1: f32[8], %2: f32
///
/// func @vmap.lane(%0: f32, %1: i32, %2: bool, %3: f32) -> (f32) {
///   %4: f32 = cond %2 %3 %0 {…}
///   return %4
/// }
/// %3: f32[8] = scan %2 %0 %1 {body = @vmap.lane, length = 8, constants = 1, …}
/// ```
public final class LanesApart {
  /// The name of the bodies of such scans, and the beginning of names made from it; no def of a
  /// program has a dot in its name.
  public static final String NAME = "vmap.lane";

  private LanesApart() {}

  /// Returns whether the lanes of an op that go different ways run one after the other: where the
  /// program is to be checked, and where a function has an effect, which a lane that is not there
  /// must not have. Not where lanes exchange values.
  static boolean asked(Transforms t, Structured op, BatchAxis axis) {
    return (t.lanesApart() || op.callees().stream().anyMatch(t::effects))
        && op.callees().stream().noneMatch(f -> t.uses(f, axis.axis()));
  }

  /// @param op takes operands of the types of `xs` without the batch dimension
  static Batched batch(
      Builder b, Transforms t, BatchAxis axis, Op op, List<Value> xs, Mask batched) {
    var params = new ArrayList<ArrayType>();
    var operands = new ArrayList<Value>();
    for (int i : batched.not().positions()) {
      operands.add(xs.get(i));
      params.add(xs.get(i).type());
    }
    int constants = params.size();
    params.add(ArrayType.scalar(DType.I32));
    for (int i : batched.positions()) {
      Value x = xs.get(i);
      operands.add(x);
      params.add(x.type().withDims(x.type().dims().subList(1, x.type().rank())));
    }
    FuncRef body =
        t.define(
            NAME,
            params,
            (g, in) -> {
              var args = new ArrayList<Value>();
              int shared = 0;
              int own = constants + 1;
              for (int i = 0; i < batched.size(); i++) {
                args.add(in.get(batched.at(i) ? own++ : shared++));
              }
              return g.emit(op, args);
            });
    var scan = new Scan(body, axis.size(), constants, 0, false, false);
    return Batched.all(b.emit(scan, operands));
  }
}
