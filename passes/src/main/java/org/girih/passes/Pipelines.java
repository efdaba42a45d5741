package org.girih.passes;

import java.util.List;
import java.util.Optional;
import org.girih.passes.check.FunctionalizeChecks;
import org.girih.passes.rewrite.Rewrites;
import org.girih.passes.transform.EraseRules;
import org.girih.passes.transform.Expansion;

/// The passes and pipelines that there are.
public final class Pipelines {
  private Pipelines() {}

  public static final Pass PRUNE_FUNCTIONS =
      Pass.of(
          "prune_functions",
          "Drop functions that no entry reaches.",
          Stage.SOURCE,
          PruneFunctions::run);

  public static final Pass EXPAND =
      new Pass(
          "expand",
          "Replace transformations by calls of the functions that they make.",
          Stage.SOURCE,
          Stage.EXPANDED,
          (program, diagnostics) -> PruneFunctions.run(Expansion.run(program, diagnostics)));

  public static final Pass EXPAND_LANES_APART =
      new Pass(
          "expand_lanes_apart",
          "Like expand; lanes that go different ways run one after the other.",
          Stage.SOURCE,
          Stage.EXPANDED,
          (program, diagnostics) -> PruneFunctions.run(Expansion.run(program, diagnostics, true)));

  public static final Pass ERASE_RULES =
      new Pass(
          "erase_rules",
          "Make plain calls of rules, checkpoints and stopped gradients.",
          Stage.EXPANDED,
          Stage.LOWERED,
          EraseRules::run);

  public static final Pass FOLD =
      Pass.of(
          "fold",
          "Compute what depends on constants only, where every device gives the same bits.",
          Stage.LOWERED,
          program -> Rewriting.run(program, Rewrites.FOLDING));

  public static final Pass SIMPLIFY =
      Pass.of(
          "simplify",
          "Rewrite equations to simpler ones, folding on the way.",
          Stage.LOWERED,
          program -> Rewriting.run(program, Rewrites.ALL));

  public static final Pass CSE =
      Pass.of(
          "cse",
          "Compute equal expressions of a function once.",
          Stage.LOWERED,
          CommonSubexpressions::run);

  public static final Pass DEAD_CODE =
      Pass.of(
          "dead_code",
          "Drop what no entry needs: equations, parameters, results, carries, functions.",
          Stage.LOWERED,
          program -> PruneFunctions.run(DeadCode.run(program)));

  public static final Pass SIMPLIFY_SCANS =
      new Pass(
          "simplify_scans",
          "Take out of loops what rounds do not change: carries, slices, stacks, loops of one round.",
          Stage.LOWERED,
          Stage.LOWERED,
          SimplifyScans::run);

  public static final Pass HOIST =
      new Pass(
          "hoist",
          "Compute before a loop what is the same in each of its rounds.",
          Stage.LOWERED,
          Stage.LOWERED,
          Hoist::run);

  public static final Pass FUNCTIONALIZE_CHECKS =
      Pass.of(
          "functionalize_checks",
          "Make entries give what went wrong first: NaN, infinity, a position out of bounds.",
          Stage.LOWERED,
          program -> FunctionalizeChecks.run(program).program());

  /// All passes, in the order in which `--help` lists them.
  public static List<Pass> all() {
    return List.of(
        PRUNE_FUNCTIONS,
        EXPAND,
        EXPAND_LANES_APART,
        ERASE_RULES,
        FUNCTIONALIZE_CHECKS,
        FOLD,
        SIMPLIFY,
        CSE,
        SIMPLIFY_SCANS,
        HOIST,
        DEAD_CODE);
  }

  /// The pass of that name.
  public static Optional<Pass> pass(String name) {
    return all().stream().filter(pass -> pass.name().equals(name)).findFirst();
  }

  /// From what the elaborator gives to a program without transformations.
  public static Pipeline transformations() {
    return new Pipeline(
        "transformations", List.of(PRUNE_FUNCTIONS, EXPAND, ERASE_RULES, DEAD_CODE));
  }

  /// From what the elaborator gives to what the emitter takes.
  public static Pipeline standard() {
    return new Pipeline(
        "standard", List.of(PRUNE_FUNCTIONS, EXPAND, ERASE_RULES, SIMPLIFY, CSE, DEAD_CODE));
  }

  /// What comes before [FunctionalizeChecks]: a program without transformations and without what
  /// nobody needs, since what is not computed cannot fail.
  public static Pipeline beforeChecks() {
    return new Pipeline(
        "before_checks", List.of(PRUNE_FUNCTIONS, EXPAND_LANES_APART, ERASE_RULES, DEAD_CODE));
  }

  /// What comes after [FunctionalizeChecks], to what the emitter takes.
  public static Pipeline afterChecks() {
    return new Pipeline("after_checks", List.of(SIMPLIFY, CSE, DEAD_CODE));
  }
}
