package org.girih.passes;

import java.util.List;
import org.girih.ir.diagnostic.CompilerBug;
import org.girih.ir.program.Checker;
import org.girih.ir.program.Program;

/// Passes in order. The checker runs at the end.
public record Pipeline(List<Pass> passes) {
  public Pipeline {
    passes = List.copyOf(passes);
  }

  /// @throws CompilerBug if the result is not well-typed
  public Program run(Program program) {
    Program current = program;
    for (Pass pass : passes) {
      current = pass.run(current);
    }
    var problem = Checker.check(current);
    if (problem.isPresent()) {
      throw new CompilerBug(
          "after " + passes.stream().map(Pass::name).toList() + ": " + problem.get());
    }
    return current;
  }
}
