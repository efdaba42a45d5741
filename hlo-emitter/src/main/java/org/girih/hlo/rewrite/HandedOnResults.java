package org.girih.hlo.rewrite;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.girih.hlo.proto.HloComputationProto;
import org.girih.hlo.proto.HloInstructionProto;
import org.girih.hlo.proto.ShapeProto;

/// Takes results that a conditional only hands on from where they come.
///
/// ```
/// c = conditional(p, (x, y), (x, y)), branches (x, y) → (x, f(y)) and (x, y) → (x, g(y))
/// … = get-tuple-element(c), 0        →   … = x
/// ```
///
/// XLA gives such a result and the operand one piece of memory on the CPU; a fusion that reads both
/// may write its result over them. For the same reason a call that is not to be inlined is inlined
/// after all if its callee hands something on.
///
/// Sees through `tuple` and `get-tuple-element` alone: what becomes a copy of its operand by XLA's
/// own simplifications, such as `x + 0`, is not found.
final class HandedOnResults {
  private final ModuleEdit edit;
  private final Map<Long, Returned> computations = new HashMap<>();

  HandedOnResults(ModuleEdit edit) {
    this.edit = edit;
  }

  /// The results of a computation: for each what it is, and whether it is a tuple.
  private record Returned(List<Source> sources, boolean tuple) {}

  /// The origin of a result of a computation.
  private sealed interface Source {}

  /// The parameter of a branch, or an element of it; -1 is the whole.
  private record HandedOn(int element) implements Source {}

  /// An instruction of the computation.
  private record Made(long id) implements Source {}

  /// Rewrites a computation; those that it calls come before it.
  void apply(HloComputationProto.Builder computation) {
    var body = new Body();
    computation.getInstructionsList().forEach(body::add);
    computation.clearInstructions().addAllInstructions(body.out);
    computation.setRootId(body.now(computation.getRootId()));
    computations.put(computation.getId(), body.returned(computation.getRootId()));
  }

  private record Element(long tuple, int index) {}

  /// A computation as far as it is rewritten.
  private final class Body {
    private final List<HloInstructionProto> out = new ArrayList<>();
    private final Map<Long, HloInstructionProto> known = new HashMap<>();
    private final Map<Element, Long> elements = new HashMap<>();
    private final Map<Long, Long> instead = new HashMap<>();

    long now(long id) {
      return instead.getOrDefault(id, id);
    }

    void add(HloInstructionProto old) {
      var instruction = old.toBuilder().clearOperandIds();
      old.getOperandIdsList().forEach(o -> instruction.addOperandIds(now(o)));
      if (old.getOpcode().equals("call") && handsOn(old)) {
        instruction.clearFrontendAttributes();
      }
      put(instruction.build());
      if (old.getOpcode().equals("conditional")) {
        instead(instruction.build()).ifPresent(id -> instead.put(old.getId(), id));
      }
    }

    private long put(HloInstructionProto instruction) {
      out.add(instruction);
      known.put(instruction.getId(), instruction);
      if (instruction.getOpcode().equals("get-tuple-element")) {
        var element =
            new Element(instruction.getOperandIds(0), Math.toIntExact(instruction.getTupleIndex()));
        elements.putIfAbsent(element, instruction.getId());
      }
      return instruction.getId();
    }

    private boolean handsOn(HloInstructionProto call) {
      List<Source> sources = computations.get(call.getCalledComputationIds(0)).sources();
      return sources.stream().anyMatch(HandedOn.class::isInstance)
          || sources.stream().distinct().count() < sources.size();
    }

    /// Adds what replaces a conditional that hands results on.
    private Optional<Long> instead(HloInstructionProto conditional) {
      ShapeProto shape = conditional.getShape();
      if (shape.getTupleShapesCount() == 0) {
        return source(conditional, 0, shape);
      }
      var parts = new ArrayList<Optional<Long>>();
      for (int i = 0; i < shape.getTupleShapesCount(); i++) {
        parts.add(source(conditional, i, shape.getTupleShapes(i)));
      }
      if (parts.stream().allMatch(Optional::isEmpty)) {
        return Optional.empty();
      }
      var tuple = edit.instruction("tuple", shape, conditional);
      for (int i = 0; i < parts.size(); i++) {
        Optional<Long> part = parts.get(i);
        tuple.addOperandIds(
            part.isPresent()
                ? part.get()
                : element(conditional.getId(), i, shape.getTupleShapes(i), conditional));
      }
      return Optional.of(put(tuple.build()));
    }

    /// Returns what all branches hand on as this result.
    private Optional<Long> source(HloInstructionProto conditional, int result, ShapeProto shape) {
      var found = new ArrayList<Long>();
      for (int i = 0; i < conditional.getCalledComputationIdsCount(); i++) {
        Returned returned = computations.get(conditional.getCalledComputationIds(i));
        long operand = conditional.getOperandIds(i + 1);
        // A branch that returns its parameter, a tuple, hands on each element.
        boolean whole = !returned.tuple() && conditional.getShape().getTupleShapesCount() > 0;
        Source source = returned.sources().get(whole ? 0 : result);
        if (!(source instanceof HandedOn(int part))) {
          return Optional.empty();
        }
        int index = whole ? result : part;
        found.add(index < 0 ? operand : element(operand, index, shape, conditional));
      }
      return found.stream().distinct().count() == 1
          ? Optional.of(found.getFirst())
          : Optional.empty();
    }

    /// Returns an element of a tuple: what the tuple was made of, or else an instruction.
    private long element(long tuple, int index, ShapeProto shape, HloInstructionProto origin) {
      HloInstructionProto made = known.get(tuple);
      if (made.getOpcode().equals("tuple")) {
        return made.getOperandIds(index);
      }
      Long there = elements.get(new Element(tuple, index));
      return there != null
          ? there
          : put(
              edit.instruction("get-tuple-element", shape, origin, tuple)
                  .setTupleIndex(index)
                  .build());
    }

    Returned returned(long root) {
      HloInstructionProto made = known.get(root);
      boolean tuple = made.getOpcode().equals("tuple");
      List<Long> results = tuple ? made.getOperandIdsList() : List.of(root);
      return new Returned(results.stream().map(this::source).toList(), tuple);
    }

    private Source source(long id) {
      HloInstructionProto made = known.get(id);
      return switch (made.getOpcode()) {
        case "parameter" -> new HandedOn(-1);
        case "get-tuple-element" ->
            known.get(made.getOperandIds(0)).getOpcode().equals("parameter")
                ? new HandedOn(Math.toIntExact(made.getTupleIndex()))
                : new Made(id);
        case String _ -> new Made(id);
      };
    }
  }
}
