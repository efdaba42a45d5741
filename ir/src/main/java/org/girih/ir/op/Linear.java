package org.girih.ir.op;

/// Ops that are linear in disjoint groups of operands, each with the others held fixed: `multiply`
/// in each operand, `reshape` in its only one, `select` in the two that are selected from.
public sealed interface Linear extends Op.Plain
    permits Arithmetic,
        ComplexPart,
        Convert,
        Reshape,
        Transpose,
        Broadcast,
        ReduceSum,
        CumulativeSum,
        Concatenate,
        Slice,
        Pad,
        Reverse,
        DynamicSlice,
        DynamicUpdateSlice,
        Gather,
        ScatterAdd,
        Dot,
        Select {}
