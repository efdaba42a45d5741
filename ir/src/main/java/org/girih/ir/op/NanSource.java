package org.girih.ir.op;

/// Tells where an op can make a NaN or an infinity of finite numbers. Ops that compute can; those
/// that move, choose or make constants only pass on what was there.
public enum NanSource {
  NONE,
  /// Each element is made of the operands' elements at its place.
  POINTWISE,
  /// Each element may be made of any of the operands'.
  WHOLE
}
