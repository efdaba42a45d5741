package org.girih.hlo.verify;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/// The opcodes that are accepted, each with its rule. What is not here is refused, and of custom
/// calls all but `Sharding`: of some, XLA checks too little and dies of wrong shapes.
final class OpcodeRules {
  private static final Map<String, Rule> ALL = all();

  private OpcodeRules() {}

  private static Map<String, Rule> all() {
    var rules = new HashMap<String, Rule>();
    ControlRules.addTo(rules);
    rules.compute("parameter", (_, rule) -> rule.reading(Access.NONE));
    rules.compute("constant", (_, rule) -> rule.reading(Access.NONE));
    rules.putAll(reading(Access.POINTWISE, ElementwiseRules::addTo));
    rules.putAll(reading(Access.MOVING, ArrangementRules::addTo));
    IndexingRules.addTo(rules);
    ProductRules.addTo(rules);
    ReductionRules.addTo(rules);
    LinearAlgebraRules.addTo(rules);
    PlacementRules.addTo(rules);
    rules.compute("gather", (_, rule) -> rule.reading(Access.MOVING));
    return Map.copyOf(rules);
  }

  private static Map<String, Rule> reading(Access how, Consumer<Map<String, Rule>> group) {
    var rules = new HashMap<String, Rule>();
    group.accept(rules);
    rules.replaceAll((_, rule) -> rule.reading(how));
    return rules;
  }

  /// Returns the opcode's rule, or null.
  static Rule of(String opcode) {
    return ALL.get(opcode);
  }
}
