package org.girih.ir.op;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Value;

/// The functions that are made from functions, for the rules of ops that name some. Each is made
/// once: the same question has the same answer.
public interface Transforms {
  /// A function made, and which of its optional results it has.
  record Made(FuncRef ref, Mask out) {}

  /// A function cut in two. `known` takes the known parameters and returns the known results, then
  /// residuals; `unknown` takes the residuals, then the unknown parameters, and returns the unknown
  /// results.
  ///
  /// @param residuals what `unknown` takes, in order
  /// @param unknownOut which results are unknown
  record Halves(FuncRef known, FuncRef unknown, List<Residual> residuals, Mask unknownOut) {
    /// Returns how many results of `known` are results of the function.
    public int knownResults() {
      return unknownOut.size() - unknownOut.count();
    }

    /// Returns the residuals as values: from the operands of the whole function, and from the
    /// results of `known`.
    public List<Value> residuals(IntFunction<Value> operand, IntFunction<Value> result) {
      return residuals.stream()
          .map(
              r ->
                  switch (r) {
                    case Residual.Param(int index) -> operand.apply(index);
                    case Residual.Result(int index) -> result.apply(index);
                  })
          .toList();
    }
  }

  /// Something known that the unknown half needs.
  sealed interface Residual {
    /// A parameter of the function that was cut, which need not be stored.
    record Param(int index) implements Residual {}

    /// A result of the known half.
    record Result(int index) implements Residual {}
  }

  Inference.Signature signature(FuncRef f);

  /// Returns the function that also returns tangents: it takes the parameters of `f`, then tangents
  /// for those in `nonzero`, and returns the results of `f`, then the tangents that are not zero.
  ///
  /// @param instantiate results whose tangent is returned even where it is zero
  Made jvp(FuncRef f, Mask nonzero, Mask instantiate);

  /// Returns the halves of `f` that do not and do depend on the unknown parameters.
  ///
  /// @param force results that are to be unknown in any case
  Halves split(FuncRef f, Mask unknown, Mask force);

  /// Returns the transpose of `f`, which is linear in the parameters in `linear`: it takes the
  /// others, then cotangents of the results in `nonzero`, then sums for the parameters in
  /// `accumulate`; and returns cotangents of the linear parameters that are not zero, or the sums
  /// with these added.
  Made transpose(FuncRef f, Mask linear, Mask nonzero, Mask accumulate);

  /// Returns the function on lanes: parameters in `batched` have the batch dimension, and so have
  /// the results in the mask that is given.
  ///
  /// @param force results that have it in any case
  Made batch(FuncRef f, BatchAxis axis, Mask batched, Mask force);

  /// Returns whether a function asks for its place on an axis, by itself or by what it calls.
  boolean uses(FuncRef f, int axis);

  /// Returns whether a function holds a `while` without bound, by itself or in what it calls.
  boolean loops(FuncRef f);

  /// Returns whether lanes that go different ways run one after the other ([LanesApart]): then
  /// nothing is computed that a lane alone would not compute, and every NaN that comes up is the
  /// program's.
  boolean lanesApart();

  /// Returns whether a function has an [effect][Op#effect], by itself or in what it calls.
  boolean effects(FuncRef f);

  /// Returns whether a function that returns tangents gets some by a rule for cotangents only.
  boolean reverseOnly(FuncRef f);

  /// Adds a function.
  FuncRef define(
      String name, List<ArrayType> params, BiFunction<Builder, List<Value>, List<Value>> body);

  /// Returns which results of a function depend on none but these parameters.
  Mask fixed(FuncRef f, Mask params);

  /// Inlines a call: emits the equations of the function.
  List<Value> inline(Builder b, FuncRef f, List<Value> args);
}
