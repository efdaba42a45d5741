package org.girih.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.girih.ir.program.Program;
import org.girih.passes.Pass;
import org.girih.passes.Pipeline;
import org.girih.passes.Stage;

/// Shows what passes make of a program, while they run: one pass each time it runs, or all together
/// from where transformations are expanded and rules erased.
final class PassDiffs implements Pipeline.Watch {
  private final Optional<String> only;
  private final Pipeline.Watch next;
  private final List<String> texts = new ArrayList<>();
  private Program first;
  private Program last;

  /// @param only the pass; empty for all
  /// @param next who is told as well
  PassDiffs(Optional<String> only, Pipeline.Watch next) {
    this.only = only;
    this.next = next;
  }

  @Override
  public void ran(Pass pass, Program before, Program after, long nanoseconds) {
    next.ran(pass, before, after, nanoseconds);
    if (only.isPresent() && pass.name().equals(only.get())) {
      texts.add(ProgramDiff.of(before, after, pass.name()));
    }
    if (pass.to() == Stage.LOWERED && first == null) {
      first = after;
    }
    last = after;
  }

  /// The diffs; empty where nothing changed.
  List<String> texts() {
    return only.isPresent() || first == null
        ? List.copyOf(texts)
        : List.of(ProgramDiff.of(first, last, "all passes"));
  }
}
