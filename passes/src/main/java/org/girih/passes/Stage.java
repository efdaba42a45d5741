package org.girih.passes;

import java.util.Optional;
import org.girih.ir.op.Op;
import org.girih.ir.op.Transform;
import org.girih.ir.program.Equation;
import org.girih.ir.program.Program;
import org.girih.passes.transform.EraseRules;

/// Defines what a program may hold. A stage admits what the next one does and more; a pass states
/// from which to which it leads. `girih show --stage` shows the program at each, by the same name.
public enum Stage {
  /// The program as elaborated, with every function that was met. Only unused functions are removed
  /// here, since rules that functions carry for later transformations must survive.
  TYPED,
  /// Without transformations; rules and stopped gradients are still there.
  EXPANDED,
  /// The ops that the emitter takes.
  TRANSFORMED;

  /// Returns whether a program of this stage may hold an op.
  public boolean admits(Op op) {
    return switch (this) {
      case TYPED -> true;
      case EXPANDED -> !(op instanceof Transform);
      case TRANSFORMED -> !(op instanceof Transform) && !EraseRules.isRule(op);
    };
  }

  /// Returns an equation that no program of this stage has.
  public Optional<Equation> refused(Program program) {
    return program.funcs().values().stream()
        .flatMap(func -> func.block().equations().stream())
        .filter(equation -> !admits(equation.op()))
        .findFirst();
  }
}
