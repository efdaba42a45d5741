package org.girih.ir.op;

import java.util.List;
import org.girih.ir.type.ArrayType;

/// Ops without tangents: constants, comparisons, integers, positions, effects.
public sealed interface Discrete extends Op.Plain
    permits Constant,
        Iota,
        Compare,
        Bits,
        Rounding,
        Quotient,
        IsFinite,
        ArgReduce,
        TopK,
        ReduceBits,
        Bitcast,
        Threefry2x32,
        StopGradient,
        AxisIndex,
        Print,
        Assert {
  @Override
  Work work(List<ArrayType> in, List<ArrayType> out);
}
