package org.girih.hlo.verify;

import java.util.HashMap;
import java.util.Map;

/// The opcodes that are accepted, each with its rule. What is not here is refused, and of custom
/// calls all but `Sharding`: of some, XLA checks too little and dies of wrong shapes.
final class Rules {
  private static final Map<String, Rule> ALL = all();

  private Rules() {}

  private static Map<String, Rule> all() {
    var rules = new HashMap<String, Rule>();
    ControlRules.addTo(rules);
    ElementwiseRules.addTo(rules);
    ArrangementRules.addTo(rules);
    IndexingRules.addTo(rules);
    ProductRules.addTo(rules);
    ReductionRules.addTo(rules);
    LinearAlgebraRules.addTo(rules);
    PlacementRules.addTo(rules);
    return Map.copyOf(rules);
  }

  /// The opcode's rule, or null.
  static Rule of(String opcode) {
    return ALL.get(opcode);
  }
}
