package org.girih.hlo.rewrite;

import org.girih.hlo.proto.HloComputationProto;

/// Makes all sorts stable.
///
/// ```
/// sort(x), is_stable=false   →   sort(x), is_stable=true
/// ```
///
/// An unstable sort whose comparator is not a strict weak order (`a != b`, or `<` of floats with
/// NaN) reads and writes beyond its array on the CPU, or never ends; a stable one merges, and stays
/// within it whatever the comparator returns. Sorts that Girih emits are stable.
final class StableSorts {
  private StableSorts() {}

  static void apply(HloComputationProto.Builder computation) {
    computation.getInstructionsBuilderList().stream()
        .filter(i -> i.getOpcode().equals("sort"))
        .forEach(i -> i.setIsStable(true));
  }
}
