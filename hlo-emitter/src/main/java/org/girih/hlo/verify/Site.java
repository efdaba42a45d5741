package org.girih.hlo.verify;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.girih.hlo.proto.HloInstructionProto;
import org.girih.hlo.proto.PrimitiveType;

/// One instruction as its rule sees it.
///
/// @param proto its attributes
/// @param shape the shape that it claims
/// @param operands the shapes of its operands
/// @param callees the signatures of the computations that it calls
record Site(
    HloInstructionProto proto, HloShape shape, List<HloShape> operands, List<Signature> callees) {

  /// The types that a computation takes and returns.
  record Signature(List<HloShape> parameters, HloShape result) {}

  void require(boolean holds, String format, Object... arguments) {
    Refused.unless(holds, format, arguments);
  }

  /// Requires this many operands.
  void count(int expected) {
    require(operands.size() == expected, "%d operands, not %d", operands.size(), expected);
  }

  /// Returns the operand, which has to be an array.
  HloShape.Array operand(int i) {
    require(i < operands.size(), "%d operands are too few", operands.size());
    return array(operands.get(i));
  }

  HloShape.Array array(HloShape shape) {
    require(shape instanceof HloShape.Array, "a tuple %s where an array belongs", shape);
    return (HloShape.Array) shape;
  }

  /// Returns all operands, which have to be arrays.
  List<HloShape.Array> arrays(int from, int to) {
    var out = new ArrayList<HloShape.Array>();
    for (int i = from; i < to; i++) {
      out.add(operand(i));
    }
    return out;
  }

  /// Returns the claimed shape, which has to be an array.
  HloShape.Array result() {
    return array(shape);
  }

  /// Requires the claimed shape to be what the rule yields.
  void gives(HloShape expected) {
    require(shape.equals(expected), "shape %s, but its operands give %s", shape, expected);
  }

  void gives(PrimitiveType type, List<Long> dims) {
    gives(new HloShape.Array(type, List.copyOf(dims)));
  }

  /// Requires two shapes to be equal.
  void same(HloShape a, HloShape b, String what) {
    require(a.equals(b), "%s: %s and %s differ", what, a, b);
  }

  /// Requires numbers of dimensions: each once, each below the rank.
  void axes(List<Long> axes, int rank, String what) {
    Set<Long> seen = new HashSet<>();
    for (long axis : axes) {
      require(axis >= 0 && axis < rank, "%s %s of %d dimensions", what, axes, rank);
      require(seen.add(axis), "%s %s repeats a dimension", what, axes);
    }
  }

  /// Demands the same, and in ascending order.
  void ascending(List<Long> axes, int rank, String what) {
    axes(axes, rank, what);
    for (int i = 1; i < axes.size(); i++) {
      require(axes.get(i - 1) < axes.get(i), "%s %s does not ascend", what, axes);
    }
  }

  int axis(long axis, int rank, String what) {
    require(axis >= 0 && axis < rank, "%s %d of %d dimensions", what, axis, rank);
    return (int) axis;
  }

  /// Requires this many called computations.
  void calls(int expected) {
    require(callees.size() == expected, "%d called computations, not %d", callees.size(), expected);
  }

  /// Requires the computation to take these and return that.
  void callee(int i, List<? extends HloShape> parameters, HloShape result) {
    Signature callee = callees.get(i);
    require(
        callee.parameters().equals(parameters),
        "the called computation takes %s, not %s",
        callee.parameters(),
        parameters);
    require(
        callee.result().equals(result),
        "the called computation gives %s, not %s",
        callee.result(),
        result);
  }

  /// Requires the computation to combine two tuples of scalars to one: (a, …, b, …) → (c, …).
  void combines(int i, List<HloShape.Array> elements) {
    var parameters = new ArrayList<HloShape>(elements);
    parameters.addAll(elements);
    callee(i, parameters, HloShape.of(elements));
  }
}
