package org.girih.hlo.verify;

import java.util.List;
import java.util.Map;
import org.girih.hlo.proto.LiteralProto;
import org.girih.hlo.proto.PrimitiveType;
import org.girih.hlo.text.LiteralElements;

/// Values from outside, tuples and control. Rules: XLA's operation semantics, "Parameter",
/// "Constant", "Tuple", "GetTupleElement", "Call", "Conditional", "While", "OptimizationBarrier".
/// That parameters are dense is the computation's rule.
final class ControlRules {
  private ControlRules() {}

  static void addTo(Map<String, Rule> rules) {
    rules.put(
        "parameter", Rule.of(PlacementRules::parameter, Field.PARAMETER_NUMBER, Field.SHARDING));
    rules.put("constant", Rule.of(ControlRules::constant, Field.LITERAL));
    rules.put("tuple", Rule.of(ControlRules::tuple));
    rules.put("get-tuple-element", Rule.of(ControlRules::element, Field.TUPLE_INDEX));
    rules.put("opt-barrier", Rule.of(ControlRules::barrier));
    rules.put("call", Rule.of(ControlRules::call, Field.CALLEES));
    rules.put("while", Rule.of(ControlRules::loop, Field.CALLEES));
    rules.put("conditional", Rule.of(ControlRules::conditional, Field.CALLEES));
  }

  private static void constant(Site s) {
    s.count(0);
    s.require(s.proto().hasLiteral(), "a constant without its literal");
    LiteralProto literal = s.proto().getLiteral();
    s.require(literal.getUnknownFields().isEmpty(), "a literal with fields that Girih lacks");
    HloShape.Array shape = s.array(HloShape.read(literal.getShape(), Long.MAX_VALUE));
    s.require(shape.equals(s.shape()), "a literal of shape %s for %s", shape, s.shape());
    long count = LiteralElements.count(literal);
    s.require(count == shape.elements(), "a literal of %s with %d elements", shape, count);
    s.require(
        LiteralElements.fields(literal) <= (count == 0 ? 0 : 1),
        "a literal of %s with elements of another type too",
        shape);
    s.require(
        shape.type() != PrimitiveType.S4 && shape.type() != PrimitiveType.U4
            || LiteralElements.lowHalves(literal),
        "an element of four bits above 15");
  }

  private static void tuple(Site s) {
    s.gives(new HloShape.Tuple(List.copyOf(s.arrays(0, s.operands().size()))));
  }

  private static void element(Site s) {
    s.count(1);
    long index = s.proto().getTupleIndex();
    s.require(
        s.operands().getFirst() instanceof HloShape.Tuple(var elements)
            && index >= 0
            && index < elements.size(),
        "element %d of %s",
        index,
        s.operands().getFirst());
    s.gives(((HloShape.Tuple) s.operands().getFirst()).elements().get((int) index));
  }

  private static void barrier(Site s) {
    s.count(1);
    s.gives(s.operands().getFirst());
  }

  private static void call(Site s) {
    s.calls(1);
    s.callee(0, s.operands(), s.shape());
  }

  /// Checks a `while`: body, then condition.
  private static void loop(Site s) {
    s.count(1);
    s.calls(2);
    HloShape state = s.operands().getFirst();
    s.callee(0, List.of(state), state);
    s.callee(1, List.of(state), HloShape.scalar(PrimitiveType.PRED));
    s.gives(state);
  }

  /// Checks a `conditional`: a `pred` chooses between true and false computation, an `s32` among
  /// any number; each takes the operand of its own.
  private static void conditional(Site s) {
    HloShape.Array choice = s.operand(0);
    int branches = s.callees().size();
    s.require(
        choice.scalar()
            && (choice.type() == PrimitiveType.PRED && branches == 2
                || choice.type() == PrimitiveType.S32 && branches >= 1),
        "%s chooses among %d branches",
        choice,
        branches);
    s.count(branches + 1);
    for (int i = 0; i < branches; i++) {
      s.callee(i, List.of(s.operands().get(i + 1)), s.shape());
    }
  }
}
