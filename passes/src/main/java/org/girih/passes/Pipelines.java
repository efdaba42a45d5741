package org.girih.passes;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.girih.passes.check.FunctionalizeChecks;
import org.girih.passes.effect.DropAsserts;
import org.girih.passes.effect.OrderPrints;
import org.girih.passes.loop.Hoist;
import org.girih.passes.loop.Rematerialise;
import org.girih.passes.loop.SimplifyScans;
import org.girih.passes.optimise.CommonSubexpressions;
import org.girih.passes.optimise.CseRegions;
import org.girih.passes.optimise.DeadCode;
import org.girih.passes.optimise.Inline;
import org.girih.passes.optimise.MergeDots;
import org.girih.passes.optimise.MergeFunctions;
import org.girih.passes.optimise.Reassociate;
import org.girih.passes.optimise.Rewriting;
import org.girih.passes.rebuild.PruneFunctions;
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
          Stage.TYPED,
          PruneFunctions::run);

  public static final Pass EXPAND =
      new Pass(
          "expand",
          "Replace transformations by calls of the functions that they make.",
          Stage.TYPED,
          Stage.EXPANDED,
          (program, diagnostics) -> PruneFunctions.run(Expansion.run(program, diagnostics)));

  public static final Pass EXPAND_LANES_APART =
      new Pass(
          "expand_lanes_apart",
          "Like expand; lanes that go different ways run one after the other.",
          Stage.TYPED,
          Stage.EXPANDED,
          (program, diagnostics) -> PruneFunctions.run(Expansion.run(program, diagnostics, true)));

  public static final Pass ERASE_RULES =
      new Pass(
          "erase_rules",
          "Make plain ops of rules, checkpoints, stopped gradients and powers.",
          Stage.EXPANDED,
          Stage.TRANSFORMED,
          EraseRules::run);

  public static final Pass FOLD =
      new Pass(
          "fold",
          "Compute what depends on constants only, where every device gives the same bits.",
          Stage.TRANSFORMED,
          Stage.TRANSFORMED,
          (program, diagnostics) -> Rewriting.run("fold", program, Rewrites.FOLDING, diagnostics));

  public static final Pass SIMPLIFY =
      new Pass(
          "simplify",
          "Rewrite equations to simpler ones, folding on the way.",
          Stage.TRANSFORMED,
          Stage.TRANSFORMED,
          (program, diagnostics) -> Rewriting.run("simplify", program, Rewrites.ALL, diagnostics));

  public static final Pass CSE =
      Pass.of(
          "cse",
          "Compute equal expressions of a function once.",
          Stage.TRANSFORMED,
          CommonSubexpressions::run);

  public static final Pass DEAD_CODE =
      Pass.of(
          "dead_code",
          "Drop what no entry needs: equations, parameters, results, carries, functions.",
          Stage.TRANSFORMED,
          program -> PruneFunctions.run(DeadCode.run(program)));

  public static final Pass SIMPLIFY_SCANS =
      new Pass(
          "simplify_scans",
          "Take out of loops what iterations do not change: carries, slices, stacks, loops of one iteration.",
          Stage.TRANSFORMED,
          Stage.TRANSFORMED,
          SimplifyScans::run);

  public static final Pass HOIST =
      new Pass(
          "hoist",
          "Compute before a loop what is the same in each of its iterations.",
          Stage.TRANSFORMED,
          Stage.TRANSFORMED,
          Hoist::run);

  public static final Pass MERGE_FUNCTIONS =
      Pass.of(
          "merge_functions",
          "Keep one of functions that do the same.",
          Stage.TRANSFORMED,
          MergeFunctions::run);

  public static final Pass CSE_REGIONS =
      Pass.of(
          "cse_regions",
          "Hand to branches, loops and called functions what their caller has computed.",
          Stage.TRANSFORMED,
          CseRegions::run);

  public static final Pass INLINE =
      new Pass(
          "inline",
          "Inline small functions and those that are called once.",
          Stage.TRANSFORMED,
          Stage.TRANSFORMED,
          Inline::run);

  public static final Pass MERGE_DOTS =
      Pass.of(
          "merge_dots",
          "Make one product of those that share their left operand; in no pipeline.",
          Stage.TRANSFORMED,
          MergeDots::run);

  public static final Pass REASSOCIATE =
      new Pass(
          "reassociate",
          "Add and multiply floats in another order where that is less work; bits may change.",
          Stage.TRANSFORMED,
          Stage.TRANSFORMED,
          Reassociate::run);

  public static final Pass REMATERIALISE =
      new Pass(
          "rematerialise",
          "Let loops compute again what others stacked for them; where memory is limited.",
          Stage.TRANSFORMED,
          Stage.TRANSFORMED,
          Rematerialise::run);

  public static final Pass DROP_ASSERTS =
      Pass.of(
          "drop_asserts",
          "Leave out assertions, which only a checked run looks at.",
          Stage.TYPED,
          DropAsserts::run);

  public static final Pass ORDER_PRINTS =
      Pass.of(
          "order_prints",
          "Make a chain of what is printed, so that it comes in the order of the program.",
          Stage.TRANSFORMED,
          OrderPrints::run);

  public static final Pass FUNCTIONALIZE_CHECKS =
      Pass.of(
          "functionalize_checks",
          "Make entries give what went wrong first: NaN, infinity, a position out of bounds.",
          Stage.TRANSFORMED,
          program -> FunctionalizeChecks.run(program).program());

  /// Returns all passes, in the order in which `--help` lists them.
  public static List<Pass> all() {
    return List.of(
        PRUNE_FUNCTIONS,
        DROP_ASSERTS,
        EXPAND,
        EXPAND_LANES_APART,
        ERASE_RULES,
        FUNCTIONALIZE_CHECKS,
        FOLD,
        SIMPLIFY,
        CSE,
        SIMPLIFY_SCANS,
        HOIST,
        MERGE_FUNCTIONS,
        CSE_REGIONS,
        INLINE,
        MERGE_DOTS,
        REASSOCIATE,
        REMATERIALISE,
        DEAD_CODE,
        ORDER_PRINTS);
  }

  /// Returns the pass of that name.
  public static Optional<Pass> pass(String name) {
    return all().stream().filter(pass -> pass.name().equals(name)).findFirst();
  }

  /// Returns the passes from what the elaborator makes to [Stage#EXPANDED].
  public static Pipeline expansion() {
    return new Pipeline("expansion", List.of(PRUNE_FUNCTIONS, EXPAND));
  }

  /// Returns the passes from what the elaborator makes to [Stage#TRANSFORMED].
  public static Pipeline transformations() {
    return new Pipeline(
        "transformations", List.of(PRUNE_FUNCTIONS, DROP_ASSERTS, EXPAND, ERASE_RULES, DEAD_CODE));
  }

  /// Returns the passes from what the elaborator makes to what the emitter takes, at the level that
  /// is usual.
  public static Pipeline standard() {
    return standard(Level.USUAL);
  }

  /// Returns the passes from what the elaborator makes to what the emitter takes.
  public static Pipeline standard(Level level) {
    return standard(level, false);
  }

  /// Returns the same.
  ///
  /// @param reassociate whether floats may be added and multiplied in another order
  public static Pipeline standard(Level level, boolean reassociate) {
    return standard(optimisations(level, reassociate));
  }

  /// Returns the passes that must run, and then these.
  ///
  /// @param optimisations passes of transformed programs
  public static Pipeline standard(List<Pass> optimisations) {
    var passes = new ArrayList<>(List.of(PRUNE_FUNCTIONS, DROP_ASSERTS, EXPAND, ERASE_RULES));
    passes.addAll(optimisations);
    passes.add(ORDER_PRINTS);
    return new Pipeline("standard", passes);
  }

  /// Returns the passes from a program without transformations to what the emitter takes.
  private static List<Pass> optimisations(Level level, boolean reassociate) {
    var passes = new ArrayList<>(optimisations(level));
    if (reassociate) {
      passes.addAll(List.of(REASSOCIATE, DEAD_CODE));
    }
    return passes;
  }

  private static List<Pass> optimisations(Level level) {
    return switch (level) {
      case NONE -> List.of();
      case FUNCTIONS -> List.of(SIMPLIFY, CSE, DEAD_CODE);
      case ALL ->
          List.of(
              SIMPLIFY,
              CSE,
              DEAD_CODE,
              SIMPLIFY_SCANS,
              HOIST,
              MERGE_FUNCTIONS,
              CSE_REGIONS,
              INLINE,
              SIMPLIFY,
              CSE,
              DEAD_CODE);
    };
  }

  /// Returns the passes after [Rematerialise]: stacks that nothing reads any more are no longer
  /// made.
  public static Pipeline afterRematerialising() {
    return new Pipeline("after_rematerialising", List.of(SIMPLIFY_SCANS, CSE, DEAD_CODE));
  }

  /// Returns the passes before [FunctionalizeChecks], to a program without transformations and
  /// without what nothing needs, since what is not computed cannot fail.
  public static Pipeline beforeChecks() {
    return new Pipeline(
        "before_checks", List.of(PRUNE_FUNCTIONS, EXPAND_LANES_APART, ERASE_RULES, DEAD_CODE));
  }

  /// Returns the passes after [FunctionalizeChecks], to what the emitter takes.
  ///
  /// @param reassociate whether floats may be added and multiplied in another order
  public static Pipeline afterChecks(Level level, boolean reassociate) {
    var passes = new ArrayList<>(optimisations(level, reassociate));
    passes.add(ORDER_PRINTS);
    return new Pipeline("after_checks", passes);
  }
}
