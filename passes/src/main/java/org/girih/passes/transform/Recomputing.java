package org.girih.passes.transform;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.girih.ir.op.Op;
import org.girih.ir.program.Equation;
import org.girih.ir.type.Value;

/// Finds which residuals need not be stored, since a few cheap operations restore them from others
/// that are: of tanh, y is stored where the derivative (1 - y)(1 + y) was too, of a gate s its
/// s(1 - s). What a loop remembers of an iteration shrinks by that.
final class Recomputing {
  /// The most operations for one residual.
  private static final int LIMIT = 8;

  private final RuleBuilder known;
  private final Set<Value> kept;

  /// @param known where the residuals are computed
  /// @param needed the residuals
  Recomputing(RuleBuilder known, List<Value> needed) {
    this.known = known;
    this.kept = new LinkedHashSet<>(needed);
    var last = new ArrayList<>(needed);
    last.sort((a, b) -> Integer.compare(b.id(), a.id()));
    for (Value value : last) {
      if (cost(value, value) <= LIMIT) {
        kept.remove(value);
      }
    }
  }

  /// Returns those that are stored, in the order in which they were given.
  List<Value> kept() {
    return List.copyOf(kept);
  }

  /// Returns the operations to get a value from what is kept without `target`; more than the limit
  /// if that is impossible, or dear.
  private int cost(Value value, Value target) {
    if (!value.equals(target) && kept.contains(value)) {
      return 0;
    }
    Equation made = known.definition(value);
    if (made == null || !(made.op() instanceof Op.Plain op) || !op.cheap()) {
      return LIMIT + 1;
    }
    int cost = 1;
    for (Value operand : made.operands()) {
      cost += cost(operand, target);
      if (cost > LIMIT) {
        break;
      }
    }
    return cost;
  }

  /// Returns a residual in the other half, from what is stored.
  ///
  /// @param stored what represents there what is kept; grows
  Value emit(Value value, RuleBuilder to, Map<Value, Value> stored) {
    Value before = stored.get(value);
    if (before != null) {
      return before;
    }
    Equation made = known.definition(value);
    to.at(made.origin());
    var operands = new ArrayList<Value>();
    for (Value operand : made.operands()) {
      operands.add(emit(operand, to, stored));
    }
    Value result = to.emit(made.op(), operands).getFirst();
    stored.put(value, result);
    return result;
  }
}
