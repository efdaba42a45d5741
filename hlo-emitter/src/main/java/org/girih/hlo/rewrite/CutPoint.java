package org.girih.hlo.rewrite;

import java.util.List;
import org.girih.hlo.proto.HloInstructionProto;
import org.girih.hlo.verify.Access;
import org.girih.hlo.verify.Types;

/// Tells where [Cuts] may put a call. A computation of the operation alone, on parameters, must
/// never turn out to return one of them, whatever XLA simplifies: a reshape, or a slice of all, is
/// a view of its operand, and the result of such a call would share the operand's memory.
final class CutPoint {
  private CutPoint() {}

  /// Returns whether a call of the operation computes something.
  static boolean admits(HloInstructionProto i, List<HloInstructionProto> operands) {
    if (i.getControlPredecessorIdsCount() > 0) {
      return false;
    }
    return switch (i.getOpcode()) {
      case "copy", "bitcast-convert", "real", "reduce-precision" -> false;
      case "convert" -> bits(i) != bits(operands.getFirst());
      case "abs" -> !Types.unsigned(i.getShape().getElementType());
      case "broadcast", "slice", "dynamic-slice" -> elements(i) != elements(operands.getFirst());
      case "gather" -> !i.getGatherSliceSizesList().equals(sizes(operands.getFirst()));
      case "pad", "dynamic-update-slice", "concatenate" ->
          operands.stream().noneMatch(o -> sizes(o).equals(sizes(i)));
      case "reverse" -> sizes(i).stream().anyMatch(size -> size > 1);
      case String opcode -> Access.of(opcode) == Access.POINTWISE;
    };
  }

  private static int bits(HloInstructionProto instruction) {
    return Types.bits(instruction.getShape().getElementType());
  }

  private static long elements(HloInstructionProto instruction) {
    return sizes(instruction).stream().reduce(1L, (a, b) -> a * b);
  }

  private static List<Long> sizes(HloInstructionProto instruction) {
    return instruction.getShape().getDimensionsList();
  }
}
