package org.girih.hlo.rewrite;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.girih.hlo.proto.FrontendAttributes;
import org.girih.hlo.proto.HloComputationProto;
import org.girih.hlo.proto.HloInstructionProto;
import org.girih.hlo.proto.HloModuleProto;
import org.girih.hlo.proto.ProgramShapeProto;
import org.girih.hlo.proto.ShapeProto;

/// Bounds how many operations XLA fuses into one kernel.
///
/// ```
/// x500 = add(x499, x0)   →   cut(a, b) = add(a, b)
///                            x500 = call(x499, x0), to_apply=cut, inlineable=false
/// ```
///
/// XLA's CPU compiler fuses all that it can: of a chain of 10,000 additions it makes one kernel,
/// for which LLVM takes half a minute, and of `y = x + reverse(x)`, sixty times, one that computes
/// x 2⁶⁰ times. Each cut is an operation that is written to memory. It is a real operation of two
/// operands or a move of elements, never one that may turn out to return its operand: XLA gives the
/// result of such a call the operand's memory.
///
/// What may be fused is estimated, and not what a given XLA fuses. Operations that end a kernel
/// (products, sorts, loops) end the estimate as well. Nothing is cut in a computation that another
/// op applies to elements.
public final class Cuts {
  /// This many operations in one kernel cost no more time to compile than in several, and real
  /// programs, samplers and special functions included, stay below it.
  static final int WORK = 1_000;

  private final long limit;
  private final ModuleEdit edit;
  private final HloModuleProto module;
  private final Map<Long, Kernels.Summary> summaries = new HashMap<>();

  private Cuts(HloModuleProto module, long limit) {
    this.module = module;
    this.limit = limit;
    this.edit = new ModuleEdit(module);
  }

  /// Returns a verified module in which no kernel is of more operations than is good for it.
  public static HloModuleProto of(HloModuleProto module) {
    return of(module, WORK);
  }

  /// Returns a verified module in which no kernel is of more than `limit` operations, as estimated.
  public static HloModuleProto of(HloModuleProto module, long limit) {
    // Most modules are smaller than any limit.
    int instructions =
        module.getComputationsList().stream().mapToInt(c -> c.getInstructionsCount()).sum();
    return instructions < Math.min(limit, LEAST) ? module : new Cuts(module, limit).cut();
  }

  /// Modules of fewer instructions are let be: with one doubling in every two of them, they stay
  /// below a thousand operations or so.
  private static final int LEAST = 20;

  private HloModuleProto cut() {
    Set<Long> applied = applied();
    var out = module.toBuilder().clearComputations();
    boolean any = false;
    for (HloComputationProto computation : module.getComputationsList()) {
      boolean entry = computation.getId() == module.getEntryComputationId();
      var kernels = new Kernels(computation, summaries, entry, limit);
      summaries.put(computation.getId(), kernels.summary());
      if (kernels.cuts().isEmpty() || applied.contains(computation.getId())) {
        out.addComputations(computation);
      } else {
        any = true;
        cut(computation, kernels.cuts(), out);
      }
    }
    return any ? out.build() : module;
  }

  /// Returns the computations that an op applies to elements.
  private Set<Long> applied() {
    var applied = new HashSet<Long>();
    for (HloComputationProto computation : module.getComputationsList().reversed()) {
      boolean inside = applied.contains(computation.getId());
      for (HloInstructionProto instruction : computation.getInstructionsList()) {
        switch (instruction.getOpcode()) {
          case "while", "conditional" -> {}
          case "call" -> {
            if (inside) {
              applied.addAll(instruction.getCalledComputationIdsList());
            }
          }
          case String _ -> applied.addAll(instruction.getCalledComputationIdsList());
        }
      }
    }
    return applied;
  }

  private void cut(HloComputationProto computation, Set<Long> cuts, HloModuleProto.Builder out) {
    var shapes = new HashMap<Long, ShapeProto>();
    var body = computation.toBuilder().clearInstructions();
    for (HloInstructionProto instruction : computation.getInstructionsList()) {
      shapes.put(instruction.getId(), instruction.getShape());
      if (!cuts.contains(instruction.getId())) {
        body.addInstructions(instruction);
      } else if (instruction.getOpcode().equals("call")) {
        body.addInstructions(apart(instruction.toBuilder()));
      } else {
        HloComputationProto callee = callee(instruction, shapes);
        out.addComputations(callee);
        body.addInstructions(
            apart(
                HloInstructionProto.newBuilder()
                    .setOpcode("call")
                    .setName(instruction.getName())
                    .setId(instruction.getId())
                    .setShape(instruction.getShape())
                    .setMetadata(instruction.getMetadata())
                    .addAllOperandIds(instruction.getOperandIdsList())
                    .addAllControlPredecessorIds(instruction.getControlPredecessorIdsList())
                    .addCalledComputationIds(callee.getId())));
      }
    }
    out.addComputations(body);
  }

  private static HloInstructionProto.Builder apart(HloInstructionProto.Builder call) {
    return call.setFrontendAttributes(
        FrontendAttributes.newBuilder().putMap("inlineable", "false"));
  }

  /// Returns the computation of one operation on parameters.
  private HloComputationProto callee(HloInstructionProto cut, Map<Long, ShapeProto> shapes) {
    var out = HloComputationProto.newBuilder().setId(edit.id()).setName(edit.name("cut"));
    var signature = ProgramShapeProto.newBuilder().setResult(cut.getShape());
    var operands = new ArrayList<Long>();
    for (long operand : cut.getOperandIdsList()) {
      ShapeProto shape = shapes.get(operand);
      var parameter =
          edit.instruction("parameter", shape, cut).setParameterNumber(operands.size()).build();
      signature.addParameters(shape).addParameterNames("x" + operands.size());
      operands.add(parameter.getId());
      out.addInstructions(parameter);
    }
    var made =
        cut.toBuilder()
            .setId(edit.id())
            .setName(edit.name(cut.getOpcode()))
            .clearControlPredecessorIds()
            .clearOperandIds()
            .addAllOperandIds(operands);
    return out.addInstructions(made).setRootId(made.getId()).setProgramShape(signature).build();
  }
}
