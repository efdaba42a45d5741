package org.girih.passes;

import java.util.List;
import java.util.Optional;
import org.girih.passes.rewrite.Rewrites;

/// The passes and pipelines that there are.
public final class Pipelines {
  private Pipelines() {}

  public static final Pass PRUNE_FUNCTIONS =
      new Pass(
          "prune_functions",
          "Drop functions that no entry reaches.",
          Stage.SOURCE,
          Stage.LOWERED,
          PruneFunctions::run);

  public static final Pass FOLD =
      new Pass(
          "fold",
          "Compute what depends on constants only, where every device gives the same bits.",
          Stage.LOWERED,
          Stage.LOWERED,
          program -> Rewriting.run(program, Rewrites.FOLDING));

  public static final Pass SIMPLIFY =
      new Pass(
          "simplify",
          "Rewrite equations to simpler ones, folding on the way.",
          Stage.LOWERED,
          Stage.LOWERED,
          program -> Rewriting.run(program, Rewrites.ALL));

  public static final Pass CSE =
      new Pass(
          "cse",
          "Compute equal expressions of a function once.",
          Stage.LOWERED,
          Stage.LOWERED,
          CommonSubexpressions::run);

  public static final Pass DEAD_CODE =
      new Pass(
          "dead_code",
          "Drop equations whose results nothing uses, and functions that are then unused.",
          Stage.LOWERED,
          Stage.LOWERED,
          program -> PruneFunctions.run(DeadCode.run(program)));

  /// All passes, in the order in which `--help` lists them.
  public static List<Pass> all() {
    return List.of(PRUNE_FUNCTIONS, FOLD, SIMPLIFY, CSE, DEAD_CODE);
  }

  /// The pass of that name.
  public static Optional<Pass> pass(String name) {
    return all().stream().filter(pass -> pass.name().equals(name)).findFirst();
  }

  /// From what the elaborator gives to what the emitter takes.
  public static Pipeline standard() {
    return new Pipeline("standard", List.of(PRUNE_FUNCTIONS, SIMPLIFY, CSE, DEAD_CODE));
  }
}
