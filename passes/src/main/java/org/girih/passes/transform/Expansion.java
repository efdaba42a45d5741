package org.girih.passes.transform;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.op.FuncRef;
import org.girih.ir.op.MeshMap;
import org.girih.ir.op.Refusal;
import org.girih.ir.op.Transform;
import org.girih.ir.program.Block;
import org.girih.ir.program.Equation;
import org.girih.ir.program.Func;
import org.girih.ir.program.Origin;
import org.girih.ir.program.Program;
import org.girih.ir.source.Span;
import org.girih.ir.type.Value;

/// Replaces transformations by calls of the functions that they make. Functions are met callees
/// first, so what a transformation names holds none any more: the innermost is expanded first.
/// Inside of a [MeshMap] it is the other way round: the function is mapped over the devices, and
/// derivatives in it are then those of all devices together.
public final class Expansion {
  private Expansion() {}

  /// Returns the program without transformations, lanes together.
  public static Program run(Program program, Diagnostics diagnostics) {
    return run(program, diagnostics, false);
  }

  /// Returns the program without transformations; as it was if something was refused, which is then
  /// in `diagnostics`.
  ///
  /// @param lanesApart whether lanes that go different ways run one after the other
  public static Program run(Program program, Diagnostics diagnostics, boolean lanesApart) {
    if (program.funcs().values().stream().noneMatch(Expansion::transforms)) {
      return program;
    }
    var derivations = new Derivations(program.funcs().keySet(), lanesApart);
    try {
      Map<FuncRef, Set<Integer>> waiting = waiting(program);
      for (Func func : program.funcs().values()) {
        Set<Integer> lanes = waiting.getOrDefault(func.ref(), Set.of());
        derivations.await(func.ref(), lanes);
        boolean now = lanes.isEmpty() && transforms(func);
        derivations.add(now ? expand(derivations, func) : func);
      }
    } catch (RefusedAt refused) {
      diagnostics.add(diagnostic(refused.refusal(), refused.origin()));
      return program;
    } catch (Refusal refusal) {
      diagnostics.add(diagnostic(refusal, Origin.NONE));
      return program;
    }
    return program.withFuncs(derivations.funcs());
  }

  private static Diagnostic diagnostic(Refusal refusal, Origin origin) {
    var diagnostic =
        origin
            .span()
            .map(at -> Diagnostic.error(refusal.code(), at, refusal.getMessage()))
            .orElseGet(() -> Diagnostic.error(refusal.code(), refusal.getMessage()));
    return diagnostic.help(refusal.help());
  }

  /// Returns the lanes over which each function is mapped by a [MeshMap], from around: only then
  /// are its own transformations expanded.
  private static Map<FuncRef, Set<Integer>> waiting(Program program) {
    var waiting = new HashMap<FuncRef, Set<Integer>>();
    for (Func func : List.copyOf(program.funcs().values()).reversed()) {
      Set<Integer> around = waiting.getOrDefault(func.ref(), Set.of());
      for (Equation equation : func.block().equations()) {
        for (FuncRef callee : equation.op().callees()) {
          var inside = waiting.computeIfAbsent(callee, _ -> new HashSet<>());
          inside.addAll(around);
          if (equation.op() instanceof MeshMap map) {
            inside.add(map.lane());
          }
        }
      }
    }
    return waiting;
  }

  static boolean transforms(Func func) {
    return func.block().equations().stream().anyMatch(e -> e.op() instanceof Transform);
  }

  static Func expand(Derivations derivations, Func func) {
    Block block = func.block();
    RuleBuilder sketch = derivations.sketch();
    var values = new Value[block.ids()];
    var params = new ArrayList<Value>();
    for (Value param : block.params()) {
      values[param.id()] = sketch.param(param.type());
      params.add(values[param.id()]);
    }
    for (Equation equation : block.equations()) {
      sketch.at(equation.origin());
      var xs = equation.operands().stream().map(o -> values[o.id()]).toList();
      List<Value> results =
          equation.op() instanceof Transform op
              ? expand(derivations, sketch, op, xs, equation.origin())
              : sketch.emit(equation.op(), xs);
      for (int i = 0; i < results.size(); i++) {
        values[equation.results().get(i).id()] = results.get(i);
      }
    }
    return sketch.finish(
        func.ref(), params, block.results().stream().map(r -> values[r.id()]).toList());
  }

  /// Expands one; what is refused inside of a library is shown where the transformation is.
  private static List<Value> expand(
      Derivations derivations, RuleBuilder sketch, Transform op, List<Value> xs, Origin origin) {
    try {
      return derivations.at(origin, () -> op.expand(sketch, derivations, xs));
    } catch (RefusedAt refused) {
      boolean hidden = refused.origin().span().map(Expansion::inLibrary).orElse(true);
      throw hidden ? new RefusedAt(refused.refusal(), origin) : refused;
    }
  }

  private static boolean inLibrary(Span at) {
    return at.source().isLibrary();
  }
}
