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
/// - (C1) one operand
/// - (C2) an entry of `split` for each dimension
/// - (C3) `split` names axes of the mesh, each at most once
/// - (C4) sizes of the mesh are at least 1
/// - (C5) `open` are distinct dimensions
/// - (C6) the mesh axes that split a dimension divide its size
/// - (C7) no dimension is split and open
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

  /// Returns the mesh axes that split no dimension: along these the array is repeated.
  public List<Integer> repeated() {
    return IntStream.range(0, mesh.size())
        .boxed()
        .filter(axis -> split.stream().noneMatch(axes -> axes.contains(axis)))
        .toList();
  }

  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    cx.c(1).count(in, 1);
    ArrayType type = in.getFirst();
    cx.c(2)
        .require(
            split.size() == type.rank(),
            "expected an entry for each dimension of %s, got %s",
            type,
            split);
    List<Integer> used = split.stream().flatMap(List::stream).collect(Collectors.toList());
    cx.c(3)
        .require(
            used.stream().allMatch(a -> a >= 0 && a < mesh.size()),
            "expected axes of mesh %s, got %s",
            mesh,
            split);
    cx.c(3)
        .require(
            used.stream().distinct().count() == used.size(), "an axis splits twice in %s", split);
    cx.c(4)
        .require(
            mesh.stream().allMatch(size -> size >= 1),
            "expected sizes of at least 1, got mesh %s",
            mesh);
    cx.c(5).axes(type, open);
    for (int i = 0; i < split.size(); i++) {
      Dim rest = type.dim(i).floorMod(Dim.of(parts(i)));
      switch (rest.equalTo(Dim.of(0))) {
        case YES -> {}
        case NO -> cx.c(6).require(false, "dimension %d of %s in %d parts", i, type, parts(i));
        case UNKNOWN -> cx.unknown(Condition.equal(rest, Dim.of(0)));
      }
      cx.c(7)
          .require(
              !open.contains(i) || split.get(i).isEmpty(), "dimension %d is split and open", i);
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
  public void transpose(Builder b, TransposedOperands in, Value ct, Cotangents out) {
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
