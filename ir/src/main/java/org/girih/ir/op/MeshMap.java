package org.girih.ir.op;

import java.util.List;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Value;

/// A function on the devices along one axis of the mesh: what `shard_map` is made of. It maps as
/// [Vmap] does, with `in` and `out` as there.
///
/// The difference are the transformations in the function, which are expanded after it was mapped:
/// a derivative in it is that of all devices together. So the cotangent of what all devices share
/// is the sum over the devices, and the transpose of `psum` leaves a cotangent as it is: JAX's
/// convention of varying axes, in which `psum` and `pvary` are transposes of each other.
///
/// - (C1) to (C6) are those of [Vmap]
///
/// @param size the number of devices along the axis
/// @param lane the number by which collectives in the function name the axis
public record MeshMap(FuncRef callee, Dim size, List<Integer> in, List<Integer> out, int lane)
    implements Transform {
  private Vmap map() {
    return new Vmap(callee, size, in, out, lane);
  }

  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> operands) {
    return map().infer(cx, operands);
  }

  /// @throws Refusal if a result that is to be the same on all devices is not
  @Override
  public List<Value> expand(Builder b, Transforms t, List<Value> xs) {
    return map()
        .expand(
            b,
            t,
            xs,
            "name the mesh axis in `out_specs`, or reduce over the devices with `psum` or `pmean`");
  }

  @Override
  public Batched batch(Builder b, Transforms t, BatchAxis axis, List<Value> xs, Mask batched) {
    var made = t.batch(callee, axis, batched, Mask.none(out.size()));
    return new Batched(
        b.emit(
            new MeshMap(
                made.ref(), size, Vmap.shifted(in, batched), Vmap.shifted(out, made.out()), lane),
            xs),
        made.out());
  }
}
