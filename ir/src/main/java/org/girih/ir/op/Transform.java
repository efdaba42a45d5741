package org.girih.ir.op;

import java.util.List;
import org.girih.ir.type.Value;

/// Transformations of a function that is named. They are there from the elaborator to the pass that
/// expands them.
public sealed interface Transform extends Op
    permits Jvp, Linearized, VjpForward, VjpBackward, Vmap, MeshMap {
  FuncRef callee();

  @Override
  default List<FuncRef> callees() {
    return List.of(callee());
  }

  /// Emits the equations that replace it; the callee holds no transformation any more.
  List<Value> expand(Builder b, Transforms t, List<Value> xs);

  /// Returns the transformation on lanes of a [MeshMap], which are mapped before it is expanded:
  /// what is derived is the function of all lanes together.
  Batched batch(Builder b, Transforms t, BatchAxis axis, List<Value> xs, Mask batched);
}
