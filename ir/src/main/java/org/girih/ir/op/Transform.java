package org.girih.ir.op;

import java.util.List;
import org.girih.ir.type.Value;

/// Transformations of a function that is named. They are there from the elaborator to the pass that
/// expands them.
public sealed interface Transform extends Op
    permits Jvp, Linearized, VjpForward, VjpBackward, Vmap {
  FuncRef callee();

  @Override
  default List<FuncRef> callees() {
    return List.of(callee());
  }

  /// The equations that stand in its place; the callee holds no transformation any more.
  List<Value> expand(Builder b, Transforms t, List<Value> xs);
}
