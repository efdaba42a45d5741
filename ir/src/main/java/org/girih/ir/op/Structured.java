package org.girih.ir.op;

import java.util.List;

/// Ops that run functions. They hold no blocks: they name functions, and what these capture is
/// passed as leading operands, so that every pass is a loop over lists.
public sealed interface Structured extends Op permits Call, Cond, While, Scan {
  /// The functions that it runs, each once, in the order of the attributes.
  List<FuncRef> callees();
}
