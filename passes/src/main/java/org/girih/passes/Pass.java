package org.girih.passes;

import java.util.function.UnaryOperator;
import org.girih.ir.program.Program;

/// A step from program to program. It keeps entries, and the types of functions that stay.
///
/// @param name what `girih opt --pass` calls it, and its folder under `testdata/passes`
/// @param summary one sentence in the imperative for `--help`
/// @param from the stage of what it takes
/// @param to the stage of what it gives
/// @param body the step
public record Pass(String name, String summary, Stage from, Stage to, UnaryOperator<Program> body) {

  /// The program after this step.
  public Program run(Program program) {
    return body.apply(program);
  }
}
