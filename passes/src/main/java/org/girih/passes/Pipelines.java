package org.girih.passes;

import java.util.List;
import java.util.Optional;

/// The passes that there are, and the pipelines that commands run.
public final class Pipelines {
  private Pipelines() {}

  public static List<Pass> all() {
    return List.of(PruneFunctions.PASS, CommonSubexpressions.PASS, DeadCode.PASS);
  }

  public static Optional<Pass> pass(String name) {
    return all().stream().filter(p -> p.name().equals(name)).findFirst();
  }

  /// What `run` and `build` do before emission.
  public static Pipeline standard() {
    return new Pipeline(
        List.of(
            PruneFunctions.PASS, CommonSubexpressions.PASS, DeadCode.PASS, PruneFunctions.PASS));
  }
}
