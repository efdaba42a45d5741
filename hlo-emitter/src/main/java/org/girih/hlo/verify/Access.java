package org.girih.hlo.verify;

/// The way an opcode reads its operands, which decides what XLA may fuse and what it computes
/// again.
public enum Access {
  /// Each element of the result is made of the operands' elements at the same position.
  POINTWISE,
  /// Elements are read at other positions; a fusion that reads an operand at two positions computes
  /// it twice.
  MOVING,
  /// There is nothing to read: parameters and constants.
  NONE,
  /// Operands are read from memory, or computed once, and the result is written to memory.
  MEMORY;

  /// Returns how an accepted opcode reads; [#MEMORY] for one that is not accepted.
  public static Access of(String opcode) {
    Rule rule = OpcodeRules.of(opcode);
    return rule == null ? MEMORY : rule.access();
  }
}
