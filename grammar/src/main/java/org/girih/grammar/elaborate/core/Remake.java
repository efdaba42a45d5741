package org.girih.grammar.elaborate.core;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.girih.ir.type.DType;

/// Computes an array of literals again in another dtype: `where(c, 0.1, 0.2)` is an `f32` by
/// itself, and an `f64` where it meets one, of literals that were never rounded to `f32`. What was
/// computed before is dead code then.
public final class Remake {
  private record Made(DType dtype, FunctionTrace where) {}

  private final Function<DType, Val.Array> make;
  private final Map<Made, Val.Array> made = new HashMap<>();

  /// @param make emits it, in the dtype that it is given, where the elaboration is
  public Remake(Function<DType, Val.Array> make) {
    this.make = make;
  }

  /// Returns the array in a dtype, once for each function that needs it.
  public Val.Array as(Elaboration e, DType dtype) {
    var key = new Made(dtype, e.trace());
    Val.Array known = made.get(key);
    if (known == null) {
      known = make.apply(dtype);
      made.put(key, known);
    }
    return known;
  }
}
