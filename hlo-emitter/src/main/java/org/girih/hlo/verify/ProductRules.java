package org.girih.hlo.verify;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.girih.hlo.proto.ConvolutionDimensionNumbers;
import org.girih.hlo.proto.DotDimensionNumbers;
import org.girih.hlo.proto.PrimitiveType;

/// Sums of products. Rules: XLA's operation semantics, "DotGeneral" and "ConvWithGeneralPadding",
/// as `ShapeInference::InferDotOpShape` and `InferConvolveShape` check them.
final class ProductRules {
  private ProductRules() {}

  static void addTo(Map<String, Rule> rules) {
    rules.put("dot", Rule.of(ProductRules::dot, Field.DOT, Field.PRECISION));
    rules.put(
        "convolution",
        Rule.of(
            ProductRules::convolution,
            Field.WINDOW,
            Field.CONVOLUTION,
            Field.GROUPS,
            Field.PRECISION));
  }

  /// Returns the result's element type: the operands', or a wider one of its family to sum in.
  private static PrimitiveType summed(Site s, HloShape.Array a, HloShape.Array b) {
    s.require(a.type() == b.type(), "operands %s and %s", a, b);
    PrimitiveType from = a.type();
    PrimitiveType to = s.result().type();
    boolean wider =
        Types.bits(to) >= Types.bits(from)
            && (Types.floating(from) && Types.floating(to)
                || Types.signed(from) && Types.signed(to)
                || Types.unsigned(from) && Types.unsigned(to));
    s.require(from == to || wider && Types.bits(to) >= 32, "%s of products of %s", to, from);
    return to;
  }

  private static void dot(Site s) {
    s.count(2);
    HloShape.Array a = s.operand(0);
    HloShape.Array b = s.operand(1);
    DotDimensionNumbers n = s.proto().getDotDimensionNumbers();
    s.require(
        s.proto().hasDotDimensionNumbers() && n.getUnknownFields().isEmpty(),
        "no dimension numbers, or some that Girih lacks");
    List<Long> dims = new ArrayList<>();
    paired(s, a, n.getLhsContractingDimensionsList(), b, n.getRhsContractingDimensionsList(), null);
    paired(s, a, n.getLhsBatchDimensionsList(), b, n.getRhsBatchDimensionsList(), dims);
    free(s, a, n.getLhsContractingDimensionsList(), n.getLhsBatchDimensionsList(), dims);
    free(s, b, n.getRhsContractingDimensionsList(), n.getRhsBatchDimensionsList(), dims);
    ElementwiseRules.precision(s, 2);
    s.gives(summed(s, a, b), dims);
  }

  /// Requires pairs of equal dimensions; adds their sizes to `out` if there is one.
  private static void paired(
      Site s,
      HloShape.Array a,
      List<Long> left,
      HloShape.Array b,
      List<Long> right,
      List<Long> out) {
    s.axes(left, a.rank(), "dimensions");
    s.axes(right, b.rank(), "dimensions");
    s.require(left.size() == right.size(), "dimensions %s and %s pair", left, right);
    for (int i = 0; i < left.size(); i++) {
      long size = a.dim(left.get(i).intValue());
      s.require(
          size == b.dim(right.get(i).intValue()),
          "sizes of dimension %d of %s and %d of %s",
          left.get(i),
          a,
          right.get(i),
          b);
      if (out != null) {
        out.add(size);
      }
    }
  }

  private static void free(
      Site s, HloShape.Array x, List<Long> contracting, List<Long> batch, List<Long> out) {
    s.require(
        Collections.disjoint(contracting, batch),
        "dimensions %s and %s share one",
        contracting,
        batch);
    for (long i = 0; i < x.rank(); i++) {
      if (!contracting.contains(i) && !batch.contains(i)) {
        out.add(x.dim((int) i));
      }
    }
  }

  private static void convolution(Site s) {
    s.count(2);
    HloShape.Array x = s.operand(0);
    HloShape.Array kernel = s.operand(1);
    HloShape.Array result = s.result();
    ConvolutionDimensionNumbers n = s.proto().getConvolutionDimensionNumbers();
    s.require(
        s.proto().hasConvolutionDimensionNumbers() && n.getUnknownFields().isEmpty(),
        "no dimension numbers, or some that Girih lacks");
    int rank = x.rank();
    s.require(
        rank >= 2 && kernel.rank() == rank && result.rank() == rank,
        "convolution of %s and %s to %s",
        x,
        kernel,
        result);
    places(
        s,
        rank,
        n.getInputBatchDimension(),
        n.getInputFeatureDimension(),
        n.getInputSpatialDimensionsList());
    places(
        s,
        rank,
        n.getKernelInputFeatureDimension(),
        n.getKernelOutputFeatureDimension(),
        n.getKernelSpatialDimensionsList());
    places(
        s,
        rank,
        n.getOutputBatchDimension(),
        n.getOutputFeatureDimension(),
        n.getOutputSpatialDimensionsList());
    // 0 is what proto3 gives for a count that was not written: one group.
    long featureGroups = Math.max(1, s.proto().getFeatureGroupCount());
    long batchGroups = Math.max(1, s.proto().getBatchGroupCount());
    s.require(
        s.proto().getFeatureGroupCount() >= 0 && s.proto().getBatchGroupCount() >= 0,
        "%d feature groups, %d batch groups",
        s.proto().getFeatureGroupCount(),
        s.proto().getBatchGroupCount());
    s.require(featureGroups == 1 || batchGroups == 1, "feature groups and batch groups");
    long batch = x.dim((int) n.getInputBatchDimension());
    long features = x.dim((int) n.getInputFeatureDimension());
    long kernelIn = kernel.dim((int) n.getKernelInputFeatureDimension());
    long kernelOut = kernel.dim((int) n.getKernelOutputFeatureDimension());
    s.require(
        features % featureGroups == 0
            && features / featureGroups == kernelIn
            && kernelOut % featureGroups == 0,
        "%d features in %d groups, kernel %d to %d",
        features,
        featureGroups,
        kernelIn,
        kernelOut);
    s.require(
        batch % batchGroups == 0 && kernelOut % batchGroups == 0,
        "batch of %d, %d kernel outputs in %d groups",
        batch,
        kernelOut,
        batchGroups);
    var window = s.proto().getWindow();
    List<Long> base =
        n.getInputSpatialDimensionsList().stream().map(d -> x.dim(d.intValue())).toList();
    List<Long> spatial = SlidingWindows.slid(s, window, base);
    Long[] dims = new Long[rank];
    dims[(int) n.getOutputBatchDimension()] = batch / batchGroups;
    dims[(int) n.getOutputFeatureDimension()] = kernelOut;
    for (int i = 0; i < spatial.size(); i++) {
      s.require(
          window.getDimensions(i).getSize() == kernel.dim((int) n.getKernelSpatialDimensions(i)),
          "window size %d of kernel %s",
          window.getDimensions(i).getSize(),
          kernel);
      dims[(int) n.getOutputSpatialDimensions(i)] = spatial.get(i);
    }
    ElementwiseRules.precision(s, 2);
    s.gives(summed(s, x, kernel), List.of(dims));
  }

  /// Requires the two named and the spatial dimensions to be all dimensions, each once.
  private static void places(Site s, int rank, long first, long second, List<Long> spatial) {
    var all = new ArrayList<>(spatial);
    all.add(first);
    all.add(second);
    s.require(all.size() == rank, "%d spatial dimensions of %d", spatial.size(), rank);
    s.axes(all, rank, "dimension numbers");
  }
}
