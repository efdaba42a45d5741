package org.girih.hlo.verify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.girih.hlo.proto.HloComputationProto;
import org.girih.hlo.proto.HloInstructionProto;
import org.girih.ir.diagnostic.CompilerBug;

/// One computation's instructions, in order: an instruction sees those before it and nothing else.
final class Body {
  private final HloVerifier verifier;
  private final HloComputationProto proto;
  private final String where;
  private final Map<Long, HloShape> shapes = new HashMap<>();
  private final TreeMap<Long, HloShape> parameters = new TreeMap<>();
  private long size;
  private int depth = 1;
  private int control;
  private boolean scalar = true;

  Body(HloVerifier verifier, HloComputationProto proto, String where) {
    this.verifier = verifier;
    this.proto = proto;
    this.where = where;
  }

  HloVerifier.Computation check() {
    boolean well = true;
    for (HloInstructionProto instruction : proto.getInstructionsList()) {
      if (verifier.full()) {
        break;
      }
      String at = " instruction %" + HloVerifier.shown(instruction.getName()) + where;
      well &= verifier.tried(at, () -> instruction(instruction));
    }
    boolean whole = well;
    var signature = new Site.Signature[1];
    boolean signed = verifier.tried(where, () -> signature[0] = signature(whole));
    return new HloVerifier.Computation(signed ? signature[0] : null, size, depth, control, scalar);
  }

  /// Returns the signature: parameters are numbered from 0 without gaps; the root is one of the
  /// instructions.
  private Site.Signature signature(boolean whole) {
    HloShape root = shapes.get(proto.getRootId());
    if (!whole) {
      return null;
    }
    Refused.unless(root != null, "no root %d", proto.getRootId());
    Refused.unless(
        parameters.isEmpty()
            || parameters.firstKey() == 0 && parameters.lastKey() == parameters.size() - 1,
        "parameters are numbered %s",
        parameters.keySet().stream().limit(20).toList());
    var signature = new Site.Signature(List.copyOf(parameters.values()), root);
    Refused.unless(proto.hasProgramShape(), "no program_shape");
    HloVerifier.signature(
        proto.getProgramShape(), signature, verifier.limits().valueBytes(), "program_shape");
    return signature;
  }

  private void instruction(HloInstructionProto p) {
    size = plus(size, 1);
    HloShape shape = HloShape.read(p.getShape(), verifier.limits().valueBytes());
    Refused.unless(
        p.getId() >= 0
            && p.getId() <= Integer.MAX_VALUE
            && verifier.instructionIds().add(p.getId()),
        "number %d is out of range or taken",
        p.getId());
    shapes.put(p.getId(), shape);
    HloVerifier.name(p.getName(), verifier.instructionNames());
    common(p);
    Rule rule = OpcodeRules.of(p.getOpcode());
    Refused.unless(rule != null, "opcode \"%s\" is not accepted", HloVerifier.shown(p.getOpcode()));
    for (Field field : Field.present(p)) {
      Refused.unless(rule.fields().contains(field), "%s has a %s", p.getOpcode(), field);
    }
    if (p.getOpcode().equals("parameter")) {
      Refused.unless(
          p.getParameterNumber() >= 0
              && parameters.putIfAbsent(p.getParameterNumber(), shape) == null,
          "parameter number %d",
          p.getParameterNumber());
    }
    rule.check().check(new Site(p, shape, operands(p), callees(p)));
    scalar &= scalar(p, shape, rule);
  }

  /// Returns whether a computation that is applied to elements may hold the instruction.
  private boolean scalar(HloInstructionProto p, HloShape shape, Rule rule) {
    return switch (p.getOpcode()) {
      case "tuple", "get-tuple-element" -> true;
      case "call" ->
          p.getCalledComputationIdsList().stream().allMatch(id -> verifier.called(id).scalar());
      case String _ ->
          (rule.access() == Access.POINTWISE || rule.access() == Access.NONE)
              && shape instanceof HloShape.Array array
              && array.scalar();
    };
  }

  /// Checks what every opcode has.
  private void common(HloInstructionProto p) {
    Refused.unless(
        p.getUnknownFields().isEmpty(),
        "fields that Girih lacks: %s",
        p.getUnknownFields().asMap().keySet());
    Refused.unless(
        p.getResultAccuracy().getMode() == 0 && p.getResultAccuracy().getUnknownFields().isEmpty(),
        "an accuracy other than the usual");
    Refused.unless(
        p.getFrontendAttributes().getUnknownFields().isEmpty()
            && p.getFrontendAttributes().getMapMap().entrySet().stream()
                .allMatch(
                    e ->
                        p.getOpcode().equals("call")
                            && e.getKey().equals("inlineable")
                            && (e.getValue().equals("true") || e.getValue().equals("false"))),
        "frontend attributes other than inlineable of a call");
    for (long id : p.getControlPredecessorIdsList()) {
      Refused.unless(
          id != p.getId() && shapes.containsKey(id), "control predecessor %d is not before it", id);
    }
  }

  private List<HloShape> operands(HloInstructionProto p) {
    var out = new ArrayList<HloShape>(p.getOperandIdsCount());
    for (long id : p.getOperandIdsList()) {
      HloShape operand = id == p.getId() ? null : shapes.get(id);
      Refused.unless(operand != null, "operand %d is not before it in its computation", id);
      out.add(operand);
    }
    return out;
  }

  private List<Site.Signature> callees(HloInstructionProto p) {
    var out = new ArrayList<Site.Signature>(p.getCalledComputationIdsCount());
    boolean branches = p.getOpcode().equals("while") || p.getOpcode().equals("conditional");
    boolean applied = !branches && !p.getOpcode().equals("call");
    size = plus(size, branches ? HloLimits.CONTROL_INSTRUCTIONS : 0);
    for (long id : p.getCalledComputationIdsList()) {
      HloVerifier.Computation callee = verifier.called(id);
      Refused.unless(callee != null, "called computation %d is not before its caller", id);
      size = plus(size, callee.size());
      depth = Math.max(depth, callee.depth() + 1);
      control = Math.max(control, callee.control() + (branches ? 1 : 0));
      Refused.unless(callee.signature() != null, "called computation %d is not well formed", id);
      // XLA's CPU compiler ends the process on a loop, a sort or an array in such a computation.
      Refused.unless(
          !applied || callee.scalar(),
          "%s applies a computation with more than pointwise operations on scalars",
          p.getOpcode());
      Refused.tooLargeUnless(
          !applied || callee.size() <= HloLimits.APPLIED_INSTRUCTIONS,
          "%s applies a computation of %d instructions; at most %d are accepted",
          p.getOpcode(),
          callee.size(),
          HloLimits.APPLIED_INSTRUCTIONS);
      out.add(callee.signature());
    }
    return out;
  }

  /// Returns a sum that stays above every limit once it is there, and never overflows.
  private static long plus(long a, long b) {
    if (a < 0 || b < 0) {
      throw new CompilerBug("negative size");
    }
    return Math.min(a + b, 2 * HloLimits.INSTRUCTIONS);
  }
}
