package org.girih.grammar.elaborate.core;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.girih.ir.op.Op;

/// The function of the IR that a def, or a module's body, became for arguments of one kind.
///
/// @param op calls it; empty where it returns no array and has no effect: nothing is left to call
/// @param captured the leading operands of `op`
/// @param result what it returns, with holes for arrays
/// @param keys what it does with keys
public record Specialised(Optional<Op> op, List<Val.Array> captured, Val result, Keys keys) {
  /// The key that decides whether code can be shared.
  ///
  /// @param code the def, or the module's body
  /// @param skeleton the arguments, with holes for arrays
  /// @param lanes the axes in sight
  public record Key(Object code, Val skeleton, Map<String, Lanes.Lane> lanes) {}

  /// The same called by another op.
  public Specialised by(Op other, List<Val.Array> operands) {
    return new Specialised(Optional.of(other), operands, result, keys);
  }
}
