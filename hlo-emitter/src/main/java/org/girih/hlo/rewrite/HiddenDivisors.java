package org.girih.hlo.rewrite;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.girih.hlo.proto.HloComputationProto;
import org.girih.hlo.proto.HloInstructionProto;
import org.girih.hlo.proto.LayoutProto;
import org.girih.hlo.proto.LiteralProto;
import org.girih.hlo.proto.PrimitiveType;
import org.girih.hlo.proto.ShapeProto;

/// Hides the second operand of `atan2` from LLVM.
///
/// ```
/// atan2(y, x)   →   atan2(y, x · (1 + 0 · min(|y|, 1)))
/// ```
///
/// The product is x, or NaN where the angle is. Where LLVM sees that x is 1 it takes the arctangent
/// instead, whose vector form is compiled without AVX in the XLA of PJRT API 0.115: half of the
/// elements are silently wrong (jax-ml/jax#39352). Operands of this form are let be: Girih emits
/// it.
final class HiddenDivisors {
  private HiddenDivisors() {}

  static void apply(HloComputationProto.Builder computation, ModuleEdit edit) {
    List<HloInstructionProto> before = List.copyOf(computation.getInstructionsList());
    var known = new HashMap<Long, HloInstructionProto>();
    before.forEach(instruction -> known.put(instruction.getId(), instruction));
    computation.clearInstructions();
    for (HloInstructionProto instruction : before) {
      if (instruction.getOpcode().equals("atan2") && !hidden(instruction, known)) {
        hide(instruction, edit).forEach(computation::addInstructions);
      } else {
        computation.addInstructions(instruction);
      }
    }
  }

  /// Returns whether the second operand is `x · (one + zero · min(|y|, one))`, as far as its
  /// opcodes tell.
  private static boolean hidden(HloInstructionProto atan2, Map<Long, HloInstructionProto> known) {
    HloInstructionProto at = known.get(atan2.getOperandIds(1));
    for (String opcode : List.of("multiply", "add", "multiply", "minimum", "abs")) {
      if (!at.getOpcode().equals(opcode)) {
        return false;
      }
      int next = opcode.equals("minimum") || opcode.equals("abs") ? 0 : 1;
      at = known.get(at.getOperandIds(next));
    }
    return at.getId() == atan2.getOperandIds(0);
  }

  private static List<HloInstructionProto> hide(HloInstructionProto atan2, ModuleEdit edit) {
    var out = new ArrayList<HloInstructionProto>();
    ShapeProto shape = atan2.getShape();
    long y = atan2.getOperandIds(0);
    long x = atan2.getOperandIds(1);
    long zero = number(0, atan2, edit, out);
    long one = number(1, atan2, edit, out);
    long size = add(edit.instruction("abs", shape, atan2, y), out);
    long least = add(edit.instruction("minimum", shape, atan2, size, one), out);
    long nothing = add(edit.instruction("multiply", shape, atan2, zero, least), out);
    long factor = add(edit.instruction("add", shape, atan2, one, nothing), out);
    long hidden = add(edit.instruction("multiply", shape, atan2, x, factor), out);
    out.add(atan2.toBuilder().setOperandIds(1, hidden).build());
    return out;
  }

  /// Adds a number of the instruction's type and sizes.
  private static long number(
      float number, HloInstructionProto like, ModuleEdit edit, List<HloInstructionProto> out) {
    ShapeProto f32 = scalar(PrimitiveType.F32);
    var literal = LiteralProto.newBuilder().setShape(f32).addF32S(number);
    long constant = add(edit.instruction("constant", f32, like).setLiteral(literal), out);
    ShapeProto element = scalar(like.getShape().getElementType());
    long converted = add(edit.instruction("convert", element, like, constant), out);
    return like.getShape().getDimensionsCount() == 0
        ? converted
        : add(edit.instruction("broadcast", like.getShape(), like, converted), out);
  }

  private static ShapeProto scalar(PrimitiveType type) {
    return ShapeProto.newBuilder()
        .setElementType(type)
        .setLayout(LayoutProto.getDefaultInstance())
        .build();
  }

  private static long add(HloInstructionProto.Builder instruction, List<HloInstructionProto> out) {
    out.add(instruction.build());
    return instruction.getId();
  }
}
