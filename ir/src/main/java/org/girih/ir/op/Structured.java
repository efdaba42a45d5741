package org.girih.ir.op;

import java.util.List;
import java.util.Optional;
import org.girih.ir.type.Value;

/// Ops that run functions. They hold no blocks: they name functions, and what these capture is
/// passed as leading operands, so that every pass is a loop over lists. Their rules ask
/// [Transforms] for the functions that are made from these.
public sealed interface Structured extends Op
    permits Control, Checkpoint, CustomJvp, CustomVjp, CustomLinear {
  /// Results with their tangents, empty where zero.
  record Duals(List<Value> results, List<Optional<Value>> tangents) {
    public Duals {
      results = List.copyOf(results);
      tangents = List.copyOf(tangents);
    }
  }

  @Override
  List<FuncRef> callees();

  /// Returns the results and tangents; one tangent at least is there.
  Duals jvp(Builder b, Transforms t, List<Value> xs, List<Optional<Value>> ts);

  /// Splits into the halves that do not and do depend on unknown operands.
  void split(Transforms t, Splitting s);

  /// Adds the cotangents of the operands that it is linear in here.
  ///
  /// @param cts those of the results, empty where zero
  void transpose(
      Builder b, Transforms t, TransposedOperands in, List<Optional<Value>> cts, Cotangents out);

  /// Returns the op on lanes.
  Batched batch(Builder b, Transforms t, BatchAxis axis, List<Value> xs, Mask batched);
}
