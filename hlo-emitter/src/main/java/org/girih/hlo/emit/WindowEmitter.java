package org.girih.hlo.emit;

import java.util.List;
import org.girih.hlo.proto.GatherDimensionNumbers;
import org.girih.hlo.proto.ScatterDimensionNumbers;
import org.girih.ir.op.Gather;
import org.girih.ir.op.Scatter;
import org.girih.ir.op.Windows;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;

/// Gather and scatter, whose index vector is the last axis of the indices.
final class WindowEmitter {
  private WindowEmitter() {}

  static Instr gather(ComputationBuilder b, Gather gather, List<Instr> in, ArrayType out) {
    Windows windows = gather.windows();
    var numbers =
        GatherDimensionNumbers.newBuilder().setIndexVectorDim(in.get(1).type().rank() - 1);
    windows.offset().forEach(numbers::addOffsetDims);
    windows.collapsed().forEach(numbers::addCollapsedSliceDims);
    windows.indexed().forEach(numbers::addStartIndexMap);
    var instruction = b.instruction("gather", HloShapes.of(out), in);
    instruction.setGatherDimensionNumbers(numbers);
    gather.sizes().forEach(s -> instruction.addGatherSliceSizes(s.known().orElseThrow()));
    return new Instr(b.add(instruction), out);
  }

  /// @param combine the opcode that joins old and new, empty where the new one stays
  static Instr scatter(ComputationBuilder b, Scatter op, List<Instr> in, ArrayType out) {
    Instr result = scatter(b, op.windows(), opcode(op.combine()), in, out);
    boolean extreme = op.combine().extreme() && out.dtype().floating();
    return extreme && b.module().partitioned() ? orNan(b, op.windows(), in, result) : result;
  }

  /// Returns the result with the NaNs that several devices lose when they join their extremes.
  private static Instr orNan(ComputationBuilder b, Windows windows, List<Instr> in, Instr result) {
    Instr x = in.get(0);
    Instr updates = in.get(2);
    Instr counts = b.convert(b.compare("NE", updates, updates), DType.I32);
    ArrayType places = x.type().withDType(DType.I32);
    Instr zeros = b.zeros(places);
    Instr nans = scatter(b, windows, "add", List.of(zeros, in.get(1), counts), places);
    Instr some = b.compare("GT", nans, zeros);
    Instr either = b.op("or", some.type(), some, b.compare("NE", x, x));
    return b.select(either, b.like(result, Double.NaN), result);
  }

  /// Returns the opcode that joins an element and an update; none where the update is written.
  private static String opcode(Scatter.Combine combine) {
    return switch (combine) {
      case SET -> "";
      case MULTIPLY -> "multiply";
      case MAX -> "maximum";
      case MIN -> "minimum";
    };
  }

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
    var instruction = b.instruction("scatter", HloShapes.of(out), in);
    instruction.setScatterDimensionNumbers(numbers).addCalledComputationIds(computation);
    return new Instr(b.add(instruction), out);
  }
}
