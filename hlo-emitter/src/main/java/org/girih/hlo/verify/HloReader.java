package org.girih.hlo.verify;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.girih.hlo.proto.FrontendAttributes;
import org.girih.hlo.proto.HloComputationProto;
import org.girih.hlo.proto.HloInstructionProto;
import org.girih.hlo.proto.HloModuleProto;
import org.girih.hlo.proto.LayoutProto;
import org.girih.hlo.proto.OpMetadata;
import org.girih.hlo.proto.PrimitiveType;
import org.girih.hlo.proto.ProgramShapeProto;
import org.girih.hlo.proto.ResultAccuracy;
import org.girih.hlo.proto.ShapeProto;
import org.girih.hlo.text.NameText;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;

/// Reads a serialised module that someone else wrote, and verifies it.
///
/// What comes out is not what went in: fields that change no result (schedules, profiles, stack
/// frames, hints to backends) are dropped, a field that might change one is refused, and
/// computations and instructions are numbered again: newer XLA writes numbers of 64 bits, which
/// older plugins cut to 32. Compile what comes out, never the file's own bytes.
public final class HloReader {
  /// Module fields without meaning for a result: schedule, cross-program prefetches, `is_dynamic`
  /// (dynamic shapes are refused one by one), profiles, device assignment, stack frames, donors.
  private static final Set<Integer> IDLE_IN_MODULE = Set.of(7, 10, 11, 13, 15, 17, 18, 19);

  /// Whether it is a fusion's body (fusions are refused), and the thread's name.
  private static final Set<Integer> IDLE_IN_COMPUTATION = Set.of(7, 8);

  /// Parameter replication, custom-call API version, visualised statistics,
  /// original values, whether a call is a composite.
  private static final Set<Integer> IDLE_IN_INSTRUCTION = Set.of(61, 77, 82, 88, 89);

  /// The sparse and tiled layouts' fields; what of them is not zero is refused.
  private static final Set<Integer> ZERO_IN_LAYOUT = Set.of(8, 9, 15);

  private final Map<Long, Long> computations = new HashMap<>();
  private long next;

  private HloReader() {}

  /// A module, absent if it was refused; and why.
  public record Read(Optional<HloModuleProto> module, List<Diagnostic> diagnostics) {
    private static Read refused(String why) {
      return new Read(Optional.empty(), List.of(Diagnostic.error(Code.BAD_HLO, why)));
    }
  }

  /// Reads the bytes of a `HloModuleProto`.
  public static Read read(byte[] bytes, HloLimits limits) {
    HloModuleProto raw;
    try {
      raw = HloModuleProto.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      return Read.refused("the file is not a serialised HLO module: " + e.getMessage());
    }
    if (raw.getComputationsCount() == 0) {
      return Read.refused("the file is not a serialised HLO module: it has no computations");
    }
    HloModuleProto module;
    try {
      module = new HloReader().module(raw);
    } catch (Refused refused) {
      return new Read(
          Optional.empty(),
          List.of(Diagnostic.error(refused.code(), "HLO: " + refused.getMessage())));
    }
    List<Diagnostic> wrong = HloVerifier.verify(module, limits);
    return new Read(wrong.isEmpty() ? Optional.of(module) : Optional.empty(), wrong);
  }

  /// Returns the unknown fields that are left: neither idle nor of their default value, which in
  /// proto3 means no more than absence.
  private static UnknownFieldSet without(Message message, Set<Integer> idle) {
    UnknownFieldSet unknown = message.getUnknownFields();
    if (unknown.isEmpty()) {
      return unknown;
    }
    var rest = UnknownFieldSet.newBuilder();
    unknown
        .asMap()
        .forEach(
            (number, field) -> {
              boolean empty = field.getLengthDelimitedList().stream().allMatch(ByteString::isEmpty);
              if (!idle.contains(number) && !(empty && zero(field))) {
                rest.addField(number, field);
              }
            });
    return rest.build();
  }

  private HloModuleProto module(HloModuleProto raw) {
    var out = raw.toBuilder().setUnknownFields(without(raw, IDLE_IN_MODULE));
    out.setName(NameText.admissible(raw.getName(), "module"));
    out.clearFrontendAttributes().clearId();
    Refused.unless(
        !raw.hasSpmdOutputSharding() && raw.getSpmdParametersShardingsCount() == 0,
        "shardings: a file's module runs on one device");
    for (HloComputationProto computation : raw.getComputationsList()) {
      long id = computations.size();
      Refused.unless(
          computations.putIfAbsent(computation.getId(), id) == null,
          "a second computation %d",
          computation.getId());
    }
    for (int i = 0; i < raw.getComputationsCount(); i++) {
      out.setComputations(i, computation(raw.getComputations(i)));
    }
    if (raw.hasHostProgramShape()) {
      out.setHostProgramShape(signature(raw.getHostProgramShape()));
    }
    Long entry = computations.get(raw.getEntryComputationId());
    Refused.unless(entry != null, "no entry computation %d", raw.getEntryComputationId());
    String name = raw.getComputations(entry.intValue()).getName();
    return out.setEntryComputationId(entry).setEntryComputationName(name).build();
  }

  private HloComputationProto computation(HloComputationProto raw) {
    String where = " in %" + HloVerifier.shown(raw.getName());
    var out = raw.toBuilder().setUnknownFields(without(raw, IDLE_IN_COMPUTATION));
    out.setId(computations.get(raw.getId()));
    if (raw.hasProgramShape()) {
      out.setProgramShape(signature(raw.getProgramShape()));
    }
    Map<Long, Long> ids = new HashMap<>();
    for (int i = 0; i < raw.getInstructionsCount(); i++) {
      HloInstructionProto instruction = raw.getInstructions(i);
      var changed = instruction(instruction);
      Refused.unless(
          ids.putIfAbsent(instruction.getId(), next) == null,
          "a second instruction %d%s",
          instruction.getId(),
          where);
      changed.setId(next++);
      for (int k = 0; k < changed.getOperandIdsCount(); k++) {
        changed.setOperandIds(k, number(ids, changed.getOperandIds(k), "operand", where));
      }
      for (int k = 0; k < changed.getControlPredecessorIdsCount(); k++) {
        long before = number(ids, changed.getControlPredecessorIds(k), "predecessor", where);
        changed.setControlPredecessorIds(k, before);
      }
      for (int k = 0; k < changed.getCalledComputationIdsCount(); k++) {
        long called = number(computations, changed.getCalledComputationIds(k), "callee", where);
        changed.setCalledComputationIds(k, called);
      }
      out.setInstructions(i, changed);
    }
    return out.setRootId(number(ids, raw.getRootId(), "root", where)).build();
  }

  private static long number(Map<Long, Long> ids, long id, String what, String where) {
    Long found = ids.get(id);
    Refused.unless(found != null, "no %s %d before its use%s", what, id, where);
    return found;
  }

  private static HloInstructionProto.Builder instruction(HloInstructionProto raw) {
    var out = raw.toBuilder().setUnknownFields(without(raw, IDLE_IN_INSTRUCTION));
    boolean factor = raw.getCustomCallTarget().equals(ForeignRules.FACTOR);
    Refused.unless(
        !raw.getOpcode().equals("custom-call") || factor, "opcode \"custom-call\" is not accepted");
    Refused.unless(!raw.hasSharding(), "a sharding: a file's module runs on one device");
    out.setShape(shape(raw.getShape()));
    if (factor) {
      out.clearOperandShapesWithLayout();
      raw.getOperandShapesWithLayoutList()
          .forEach(each -> out.addOperandShapesWithLayout(shape(each)));
    } else {
      out.clearBackendConfig().clearCustomCallApiVersion();
    }
    if (raw.hasMetadata()) {
      out.setMetadata(metadata(raw.getMetadata()));
    }
    if (raw.hasLiteral()) {
      var literal = raw.getLiteral().toBuilder();
      out.setLiteral(literal.setShape(shape(literal.getShape())));
    }
    if (raw.getResultAccuracy().equals(ResultAccuracy.getDefaultInstance())) {
      out.clearResultAccuracy();
    }
    // Notes for other backends and front ends; whether a call is to be inlined is kept.
    String inlineable = raw.getFrontendAttributes().getMapMap().get("inlineable");
    out.clearFrontendAttributes();
    if (inlineable != null && raw.getOpcode().equals("call")) {
      out.setFrontendAttributes(FrontendAttributes.newBuilder().putMap("inlineable", inlineable));
    }
    return out;
  }

  private static OpMetadata metadata(OpMetadata raw) {
    return raw.toBuilder().setUnknownFields(UnknownFieldSet.getDefaultInstance()).build();
  }

  private static ProgramShapeProto signature(ProgramShapeProto raw) {
    var out = raw.toBuilder();
    for (int i = 0; i < raw.getParametersCount(); i++) {
      out.setParameters(i, shape(raw.getParameters(i)));
    }
    return out.setResult(shape(raw.getResult())).build();
  }

  /// Reads a shape. Nested tuples are refused later; here only two levels are looked at, so that
  /// depth is bounded.
  private static ShapeProto shape(ShapeProto raw) {
    var out = raw.toBuilder();
    if (isArray(raw)) {
      out.setLayout(layout(raw));
    }
    for (int i = 0; i < raw.getTupleShapesCount(); i++) {
      ShapeProto element = raw.getTupleShapes(i);
      if (isArray(element)) {
        out.setTupleShapes(i, element.toBuilder().setLayout(layout(element)));
      }
    }
    return out.build();
  }

  /// Returns whether a shape is an array: XLA refuses a layout on a tuple.
  private static boolean isArray(ShapeProto shape) {
    return shape.getElementType() != PrimitiveType.TUPLE
        && shape.getElementType() != PrimitiveType.TOKEN
        && shape.getElementType() != PrimitiveType.OPAQUE_TYPE;
  }

  /// Returns the layout; one that is not written is the row-major one.
  private static LayoutProto layout(ShapeProto shape) {
    LayoutProto raw = shape.getLayout();
    var out = raw.toBuilder();
    if (raw.getMinorToMajorCount() == 0) {
      for (int i = Math.min(shape.getDimensionsCount(), 100); i > 0; i--) {
        out.addMinorToMajor(i - 1);
      }
    }
    if (raw.getElementSizeInBits() == Types.bits(shape.getElementType())) {
      out.clearElementSizeInBits();
    }
    var rest = UnknownFieldSet.newBuilder(raw.getUnknownFields());
    for (int number : ZERO_IN_LAYOUT) {
      if (zero(raw.getUnknownFields().getField(number))) {
        rest.clearField(number);
      }
    }
    return out.setUnknownFields(rest.build()).build();
  }

  /// Returns whether a field holds zeros alone, written one by one or packed.
  private static boolean zero(UnknownFieldSet.Field field) {
    for (ByteString packed : field.getLengthDelimitedList()) {
      for (int i = 0; i < packed.size(); i++) {
        if (packed.byteAt(i) != 0) {
          return false;
        }
      }
    }
    return field.getVarintList().stream().allMatch(v -> v == 0)
        && field.getFixed32List().isEmpty()
        && field.getFixed64List().isEmpty()
        && field.getGroupList().isEmpty();
  }
}
