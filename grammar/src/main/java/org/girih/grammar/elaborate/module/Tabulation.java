package org.girih.grammar.elaborate.module;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Intrinsic;
import org.girih.grammar.elaborate.core.ModuleFrame;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.op.Convolution;
import org.girih.ir.op.Dot;
import org.girih.ir.op.Linear;
import org.girih.ir.op.Op;
import org.girih.ir.op.Reduce;
import org.girih.ir.op.ReduceSum;
import org.girih.ir.op.Smooth;
import org.girih.ir.program.Equation;
import org.girih.ir.type.ArrayType;

/// `tabulate(model, key, …)`: a row for each call of a module, with its path, the types that go in
/// and out, its own parameters, and the floating-point operations of its body. The model is
/// elaborated twice, to find its parameters and to count; nothing of it is run.
///
/// Operations are counted in the IR before any pass: a product of matrices or a convolution is two
/// for each product of two elements, a pointwise op one for each element, a sum one for each
/// element that goes in. A loop counts as one iteration.
public final class Tabulation {
  private Tabulation() {}

  public static Val tabulate(Elaboration e, Intrinsic.Args args) {
    return e.in(
        e.newTrace(),
        () -> {
          var variables = (Val.Record) Modules.init(e, args);
          var rows = new ArrayList<ModuleFrame.Row>();
          Modules.apply(e, args, variables, rows);
          return new Val.Str(text(rows, variables));
        });
  }

  /// The operations of equations.
  static long operations(List<Equation> equations) {
    return equations.stream().mapToLong(Tabulation::operations).sum();
  }

  private static long operations(Equation equation) {
    ArrayType out = equation.results().getFirst().type();
    List<ArrayType> in = equation.operands().stream().map(v -> v.type()).toList();
    boolean counted =
        out.dtype().inexact() && out.known() && in.stream().allMatch(ArrayType::known);
    return switch (equation.op()) {
      case Dot _, Convolution _ ->
          counted ? (long) equation.op().work(in, List.of(out)).flops() : 0;
      case ReduceSum _, Reduce _ -> size(in.getFirst());
      case Linear op when op instanceof org.girih.ir.op.Arithmetic -> size(out);
      case Smooth _ -> size(out);
      case Op _ -> 0;
    };
  }

  private static long size(ArrayType type) {
    return type.dtype().inexact() ? type.elements().known().orElse(0) : 0;
  }

  private static String text(List<ModuleFrame.Row> rows, Val.Record variables) {
    var lines = new ArrayList<List<String>>();
    lines.add(List.of("path", "module", "inputs", "outputs", "parameters", "operations"));
    for (ModuleFrame.Row row : rows) {
      lines.add(
          List.of(
              String.join(".", row.names()),
              row.type(),
              types(row.inputs()),
              types(row.output()),
              own(row.params()),
              count(row.operations())));
    }
    long total =
        Trees.arrays(variables.fields().getOrDefault("params", Val.NONE)).stream()
            .mapToLong(a -> a.type().elements().known().orElse(0))
            .sum();
    long bytes =
        Trees.arrays(variables.fields().getOrDefault("params", Val.NONE)).stream()
            .mapToLong(a -> a.type().elements().known().orElse(0) * a.dtype().bytes())
            .sum();
    return table(lines) + "\n" + count(total) + " parameters, " + count(bytes) + " bytes";
  }

  private static String types(Val val) {
    return Trees.describe(
        val instanceof Val.Tuple(var items) && items.size() == 1 ? items.getFirst() : val);
  }

  private static String own(Val params) {
    return params instanceof Val.Record(var fields)
        ? fields.entrySet().stream()
            .filter(f -> f.getValue() instanceof Val.Array)
            .map(f -> f.getKey() + ": " + Trees.describe(f.getValue()))
            .collect(Collectors.joining(", "))
        : "";
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String table(List<List<String>> lines) {
    int columns = lines.getFirst().size();
    int[] width =
        IntStream.range(0, columns)
            .map(i -> lines.stream().mapToInt(l -> l.get(i).length()).max().orElse(0))
            .toArray();
    var out = new ArrayList<String>();
    for (List<String> line : lines) {
      var text = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        String cell = line.get(i);
        String blanks = " ".repeat(width[i] - cell.length());
        text.append(i == columns - 1 ? blanks + cell : cell + blanks + "  ");
      }
      out.add(text.toString().stripTrailing());
      if (out.size() == 1) {
        out.add("-".repeat(IntStream.of(width).sum() + 2 * (columns - 1)));
      }
    }
    return String.join("\n", out);
  }
}
