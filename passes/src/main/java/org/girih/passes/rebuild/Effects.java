package org.girih.passes.rebuild;

import java.util.HashSet;
import java.util.Set;
import org.girih.ir.op.FuncRef;
import org.girih.ir.op.Op;
import org.girih.ir.program.Func;
import org.girih.ir.program.Program;

/// Which functions have an [effect][Op#effect], by themselves or in what they call. A function that
/// is made later is [added][#add], or is [like][#like] the one that it is made from.
public final class Effects {
  private final Set<FuncRef> functions = new HashSet<>();

  /// Returns those of a program.
  public static Effects of(Program program) {
    var effects = new Effects();
    program.funcs().values().forEach(effects::add);
    return effects;
  }

  /// Adds a function; its callees are there already.
  public void add(Func func) {
    if (func.block().equations().stream().anyMatch(e -> in(e.op()))) {
      functions.add(func.ref());
    }
  }

  /// Takes note that a function does what another does.
  public void like(FuncRef of, FuncRef other) {
    if (in(of)) {
      functions.add(other);
    }
  }

  /// Returns whether a function has one.
  public boolean in(FuncRef function) {
    return functions.contains(function);
  }

  /// Returns whether an op has one, itself or in a function that it names.
  public boolean in(Op op) {
    return op.effect() || op.callees().stream().anyMatch(functions::contains);
  }

  /// Returns whether there is any.
  public boolean any() {
    return !functions.isEmpty();
  }
}
