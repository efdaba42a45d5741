package org.girih.ir.op;

/// Pointwise ops with a derivative in each operand, which may use the result (`tanh`: 1 − y²).
/// Operands and result have one type, inexact unless the op says that it takes integers.
public sealed interface Smooth extends Op.Plain permits Elementary, ElementaryPair {}
