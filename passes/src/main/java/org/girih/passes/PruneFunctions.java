package org.girih.passes;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.girih.ir.op.FuncRef;
import org.girih.ir.op.Structured;
import org.girih.ir.program.Entry;
import org.girih.ir.program.Equation;
import org.girih.ir.program.Func;
import org.girih.ir.program.Program;

/// Removes functions that no entry reaches.
///
/// ```
/// func @unused(…) …            (gone)
/// func @main(…) …       →      func @main(…) …
/// entry @main                  entry @main
/// ```
final class PruneFunctions {
  static final Pass PASS =
      new Pass("prune_functions", "removes functions that no entry reaches", PruneFunctions::run);

  private PruneFunctions() {}

  private static Program run(Program program) {
    Set<FuncRef> used = new HashSet<>();
    program.entries().stream().map(Entry::func).forEach(used::add);
    // Callees stand before callers, so one walk from the end finds all.
    for (Func func : List.copyOf(program.funcs().values()).reversed()) {
      if (used.contains(func.ref())) {
        for (Equation equation : func.block().equations()) {
          if (equation.op() instanceof Structured op) {
            used.addAll(op.callees());
          }
        }
      }
    }
    return program.withFuncs(
        program.funcs().values().stream().filter(f -> used.contains(f.ref())).toList());
  }
}
