package org.girih.hlo.verify;

import java.util.EnumSet;
import java.util.Set;

/// Defines what an opcode admits: the fields that it reads, and its rule, which throws [Refused].
///
/// @param access how the opcode reads its operands
record Rule(Set<Field> fields, Check check, Access access) {
  /// Computes the shape that the operands yield and compares it with the one that is claimed.
  @FunctionalInterface
  interface Check {
    void check(Site site);
  }

  static Rule of(Check check) {
    return new Rule(EnumSet.noneOf(Field.class), check, Access.MEMORY);
  }

  static Rule of(Check check, Field first, Field... rest) {
    return new Rule(EnumSet.of(first, rest), check, Access.MEMORY);
  }

  /// Returns the rule, for an opcode that reads its operands so.
  Rule reading(Access how) {
    return new Rule(fields, check, how);
  }
}
