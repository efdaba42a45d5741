package org.girih.cli.command;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.girih.ir.op.FuncRef;
import org.girih.ir.op.Op;
import org.girih.ir.program.Block;
import org.girih.ir.program.Equation;
import org.girih.ir.program.Func;
import org.girih.ir.program.Program;
import org.girih.ir.text.TirPrinter;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Value;

/// Shows what changed from one program to another, function by function, as a unified diff. A value
/// has the same number on both sides if it is computed in the same way: so one equation more does
/// not change all lines behind it. Numbers are therefore not those of the `.tir`.
final class ProgramDiff {
  /// Longer functions are not compared line by line: that takes the product of both lengths.
  private static final int LONGEST = 5000;

  private static final int CONTEXT = 3;

  /// The computation of a value, and how often that was met before in the function.
  private record Made(Op op, List<Integer> operands, int result, int again) {}

  private record Param(int place, ArrayType type) {}

  private ProgramDiff() {}

  /// Returns the diff; empty if nothing changed but names of values.
  static String of(Program before, Program after, String what) {
    var out = new StringBuilder();
    var refs = new LinkedHashSet<FuncRef>(before.funcs().keySet());
    refs.addAll(after.funcs().keySet());
    for (FuncRef ref : refs) {
      Map<Object, Integer> numbers = new HashMap<>();
      List<String> old = lines(before.funcs().get(ref), numbers);
      List<String> now = lines(after.funcs().get(ref), numbers);
      if (old.equals(now)) {
        continue;
      }
      String left = ref + (old.isEmpty() ? " is new" : " before " + what);
      String right = ref + (now.isEmpty() ? " is gone" : " after " + what);
      if (old.size() > LONGEST || now.size() > LONGEST) {
        out.append("--- %s%n+++ %s%n".formatted(left, right))
            .append("too long to compare: %d lines, %d lines%n".formatted(old.size(), now.size()));
        continue;
      }
      UnifiedDiffUtils.generateUnifiedDiff(left, right, old, DiffUtils.diff(old, now), CONTEXT)
          .forEach(line -> out.append(line).append('\n'));
    }
    return out.toString();
  }

  private static List<String> lines(Func func, Map<Object, Integer> numbers) {
    return func == null
        ? List.of()
        : TirPrinter.print(new Func(func.ref(), renumbered(func.block(), numbers)))
            .lines()
            .toList();
  }

  private static Block renumbered(Block block, Map<Object, Integer> numbers) {
    var now = new Value[block.ids()];
    for (int i = 0; i < block.params().size(); i++) {
      Value param = block.params().get(i);
      now[param.id()] = number(new Param(i, param.type()), param, numbers);
    }
    var met = new HashMap<Object, Integer>();
    var equations = new ArrayList<Equation>(block.equations().size());
    for (Equation equation : block.equations()) {
      List<Value> operands = equation.operands().stream().map(o -> now[o.id()]).toList();
      List<Integer> ids = operands.stream().map(Value::id).toList();
      int again = met.merge(List.of(equation.op(), ids), 1, Integer::sum);
      var results = new ArrayList<Value>();
      for (int i = 0; i < equation.results().size(); i++) {
        Value result = equation.results().get(i);
        var made = new Made(equation.op(), ids, i, again);
        now[result.id()] = number(made, result, numbers);
        results.add(now[result.id()]);
      }
      equations.add(new Equation(results, equation.op(), operands, equation.origin()));
    }
    return new Block(
        block.params().stream().map(p -> now[p.id()]).toList(),
        equations,
        block.results().stream().map(r -> now[r.id()]).toList());
  }

  private static Value number(Object made, Value value, Map<Object, Integer> numbers) {
    return new Value(numbers.computeIfAbsent(made, _ -> numbers.size()), value.type());
  }
}
