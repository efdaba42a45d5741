package org.girih.passes;

import java.util.HashMap;
import java.util.List;
import org.girih.ir.op.Op;
import org.girih.ir.program.Equation;
import org.girih.ir.program.Func;
import org.girih.ir.program.Program;
import org.girih.ir.type.Value;

/// Computes once what is computed twice: equations of equal op and operands in one function. Ops
/// are deterministic, so the second is the first.
///
/// ```
/// %1: f32 = exp %0             %1: f32 = exp %0
/// %2: f32 = exp %0      →      %2: f32 = add %1 %1
/// %3: f32 = add %1 %2
/// ```
///
/// Its limit: it does not look across functions.
final class CommonSubexpressions {
  static final Pass PASS =
      new Pass("cse", "computes once what is computed twice", CommonSubexpressions::run);

  private record Key(Op op, List<Value> operands) {}

  private CommonSubexpressions() {}

  private static Program run(Program program) {
    return program.withFuncs(
        program.funcs().values().stream().map(CommonSubexpressions::run).toList());
  }

  private static Func run(Func func) {
    var out = new Rewriting(func);
    var known = new HashMap<Key, Equation>();
    for (Equation equation : func.block().equations()) {
      var key = new Key(equation.op(), out.values(equation.operands()));
      Equation same = known.get(key);
      if (same == null) {
        known.put(key, out.keep(equation));
      } else {
        for (int i = 0; i < same.results().size(); i++) {
          out.alias(equation.results().get(i), same.results().get(i));
        }
      }
    }
    return out.finish(func.block().results());
  }
}
