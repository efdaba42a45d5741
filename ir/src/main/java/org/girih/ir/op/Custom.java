package org.girih.ir.op;

/// Differentiable ops whose derivative has a form of its own: where the maximum was, along a sort's
/// permutation, …
public sealed interface Custom extends Op.Plain
    permits Absolute, Extremum, Reduce, Cumulative, Sort, Scatter {}
