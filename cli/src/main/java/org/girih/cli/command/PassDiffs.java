package org.girih.cli.command;

import java.util.ArrayList;
import java.util.List;
import org.girih.ir.program.Program;
import org.girih.passes.Pass;
import org.girih.passes.Pipeline;
import org.girih.passes.Stage;

/// Shows what passes make of a program, while they run: some passes each time they run, or all
/// together from where transformations are expanded and rules erased.
final class PassDiffs implements Pipeline.Watch {
  private final List<String> only;
  private final Pipeline.Watch next;
  private final List<String> texts = new ArrayList<>();
  private Program first;
  private Program last;

  /// @param only the names of passes, `all` for each; empty for all together
  /// @param next who is told as well
  PassDiffs(List<String> only, Pipeline.Watch next) {
    this.only = only;
    this.next = next;
  }

  @Override
  public void ran(Pass pass, Program before, Program after, long nanoseconds) {
    next.ran(pass, before, after, nanoseconds);
    if (only.contains(PassNames.ALL) || only.contains(pass.name())) {
      texts.add(ProgramDiff.of(before, after, pass.name()));
    }
    if (pass.to() == Stage.TRANSFORMED && first == null) {
      first = after;
    }
    last = after;
  }

  /// Returns the diffs; empty where nothing changed.
  List<String> texts() {
    return !only.isEmpty() || first == null
        ? List.copyOf(texts)
        : List.of(ProgramDiff.of(first, last, "all passes"));
  }
}
