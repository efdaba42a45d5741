package org.girih.hlo.emit;

import java.util.List;
import org.girih.hlo.proto.ConvolutionDimensionNumbers;
import org.girih.hlo.proto.GatherDimensionNumbers;
import org.girih.hlo.proto.ScatterDimensionNumbers;
import org.girih.hlo.proto.Window;
import org.girih.hlo.proto.WindowDimension;
import org.girih.ir.op.Convolution;
import org.girih.ir.op.Gather;
import org.girih.ir.op.Sliding;
import org.girih.ir.op.Windows;
import org.girih.ir.type.ArrayType;

/// Gather and scatter, whose index vector is the last axis of the indices; convolution.
final class WindowEmitter {
  private WindowEmitter() {}

  static Instr gather(ComputationBuilder b, Gather gather, List<Instr> in, ArrayType out) {
    Windows windows = gather.windows();
    var numbers =
        GatherDimensionNumbers.newBuilder().setIndexVectorDim(in.get(1).type().rank() - 1);
    windows.offset().forEach(numbers::addOffsetDims);
    windows.collapsed().forEach(numbers::addCollapsedSliceDims);
    windows.indexed().forEach(numbers::addStartIndexMap);
    var instruction = b.instruction("gather", Shapes.of(out), in);
    instruction.setGatherDimensionNumbers(numbers);
    gather.sizes().forEach(s -> instruction.addGatherSliceSizes(s.known().orElseThrow()));
    return new Instr(b.add(instruction), out);
  }

  static Instr convolution(ComputationBuilder b, Convolution op, List<Instr> in, ArrayType out) {
    // Of windows that begin or end inside of the array, and of groups of the batch, XLA's
    // partitioner makes wrong numbers.
    boolean cut = op.window().stream().anyMatch(s -> s.low() < 0 || s.high() < 0);
    if (cut || op.batches() > 1) {
      List<Instr> whole = in.stream().map(x -> Shardings.whole(b, x)).toList();
      return Shardings.whole(b, convolved(b, op, whole, out));
    }
    return convolved(b, op, in, out);
  }

  private static Instr convolved(
      ComputationBuilder b, Convolution op, List<Instr> in, ArrayType out) {
    var numbers =
        ConvolutionDimensionNumbers.newBuilder()
            .setInputBatchDimension(op.x().get(0))
            .setInputFeatureDimension(op.x().get(1))
            .setKernelOutputFeatureDimension(op.kernel().get(0))
            .setKernelInputFeatureDimension(op.kernel().get(1))
            .setOutputBatchDimension(op.out().get(0))
            .setOutputFeatureDimension(op.out().get(1));
    var window = Window.newBuilder();
    for (int i = 0; i < op.window().size(); i++) {
      numbers
          .addInputSpatialDimensions(op.x().get(i + 2))
          .addKernelSpatialDimensions(op.kernel().get(i + 2))
          .addOutputSpatialDimensions(op.out().get(i + 2));
      Sliding s = op.window().get(i);
      window.addDimensions(
          WindowDimension.newBuilder()
              .setSize(in.get(1).type().dim(op.kernel().get(i + 2)).known().orElseThrow())
              .setStride(s.stride())
              .setPaddingLow(s.low())
              .setPaddingHigh(s.high())
              .setBaseDilation(s.base())
              .setWindowDilation(s.window()));
    }
    var instruction = b.instruction("convolution", Shapes.of(out), in);
    instruction
        .setWindow(window)
        .setConvolutionDimensionNumbers(numbers)
        .setFeatureGroupCount(op.features())
        .setBatchGroupCount(op.batches());
    return new Instr(b.add(instruction), out);
  }

  /// @param combine the opcode that joins old and new, empty where the new one stays
  static Instr scatter(
      ComputationBuilder b, Windows windows, String combine, List<Instr> given, ArrayType out) {
    // XLA's partitioner fails where a vector of positions is split.
    List<Instr> in = List.of(given.get(0), Shardings.wholeRows(b, given.get(1)), given.get(2));
    var numbers =
        ScatterDimensionNumbers.newBuilder().setIndexVectorDim(in.get(1).type().rank() - 1);
    windows.offset().forEach(numbers::addUpdateWindowDims);
    windows.collapsed().forEach(numbers::addInsertedWindowDims);
    windows.indexed().forEach(numbers::addScatterDimsToOperandDims);
    var scalar = ArrayType.scalar(out.dtype());
    long computation =
        b.module()
            .scalar(
                combine.isEmpty() ? "replace" : combine,
                out.dtype(),
                c ->
                    combine.isEmpty()
                        ? c.parameter(1)
                        : c.op(combine, scalar, c.parameter(0), c.parameter(1)),
                2);
    var instruction = b.instruction("scatter", Shapes.of(out), in);
    instruction.setScatterDimensionNumbers(numbers).addCalledComputationIds(computation);
    return new Instr(b.add(instruction), out);
  }
}
