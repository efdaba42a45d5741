package org.girih.ir.op;

import java.util.List;
import org.girih.ir.type.ArrayType;

/// An operation with its attributes; operands stand in the equation. Two are equal if they do the
/// same to equal operands, which is what common-subexpression elimination needs.
public sealed interface Op permits Op.Plain, Structured {
  /// An op that names no function.
  sealed interface Plain extends Op permits Linear, Smooth, Custom, Discrete {}

  /// What `.tir` calls it: `reduce_sum`. For an enum constant its own name, else that of the
  /// record. (Not `name`, which for an enum constant would be that of Java's `Enum`.)
  default String primitive() {
    return Names.of(this);
  }

  /// The typing rule: the types of the results.
  ///
  /// @throws IllTyped by way of `cx`, if the operands do not fit
  List<ArrayType> infer(Inference cx, List<ArrayType> in);
}
