package org.girih.passes.rebuild;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.girih.ir.op.FuncRef;
import org.girih.ir.program.Entry;
import org.girih.ir.program.Func;
import org.girih.ir.program.Program;

/// Drops functions that no entry reaches. A program without entries is a library, and keeps all.
public final class PruneFunctions {
  private PruneFunctions() {}

  public static Program run(Program program) {
    if (program.entries().isEmpty()) {
      return program;
    }
    Set<FuncRef> used = new HashSet<>();
    program.entries().stream().map(Entry::func).forEach(used::add);
    // Callees stand before callers: from the back, each caller is met before what it calls.
    List<Func> kept = new ArrayList<>();
    for (Func func : program.funcs().reversed().values()) {
      if (used.contains(func.ref())) {
        kept.add(func);
        for (var equation : func.block().equations()) {
          used.addAll(equation.op().callees());
        }
      }
    }
    return kept.size() == program.funcs().size() ? program : program.withFuncs(kept.reversed());
  }
}
