package org.girih.ir.op;

import java.util.List;
import java.util.OptionalInt;
import org.girih.ir.diagnostic.CompilerBug;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Value;

/// An operation with its attributes; operands are in the equation. Two are equal if they do the
/// same to equal operands, which is what common-subexpression elimination needs.
public sealed interface Op permits Op.Plain, Structured, Transform {
  /// An op that names no function.
  sealed interface Plain extends Op permits Linear, Smooth, Custom, Discrete {
    /// Returns the op on lanes: operands in `batched` have the batch dimension, which is
    /// dimension 0. At least one has, or the op asks for the axis.
    Batched batch(Builder b, BatchAxis axis, List<Value> xs, Mask batched);

    /// Returns whether doing it again costs less than keeping its result in memory: each element is
    /// one of an operand's, or a machine instruction or so on such.
    default boolean cheap() {
      return false;
    }
  }

  /// Returns its name in `.tir`: `reduce_sum`. For an enum constant its own name, else that of the
  /// record. (Not `name`, which for an enum constant would be that of Java's `Enum`.)
  default String primitive() {
    return Names.of(this);
  }

  /// Returns the types of the results, by the typing rule.
  ///
  /// @throws IllTyped by way of `cx`, if the operands do not fit
  List<ArrayType> infer(Inference cx, List<ArrayType> in);

  /// Returns the work that it does on sizes that are numbers. An op that the passes erase does
  /// none: it throws a [CompilerBug].
  default Work work(List<ArrayType> in, List<ArrayType> out) {
    throw Work.left(this);
  }

  /// Tells whether it can make a NaN or an infinity of finite numbers. Safe is to say too much,
  /// which costs a check.
  default NanSource nanSource() {
    return NanSource.NONE;
  }

  /// Tells whether it does something besides computing its results: then it is kept where nothing
  /// needs them, and done as often as the program says.
  default boolean effect() {
    return false;
  }

  /// Returns the functions that it names, each once, in the order of the attributes.
  default List<FuncRef> callees() {
    return List.of();
  }

  /// Returns the axis of a `vmap` that a collective speaks of.
  default OptionalInt lanes() {
    return OptionalInt.empty();
  }
}
