package org.girih.hlo.emit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.girih.hlo.proto.ConvolutionDimensionNumbers;
import org.girih.hlo.proto.Window;
import org.girih.hlo.proto.WindowDimension;
import org.girih.ir.op.Convolution;
import org.girih.ir.op.Sliding;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Dim;

/// Convolutions.
///
/// All have XLA's canonical order of axes, batch or window first and features last
/// (`b01f_01io->b01f`), with transposes around those of another order, such as derivatives. XLA's
/// CPU compiler makes matrix products of that order only. It brings others into that order in the
/// entry computation but not in loops, where training is: a step of `examples/digits_cnn.girih`
/// takes a fifteenth of the time so. On other platforms transposes are choices of a memory layout,
/// which XLA makes for each convolution anyway.
final class ConvolutionEmitter {
  private ConvolutionEmitter() {}

  static Instr convolution(ComputationBuilder b, Convolution op, List<Instr> in, ArrayType out) {
    // Of windows that begin or end inside of the array, and of groups of the batch, XLA's
    // partitioner makes wrong numbers.
    boolean cut = op.window().stream().anyMatch(s -> s.low() < 0 || s.high() < 0);
    if (cut || op.batches() > 1) {
      List<Instr> whole = in.stream().map(x -> Shardings.whole(b, x)).toList();
      return Shardings.whole(b, canonical(b, op, whole, out));
    }
    return canonical(b, op, in, out);
  }

  /// The axis of each part, in the order of [Convolution].
  ///
  /// @param x of inputs and results: batch, features, window
  /// @param kernel output features, input features, window
  private record Order(List<Integer> x, List<Integer> kernel) {
    static Order canonical(int rank) {
      var x = new ArrayList<>(List.of(0, rank - 1));
      var kernel = new ArrayList<>(List.of(rank - 1, rank - 2));
      for (int i = 0; i < rank - 2; i++) {
        x.add(i + 1);
        kernel.add(i);
      }
      return new Order(x, kernel);
    }
  }

  private static Instr canonical(
      ComputationBuilder b, Convolution op, List<Instr> in, ArrayType out) {
    Order order = Order.canonical(out.rank());
    List<Instr> moved =
        List.of(
            moved(b, in.get(0), op.x(), order.x()),
            moved(b, in.get(1), op.kernel(), order.kernel()));
    var canonical =
        new Convolution(
            order.x(), order.kernel(), order.x(), op.window(), op.features(), op.batches());
    ArrayType type = out.withDims(moved(out, op.out(), order.x()));
    return moved(b, convolved(b, canonical, moved, type), order.x(), op.out());
  }

  /// Moves each axis from its place in one order to its place in another.
  private static Instr moved(ComputationBuilder b, Instr v, List<Integer> from, List<Integer> to) {
    if (from.equals(to)) {
      return v;
    }
    var permutation = new Integer[from.size()];
    for (int i = 0; i < from.size(); i++) {
      permutation[to.get(i)] = from.get(i);
    }
    ArrayType type = v.type().withDims(moved(v.type(), from, to));
    return OpEmitter.dimensions(b, "transpose", type, List.of(v), Arrays.asList(permutation));
  }

  private static List<Dim> moved(ArrayType type, List<Integer> from, List<Integer> to) {
    var dims = new Dim[from.size()];
    for (int i = 0; i < from.size(); i++) {
      dims[to.get(i)] = type.dim(from.get(i));
    }
    return Arrays.asList(dims);
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
    var instruction = b.instruction("convolution", HloShapes.of(out), in);
    instruction
        .setWindow(window)
        .setConvolutionDimensionNumbers(numbers)
        .setFeatureGroupCount(op.features())
        .setBatchGroupCount(op.batches());
    return new Instr(b.add(instruction), out);
  }
}
