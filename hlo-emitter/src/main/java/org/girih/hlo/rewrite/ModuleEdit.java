package org.girih.hlo.rewrite;

import java.util.HashSet;
import java.util.Set;
import org.girih.hlo.proto.HloComputationProto;
import org.girih.hlo.proto.HloInstructionProto;
import org.girih.hlo.proto.HloModuleProto;
import org.girih.hlo.proto.ShapeProto;

/// A module that is rewritten one computation at a time, callees first, with numbers and names for
/// what is new.
final class ModuleEdit {
  private final Set<String> names = new HashSet<>();
  private long next;
  private int count;

  ModuleEdit(HloModuleProto module) {
    for (HloComputationProto computation : module.getComputationsList()) {
      use(computation.getName(), computation.getId());
      for (HloInstructionProto instruction : computation.getInstructionsList()) {
        use(instruction.getName(), instruction.getId());
      }
    }
  }

  private void use(String name, long id) {
    names.add(name);
    next = Math.max(next, id + 1);
  }

  /// Returns a number that no computation and no instruction has.
  long id() {
    return next++;
  }

  /// Returns a name that begins with `base` and that nothing has.
  String name(String base) {
    String name;
    do {
      name = base + "." + ++count;
    } while (!names.add(name));
    return name;
  }

  /// Returns an instruction with a number and a name of its own, and the origin of another.
  HloInstructionProto.Builder instruction(
      String opcode, ShapeProto shape, HloInstructionProto origin, long... operands) {
    var out =
        HloInstructionProto.newBuilder()
            .setOpcode(opcode)
            .setName(name(opcode))
            .setId(id())
            .setShape(shape)
            .setMetadata(origin.getMetadata());
    for (long operand : operands) {
      out.addOperandIds(operand);
    }
    return out;
  }
}
