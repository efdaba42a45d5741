package org.girih.passes;

import java.util.BitSet;
import java.util.List;
import org.girih.ir.program.Equation;
import org.girih.ir.program.Func;
import org.girih.ir.program.Program;
import org.girih.ir.type.Value;

/// Removes equations whose results nobody uses. No op has an effect, so each may go.
///
/// ```
/// %1: f32 = exp %0             %1: f32 = exp %0
/// %2: f32 = sin %0      →      return %1
/// return %1
/// ```
///
/// Its limit: an equation with several results stays whole if one is used; carries of loops and
/// parameters of functions stay.
final class DeadCode {
  static final Pass PASS =
      new Pass("dead_code", "removes equations whose results nobody uses", DeadCode::run);

  private DeadCode() {}

  private static Program run(Program program) {
    return program.withFuncs(program.funcs().values().stream().map(DeadCode::run).toList());
  }

  private static Func run(Func func) {
    var block = func.block();
    var used = new BitSet(block.ids());
    block.results().forEach(r -> used.set(r.id()));
    List<Equation> equations = block.equations();
    var kept = new BitSet(equations.size());
    for (int i = equations.size() - 1; i >= 0; i--) {
      Equation equation = equations.get(i);
      if (equation.results().stream().map(Value::id).anyMatch(used::get)) {
        kept.set(i);
        equation.operands().forEach(o -> used.set(o.id()));
      }
    }
    if (kept.cardinality() == equations.size()) {
      return func;
    }
    var out = new Rewriting(func);
    for (int i = 0; i < equations.size(); i++) {
      if (kept.get(i)) {
        out.keep(equations.get(i));
      }
    }
    return out.finish(block.results());
  }
}
