package org.girih.hlo;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.girih.hlo.proto.HloComputationProto;
import org.girih.hlo.proto.HloInputOutputAliasProto;
import org.girih.hlo.proto.HloInputOutputAliasProto.AliasEntryProto;
import org.girih.hlo.proto.HloInstructionProto;
import org.girih.hlo.proto.HloModuleProto;
import org.girih.hlo.proto.ProgramShapeProto;
import org.girih.hlo.text.AttributeText;
import org.girih.hlo.text.HloLiteralText;
import org.girih.hlo.text.NameText;
import org.girih.hlo.text.ShapeText;

/// An HLO module as text that XLA's own parser reads.
///
/// It is total: a module that is not well formed prints too (an operand that does not exist as
/// `%?7`), since its text is what one wants to see then; only a well-formed one can be read back.
/// Names that the text form does not admit are changed, see [NameText].
public final class HloText {
  /// Prints every constant in full, however large.
  public static final long IN_FULL = Long.MAX_VALUE;

  private final StringBuilder out = new StringBuilder();
  private final long largestConstant;
  private final Map<Long, String> instructionNames = new HashMap<>();
  private final Map<Long, String> computationNames = new HashMap<>();
  private final Map<Long, HloInstructionProto> instructions = new HashMap<>();

  private HloText(long largestConstant) {
    this.largestConstant = largestConstant;
  }

  /// Returns the whole module, all constants in full.
  public static String print(HloModuleProto module) {
    return print(module, IN_FULL);
  }

  /// Returns the module, with a constant of more elements than `largestConstant` as `{...}`: such a
  /// text is for reading, and no parser gets the module back.
  public static String print(HloModuleProto module, long largestConstant) {
    var text = new HloText(largestConstant);
    text.module(module);
    return text.out.toString();
  }

  private void module(HloModuleProto module) {
    nameAll(module);
    out.append("HloModule ").append(NameText.admissible(module.getName(), "module"));
    aliases(module.getInputOutputAlias());
    if (module.hasHostProgramShape()) {
      out.append(", entry_computation_layout={");
      signature(module.getHostProgramShape());
      out.append('}');
    }
    AttributeText.frontendAttributes(out, module.getFrontendAttributes());
    out.append("\n");
    for (HloComputationProto computation : module.getComputationsList()) {
      out.append('\n');
      computation(computation, computation.getId() == module.getEntryComputationId());
    }
  }

  private void nameAll(HloModuleProto module) {
    var computations = new NameText("computation");
    var names = new NameText("value");
    for (HloComputationProto computation : module.getComputationsList()) {
      computationNames.putIfAbsent(computation.getId(), computations.unique(computation.getName()));
      for (HloInstructionProto instruction : computation.getInstructionsList()) {
        if (instructions.putIfAbsent(instruction.getId(), instruction) == null) {
          instructionNames.put(instruction.getId(), names.unique(instruction.getName()));
        }
      }
    }
  }

  private void aliases(HloInputOutputAliasProto aliases) {
    if (aliases.getEntriesCount() == 0) {
      return;
    }
    out.append(", input_output_alias={ ");
    String separator = "";
    for (AliasEntryProto entry : aliases.getEntriesList()) {
      out.append(separator);
      AttributeText.braced(out, entry.getOutputShapeIndexList());
      out.append(": (").append(entry.getParameterNumber()).append(", ");
      AttributeText.braced(out, entry.getParameterShapeIndexList());
      out.append(
          switch (entry.getKind()) {
            case MUST_ALIAS -> ", must-alias)";
            case MAY_ALIAS, UNDEFINED_ALIAS, UNRECOGNIZED -> ", may-alias)";
          });
      separator = ", ";
    }
    out.append(" }");
  }

  private void signature(ProgramShapeProto shape) {
    out.append('(');
    for (int i = 0; i < shape.getParametersCount(); i++) {
      out.append(i == 0 ? "" : ", ");
      ShapeText.append(out, shape.getParameters(i), true);
    }
    out.append(")->");
    ShapeText.append(out, shape.getResult(), true);
  }

  private void computation(HloComputationProto computation, boolean entry) {
    out.append(entry ? "ENTRY %" : "%").append(computationName(computation.getId())).append(" (");
    String separator = "";
    for (HloInstructionProto instruction : computation.getInstructionsList()) {
      if (instruction.getOpcode().equals("parameter")) {
        out.append(separator).append(instructionNames.get(instruction.getId())).append(": ");
        ShapeText.append(out, instruction.getShape(), false);
        separator = ", ";
      }
    }
    out.append(") -> ");
    ShapeText.append(out, computation.getProgramShape().getResult(), false);
    out.append(" {\n");
    for (HloInstructionProto instruction : computation.getInstructionsList()) {
      out.append(instruction.getId() == computation.getRootId() ? "  ROOT " : "  ");
      instruction(instruction);
    }
    out.append("}\n");
  }

  private void instruction(HloInstructionProto instruction) {
    out.append('%').append(instructionNames.get(instruction.getId())).append(" = ");
    ShapeText.append(out, instruction.getShape(), true);
    out.append(' ').append(instruction.getOpcode()).append('(');
    operands(instruction);
    out.append(')');
    AttributeText.append(out, instruction);
    callees(instruction);
    AttributeText.trailing(out, instruction);
    if (instruction.getControlPredecessorIdsCount() > 0) {
      out.append(", control-predecessors={");
      names(instruction.getControlPredecessorIdsList());
      out.append('}');
    }
    out.append('\n');
  }

  private void operands(HloInstructionProto instruction) {
    switch (instruction.getOpcode()) {
      case "parameter" -> out.append(instruction.getParameterNumber());
      case "constant" -> HloLiteralText.append(out, instruction.getLiteral(), largestConstant);
      default -> names(instruction.getOperandIdsList());
    }
  }

  private void names(List<Long> ids) {
    String separator = "";
    for (long id : ids) {
      out.append(separator).append('%').append(instructionNames.getOrDefault(id, "?" + id));
      separator = ", ";
    }
  }

  private void callees(HloInstructionProto instruction) {
    List<Long> callees = instruction.getCalledComputationIdsList();
    if (callees.isEmpty()) {
      return;
    }
    switch (instruction.getOpcode()) {
      case "while" -> callees(callees, "body", "condition");
      case "select-and-scatter" -> callees(callees, "select", "scatter");
      case "conditional" -> {
        if (isPredicated(instruction) && callees.size() == 2) {
          callees(callees, "true_computation", "false_computation");
        } else {
          out.append(", branch_computations={");
          for (int i = 0; i < callees.size(); i++) {
            out.append(i == 0 ? "%" : ", %").append(computationName(callees.get(i)));
          }
          out.append('}');
        }
      }
      default -> callees(callees, "to_apply");
    }
  }

  private void callees(List<Long> callees, String... keys) {
    for (int i = 0; i < callees.size(); i++) {
      out.append(", ").append(i < keys.length ? keys[i] : "extra");
      out.append("=%").append(computationName(callees.get(i)));
    }
  }

  /// Returns whether a conditional is on a `pred`: it has a true and a false computation, one on an
  /// `s32` a list.
  private boolean isPredicated(HloInstructionProto instruction) {
    if (instruction.getOperandIdsCount() == 0) {
      return false;
    }
    HloInstructionProto first = instructions.get(instruction.getOperandIds(0));
    return first != null
        && first.getShape().getElementTypeValue() == org.girih.hlo.proto.PrimitiveType.PRED_VALUE;
  }

  private String computationName(long id) {
    return computationNames.getOrDefault(id, "?" + id);
  }
}
