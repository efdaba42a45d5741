package org.girih.passes;

import java.util.function.UnaryOperator;
import org.girih.ir.program.Program;

/// A pass.
///
/// @param name the `--pass` flag and the golden folder
/// @param summary what it does, one line
public record Pass(String name, String summary, UnaryOperator<Program> body) {
  public Program run(Program program) {
    return body.apply(program);
  }
}
