package org.girih.ir.op;

/// Collects what is needed of the functions of a program, while it is being found out: more and
/// more results and parameters. A function keeps one body for all that name it, so what one of them
/// needs, all have.
public interface Demands {
  /// Returns the results of a function that are needed so far.
  Mask results(FuncRef f);

  /// Returns the parameters of a function that its needed results need so far.
  Mask params(FuncRef f);

  /// Records that more results are needed.
  void needResults(FuncRef f, Mask more);

  /// Records that more parameters must stay.
  void needParams(FuncRef f, Mask more);

  /// An op without what nothing needs.
  ///
  /// @param operands which operands stay
  /// @param results which results stay
  record Pruned(Op op, Mask operands, Mask results) {}
}
