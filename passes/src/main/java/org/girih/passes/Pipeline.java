package org.girih.passes;

import java.util.List;
import org.girih.ir.diagnostic.CompilerBug;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.program.Checker;
import org.girih.ir.program.Program;

/// Passes in order, each taking the stage that the one before leaves.
public record Pipeline(String name, List<Pass> passes) {
  /// The times when the checker runs.
  public enum Check {
    /// Whenever the stage changes, and at the end.
    STAGES,
    /// After every pass, as tests do.
    EVERY_PASS
  }

  /// Is told of each pass that ran.
  @FunctionalInterface
  public interface Watch {
    void ran(Pass pass, Program before, Program after, long nanoseconds);
  }

  /// @throws CompilerBug if the stages of neighbours differ
  public Pipeline {
    passes = List.copyOf(passes);
    for (int i = 1; i < passes.size(); i++) {
      if (passes.get(i - 1).to() != passes.get(i).from()) {
        throw new CompilerBug(passes.get(i).name() + " after " + passes.get(i - 1).name());
      }
    }
  }

  /// Returns the program after all passes, checked where the stage changes; unfinished if a pass
  /// found an error of the program, which is then in `diagnostics`.
  ///
  /// @throws CompilerBug if a pass breaks the program, naming it
  public Program run(Program program, Diagnostics diagnostics) {
    return run(program, diagnostics, Check.STAGES);
  }

  /// Returns the same, with a watch.
  ///
  /// @throws CompilerBug if a pass breaks the program, naming it
  public Program run(Program program, Diagnostics diagnostics, Watch watch) {
    return run(program, diagnostics, Check.STAGES, watch);
  }

  /// Returns the program after all passes.
  ///
  /// @throws CompilerBug if a pass breaks the program, naming it
  public Program run(Program program, Diagnostics diagnostics, Check check) {
    return run(program, diagnostics, check, (_, _, _, _) -> {});
  }

  /// Returns the same, with a watch that sees each program before it is checked.
  ///
  /// @throws CompilerBug if a pass breaks the program, naming it
  public Program run(Program program, Diagnostics diagnostics, Check check, Watch watch) {
    Program current = program;
    for (int i = 0; i < passes.size(); i++) {
      Pass pass = passes.get(i);
      Program before = current;
      long start = System.nanoTime();
      current = pass.run(before, diagnostics);
      watch.ran(pass, before, current, System.nanoTime() - start);
      if (diagnostics.hasErrors()) {
        return current;
      }
      if (check == Check.EVERY_PASS || i == passes.size() - 1 || pass.from() != pass.to()) {
        verify(pass, current);
      }
    }
    return current;
  }

  /// Checks what a pass made.
  ///
  /// @throws CompilerBug if it is not well-formed, naming the pass
  public static void verify(Pass pass, Program made) {
    Checker.check(made)
        .ifPresent(
            problem -> {
              throw new CompilerBug("pass " + pass.name() + " broke " + problem);
            });
  }
}
