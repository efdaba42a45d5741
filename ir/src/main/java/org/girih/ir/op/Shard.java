package org.girih.ir.op;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Condition;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Value;

/// The operand itself, placed on the devices of a mesh: `x as [_ @ data, _]`. It constrains the
/// partitioner and changes no number; tangents and cotangents are placed like the value.
///
/// ```
/// %1: f32[8, 3] = shard %0 {mesh = [4, 2], split = [[0], []], open = []}
/// ```
///
/// @param mesh the sizes of the mesh's axes
/// @param split for each dimension the mesh axes that split it, the slowest first; a dimension
///     without any is whole on each device
/// @param open dimensions that the partitioner places as it likes
public record Shard(List<Long> mesh, List<List<Integer>> split, List<Integer> open)
    implements Linear {
  public Shard {
    mesh = List.copyOf(mesh);
    split = split.stream().map(List::copyOf).toList();
    open = List.copyOf(open);
  }

  /// Returns how many parts a dimension is split into.
  public long parts(int dimension) {
    return split.get(dimension).stream().mapToLong(mesh::get).reduce(1, Math::multiplyExact);
  }

  /// The mesh axes that split no dimension: along these the array is repeated.
  public List<Integer> repeated() {
    return IntStream.range(0, mesh.size())
        .boxed()
        .filter(axis -> split.stream().noneMatch(axes -> axes.contains(axis)))
        .toList();
  }

  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.count(in, 1);
    ArrayType type = in.getFirst();
    cx.require(split.size() == type.rank(), "%d placed dimensions of %s", split.size(), type);
    List<Integer> used = split.stream().flatMap(List::stream).collect(Collectors.toList());
    cx.require(
        used.stream().allMatch(a -> a >= 0 && a < mesh.size()), "axes %s of mesh %s", split, mesh);
    cx.require(
        used.stream().distinct().count() == used.size(), "an axis splits twice in %s", split);
    cx.require(mesh.stream().allMatch(size -> size >= 1), "mesh %s", mesh);
    cx.axes(type, open);
    for (int i = 0; i < split.size(); i++) {
      Dim rest = type.dim(i).floorMod(Dim.of(parts(i)));
      switch (rest.equalTo(Dim.of(0))) {
        case YES -> {}
        case NO -> cx.require(false, "dimension %d of %s in %d parts", i, type, parts(i));
        case UNKNOWN -> cx.unknown(Condition.equal(rest, Dim.of(0)));
      }
      cx.require(!open.contains(i) || split.get(i).isEmpty(), "dimension %d is split and open", i);
    }
    return in;
  }

  @Override
  public Work work(List<ArrayType> in, List<ArrayType> out) {
    return Work.RENAMES;
  }

  @Override
  public NanSource nanSource() {
    return NanSource.NONE;
  }

  @Override
  public void transpose(Builder b, Operands in, Value ct, Cotangents out) {
    out.add(0, b.emit1(this, ct));
  }

  /// Leaves open where the lanes are.
  @Override
  public Batched batch(Builder b, BatchAxis axis, List<Value> xs, Mask batched) {
    var inner = new ArrayList<List<Integer>>();
    inner.add(List.of());
    inner.addAll(split);
    var free = new ArrayList<>(List.of(0));
    free.addAll(Batched.axes(open));
    return Batched.all(b.emit1(new Shard(mesh, inner, free), xs.getFirst()));
  }
}
