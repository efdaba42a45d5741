package org.girih.passes.effect;

import java.util.Optional;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.op.Print;
import org.girih.ir.program.Equation;
import org.girih.ir.program.Program;
import org.girih.passes.rebuild.BlockCopy;

/// Leaves out what the program prints while it computes, for where it cannot: in artifacts, which
/// run without Girih, and on devices that cannot call the host.
///
/// ```
/// %2: u32 = print %0 %1 {template = "x = {0}", …}
/// %3: f32 = multiply %0 %0                           ───▶    %2: f32 = multiply %0 %0
/// ```
public final class DropPrints {
  private DropPrints() {}

  public static Program run(Program program) {
    return BlockCopy.changing(
        program,
        (copy, equation) -> {
          boolean drop = equation.op() instanceof Print;
          if (drop) {
            copy.replace(equation.result(), copy.now(equation.operands().getLast()));
          }
          return drop;
        });
  }

  /// Returns a warning that says so, if the program prints.
  ///
  /// @param why behind `debug.print`: "does not print …"
  public static Optional<Diagnostic> warning(Program program, String why) {
    return program.funcs().values().stream()
        .flatMap(f -> f.block().equations().stream())
        .filter(e -> e.op() instanceof Print)
        .findFirst()
        .map(e -> warning(e, "`debug.print` " + why));
  }

  private static Diagnostic warning(Equation equation, String message) {
    return equation
        .origin()
        .span()
        .map(at -> Diagnostic.warning(Code.PRINT_LEFT_OUT, at, message))
        .orElseGet(() -> Diagnostic.warning(Code.PRINT_LEFT_OUT, message));
  }
}
