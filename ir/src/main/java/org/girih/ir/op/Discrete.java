package org.girih.ir.op;

/// Ops without tangents: constants, comparisons, integers, positions.
public sealed interface Discrete extends Op.Plain
    permits Constant,
        Iota,
        Compare,
        Bits,
        Rounding,
        Quotient,
        IsFinite,
        ArgReduce,
        ReduceBits,
        Bitcast,
        Threefry2x32,
        StopGradient,
        AxisIndex {}
