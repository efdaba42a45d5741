package org.girih.hlo.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.girih.hlo.proto.PrimitiveType;

/// Reductions and sorts. Rules: XLA's operation semantics, "Reduce", "ReduceWindow",
/// "SelectAndScatter", "Sort", "TopK".
final class ReductionRules {
  private ReductionRules() {}

  static void addTo(Map<String, Rule> rules) {
    rules.put("reduce", Rule.of(ReductionRules::reduce, Field.DIMENSIONS, Field.CALLEES));
    rules.put("reduce-window", Rule.of(ReductionRules::window, Field.WINDOW, Field.CALLEES));
    rules.put(
        "select-and-scatter",
        Rule.of(ReductionRules::selectAndScatter, Field.WINDOW, Field.CALLEES));
    rules.put("sort", Rule.of(ReductionRules::sort, Field.DIMENSIONS, Field.CALLEES, Field.STABLE));
    rules.put("topk", Rule.of(ReductionRules::topK, Field.TOP_K));
  }

  /// Returns the N arrays, of equal sizes, behind which are N scalars to begin with.
  private static List<HloShape.Array> reduced(Site s) {
    int count = s.operands().size() / 2;
    s.require(count >= 1 && s.operands().size() == 2 * count, "%d operands", s.operands().size());
    List<HloShape.Array> arrays = s.arrays(0, count);
    for (int i = 0; i < count; i++) {
      s.same(arrays.getFirst().withType(arrays.get(i).type()), arrays.get(i), "arrays");
      s.same(arrays.get(i).element(), s.operand(count + i), "initial value");
    }
    s.calls(1);
    s.combines(0, elements(arrays));
    return arrays;
  }

  private static List<HloShape.Array> elements(List<HloShape.Array> arrays) {
    return arrays.stream().map(HloShape.Array::element).toList();
  }

  private static void reduce(Site s) {
    List<HloShape.Array> arrays = reduced(s);
    HloShape.Array x = arrays.getFirst();
    List<Long> axes = s.proto().getDimensionsList();
    s.axes(axes, x.rank(), "dimensions");
    var dims = new ArrayList<Long>();
    for (long i = 0; i < x.rank(); i++) {
      if (!axes.contains(i)) {
        dims.add(x.dim((int) i));
      }
    }
    s.gives(HloShape.of(arrays.stream().map(a -> a.withDims(dims)).toList()));
  }

  private static void window(Site s) {
    List<HloShape.Array> arrays = reduced(s);
    List<Long> dims = SlidingWindows.slid(s, s.proto().getWindow(), arrays.getFirst().dims());
    SlidingWindows.noReversal(s, s.proto().getWindow());
    s.gives(HloShape.of(arrays.stream().map(a -> a.withDims(dims)).toList()));
  }

  /// Checks a `select-and-scatter` of operand, source, initial value; `select` (a, b) → pred,
  /// `scatter` (a, b) → c. The window is neither dilated nor reversed.
  private static void selectAndScatter(Site s) {
    s.count(3);
    HloShape.Array x = s.operand(0);
    HloShape.Array element = x.element();
    s.same(element, s.operand(2), "initial value");
    s.calls(2);
    s.callee(0, List.of(element, element), HloShape.scalar(PrimitiveType.PRED));
    s.callee(1, List.of(element, element), element);
    SlidingWindows.plain(s, s.proto().getWindow());
    s.same(
        x.withDims(SlidingWindows.slid(s, s.proto().getWindow(), x.dims())),
        s.operand(1),
        "source");
    s.gives(x);
  }

  /// Checks a `sort`: the comparator takes two elements of each array in turn: (a₀, b₀, a₁, b₁, …)
  /// → pred.
  private static void sort(Site s) {
    int count = s.operands().size();
    List<HloShape.Array> arrays = s.arrays(0, count);
    HloShape.Array first = s.operand(0);
    s.require(s.proto().getDimensionsCount() == 1, "sort needs one dimension");
    s.axis(s.proto().getDimensions(0), first.rank(), "dimension");
    var parameters = new ArrayList<HloShape>();
    for (HloShape.Array array : arrays) {
      s.same(first.withType(array.type()), array, "arrays");
      parameters.add(array.element());
      parameters.add(array.element());
    }
    s.calls(1);
    s.callee(0, parameters, HloShape.scalar(PrimitiveType.PRED));
    s.gives(HloShape.of(arrays));
  }

  /// Checks a `topk`: the k greatest (or least) along the last dimension, and where they were,
  /// `s32`.
  private static void topK(Site s) {
    s.count(1);
    HloShape.Array x = s.operand(0);
    s.require(x.rank() >= 1 && !Types.complex(x.type()), "topk of %s", x);
    long k = s.proto().getK();
    s.require(k >= 0 && k <= x.dims().getLast(), "k = %d of %s", k, x);
    var dims = new ArrayList<>(x.dims());
    dims.set(x.rank() - 1, k);
    HloShape.Array values = x.withDims(dims);
    s.gives(new HloShape.Tuple(List.of(values, values.withType(PrimitiveType.S32))));
  }
}
