package org.girih.hlo.verify;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.girih.hlo.proto.GatherDimensionNumbers;
import org.girih.hlo.proto.ScatterDimensionNumbers;

/// Gather and scatter. Rules: XLA's operation semantics, "Gather" and "Scatter", as
/// `ShapeInference::InferGatherShape` and `InferScatterShape` check them.
final class IndexingRules {
  private IndexingRules() {}

  static void addTo(Map<String, Rule> rules) {
    rules.put("gather", Rule.of(IndexingRules::gather, Field.GATHER, Field.INDICES_ARE_SORTED));
    rules.put(
        "scatter",
        Rule.of(
            IndexingRules::scatter,
            Field.SCATTER,
            Field.CALLEES,
            Field.INDICES_ARE_SORTED,
            Field.UNIQUE_INDICES));
  }

  /// The dimension numbers that both ops have.
  ///
  /// @param removed dimensions of the array that a window lacks
  /// @param mapped for each component of an index the dimension of the array that it moves along
  /// @param vector the dimension of the indices that holds an index's components
  /// @param batching, indexBatching dimensions that array and indices walk together
  private record Numbers(
      List<Long> removed,
      List<Long> mapped,
      long vector,
      List<Long> batching,
      List<Long> indexBatching) {
    /// Checks them and returns the sizes of the indices without their components.
    List<Long> check(Site s, HloShape.Array x, HloShape.Array indices) {
      s.require(
          Types.integral(indices.type()) && Types.bits(indices.type()) >= 8, "indices %s", indices);
      s.require(
          vector >= 0 && vector <= indices.rank(), "index_vector_dim %d of %s", vector, indices);
      long components = vector == indices.rank() ? 1 : indices.dim((int) vector);
      s.require(mapped.size() == components, "%s maps %d components", mapped, components);
      s.axes(mapped, x.rank(), "indexed dimensions");
      s.ascending(removed, x.rank(), "removed dimensions");
      s.ascending(batching, x.rank(), "batching dimensions");
      s.axes(indexBatching, indices.rank(), "batching dimensions of the indices");
      s.require(
          Collections.disjoint(removed, batching) && Collections.disjoint(mapped, batching),
          "batching dimensions %s are used twice",
          batching);
      s.require(
          batching.size() == indexBatching.size() && !indexBatching.contains(vector),
          "batching dimensions %s and %s",
          batching,
          indexBatching);
      for (int i = 0; i < batching.size(); i++) {
        s.require(
            x.dim(batching.get(i).intValue()) == indices.dim(indexBatching.get(i).intValue()),
            "batching dimensions %s of %s and %s of %s",
            batching,
            x,
            indexBatching,
            indices);
      }
      var dims = new ArrayList<Long>();
      for (int i = 0; i < indices.rank(); i++) {
        if (i != vector) {
          dims.add(indices.dim(i));
        }
      }
      return dims;
    }

    boolean windowed(long axis) {
      return !removed.contains(axis) && !batching.contains(axis);
    }
  }

  private static void gather(Site s) {
    s.count(2);
    HloShape.Array x = s.operand(0);
    GatherDimensionNumbers n = s.proto().getGatherDimensionNumbers();
    s.require(
        s.proto().hasGatherDimensionNumbers() && n.getUnknownFields().isEmpty(),
        "no dimension numbers, or some that Girih lacks");
    var numbers =
        new Numbers(
            n.getCollapsedSliceDimsList(),
            n.getStartIndexMapList(),
            n.getIndexVectorDim(),
            n.getOperandBatchingDimsList(),
            n.getStartIndicesBatchingDimsList());
    List<Long> batch = numbers.check(s, x, s.operand(1));
    List<Long> sizes = s.proto().getGatherSliceSizesList();
    s.require(sizes.size() == x.rank(), "slice sizes %s of %s", sizes, x);
    var window = new ArrayList<Long>();
    for (int i = 0; i < x.rank(); i++) {
      long size = sizes.get(i);
      s.require(size >= 0 && size <= x.dim(i), "slice sizes %s of %s", sizes, x);
      if (numbers.windowed(i)) {
        window.add(size);
      } else {
        s.require(size <= 1, "slice sizes %s: dimension %d goes", sizes, i);
      }
    }
    s.gives(x.withDims(merged(s, batch, window, n.getOffsetDimsList(), "offset_dims")));
  }

  /// Returns the dimensions of the result: a window's at the given places, the indices' at the
  /// others.
  private static List<Long> merged(
      Site s, List<Long> batch, List<Long> window, List<Long> places, String what) {
    int rank = batch.size() + window.size();
    s.require(places.size() == window.size(), "%s %s of %d", what, places, window.size());
    s.ascending(places, rank, what);
    var out = new ArrayList<Long>();
    var at = new HashSet<>(places);
    var batches = batch.iterator();
    var windows = window.iterator();
    for (long i = 0; i < rank; i++) {
      out.add(at.contains(i) ? windows.next() : batches.next());
    }
    return out;
  }

  /// Checks a `scatter` of N arrays, indices, N updates; the computation combines N old and N new
  /// elements.
  private static void scatter(Site s) {
    int count = (s.operands().size() - 1) / 2;
    s.require(
        count >= 1 && s.operands().size() == 2 * count + 1, "%d operands", s.operands().size());
    List<HloShape.Array> arrays = s.arrays(0, count);
    HloShape.Array x = arrays.getFirst();
    HloShape.Array first = s.operand(count + 1);
    ScatterDimensionNumbers n = s.proto().getScatterDimensionNumbers();
    s.require(
        s.proto().hasScatterDimensionNumbers() && n.getUnknownFields().isEmpty(),
        "no dimension numbers, or some that Girih lacks");
    var numbers =
        new Numbers(
            n.getInsertedWindowDimsList(),
            n.getScatterDimsToOperandDimsList(),
            n.getIndexVectorDim(),
            n.getInputBatchingDimsList(),
            n.getScatterIndicesBatchingDimsList());
    List<Long> batch = numbers.check(s, x, s.operand(count));
    List<Long> places = n.getUpdateWindowDimsList();
    s.ascending(places, first.rank(), "update_window_dims");
    var bounds = new ArrayList<Long>();
    for (int i = 0; i < x.rank(); i++) {
      if (numbers.windowed(i)) {
        bounds.add(x.dim(i));
      }
    }
    var window = places.stream().map(p -> first.dim(p.intValue())).toList();
    s.require(window.size() == bounds.size(), "update_window_dims %s of %s", places, first);
    for (int i = 0; i < window.size(); i++) {
      s.require(window.get(i) <= bounds.get(i), "update %s in %s", first, x);
    }
    List<Long> update = merged(s, batch, window, places, "update_window_dims");
    for (int i = 0; i < count; i++) {
      s.same(x.withType(arrays.get(i).type()), arrays.get(i), "arrays");
      s.same(arrays.get(i).withDims(update), s.operand(count + 1 + i), "update");
    }
    s.calls(1);
    s.combines(0, arrays.stream().map(HloShape.Array::element).toList());
    s.gives(HloShape.of(arrays));
  }
}
