package org.girih.ir.op;

import org.girih.ir.type.Value;

/// One equation that is cut in two: its operands, known and unknown, and the functions under
/// construction that the halves go to.
public interface Splitting {
  Builder known();

  Builder unknown();

  /// Returns which operands are unknown.
  Mask mask();

  /// Returns a known operand, in the known half.
  Value known(int operand);

  /// Returns an operand in the unknown half; what is known becomes a residual there.
  Value unknown(int operand);

  /// Returns a value of the known half as one of the unknown half.
  Value residual(Value known);

  /// Sets the value of a result in the known half.
  void knownResult(int result, Value value);

  /// Sets the value of a result in the unknown half.
  void unknownResult(int result, Value value);
}
