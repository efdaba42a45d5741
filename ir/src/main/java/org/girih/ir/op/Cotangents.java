package org.girih.ir.op;

import java.util.List;
import org.girih.ir.type.Value;

/// The place where transposition rules leave the cotangents of an equation's operands. They add to
/// what other uses of the same operand have left, in place where a loop carries the sum: a slice
/// costs its size, not that of the array.
public interface Cotangents {
  /// Adds to the cotangent of an operand; nothing happens where it is not linear.
  void add(int operand, Value ct);

  /// Adds `ct` to the block that begins at the positions `starts`, scalars `i32`.
  void addSlice(int operand, List<Value> starts, Value ct);

  /// Adds `ct` by the scatter at these positions.
  void addScatter(int operand, ScatterAdd op, Value indices, Value ct);

  /// Returns whether the operand's cotangent is a sum that a loop carries.
  boolean accumulates(int operand);

  /// Returns the sum so far, for a callee that adds to it; then replaced by what the callee
  /// returns.
  Value take(int operand);

  /// Puts a sum back that was taken.
  void put(int operand, Value sum);
}
