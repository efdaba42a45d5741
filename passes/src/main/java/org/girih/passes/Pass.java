package org.girih.passes;

import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.program.Program;

/// A step from program to program. It keeps entries, and the types of functions that stay; one for
/// checks adds two results to entries.
///
/// @param name what `girih opt --pass` calls it, and its folder under `testdata/passes`
/// @param summary one sentence in the imperative for `--help`
/// @param from the stage of what it takes
/// @param to the stage of what it returns
/// @param body the step; it reports to the diagnostics what it cannot do
public record Pass(
    String name,
    String summary,
    Stage from,
    Stage to,
    BiFunction<Program, Diagnostics, Program> body) {

  /// Returns a step that can always be done, and leads to the same stage.
  static Pass of(String name, String summary, Stage stage, UnaryOperator<Program> body) {
    return new Pass(name, summary, stage, stage, (program, diagnostics) -> body.apply(program));
  }

  /// Returns the program after this step.
  public Program run(Program program, Diagnostics diagnostics) {
    return body.apply(program, diagnostics);
  }
}
