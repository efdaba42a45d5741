package org.girih.host.run;

import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.girih.grammar.plan.HostPlan;
import org.girih.grammar.plan.HostPlan.Piece;
import org.girih.grammar.plan.HostPlan.Tree;
import org.girih.grammar.plan.Step;
import org.girih.host.array.HostArray;
import org.girih.host.array.HostRecord;
import org.girih.host.array.HostTuple;
import org.girih.host.array.HostValue;
import org.girih.host.print.FormatSpec;
import org.girih.host.print.ValuePrinter;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.op.Assert;
import org.girih.ir.op.Print;
import org.girih.ir.program.Equation;
import org.girih.ir.program.Func;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Elements;
import org.girih.ir.type.Value;

/// Values as text.
public final class Printing {
  private Printing() {}

  static String line(List<Piece> pieces, Function<Tree.Leaf, HostArray> arrays) throws RunProblem {
    var out = new StringBuilder();
    for (Piece piece : pieces) {
      switch (piece) {
        case Piece.Text(String text) -> out.append(text);
        case Piece.Shown shown -> out.append(shown(shown, arrays));
      }
    }
    return out.toString();
  }

  private static String shown(Piece.Shown shown, Function<Tree.Leaf, HostArray> arrays)
      throws RunProblem {
    if (shown.format().isEmpty()) {
      return text(shown.tree(), 0, arrays);
    }
    var problem = problem(shown);
    if (problem.isPresent()) {
      throw new RunProblem(problem.get());
    }
    HostArray array =
        shown.tree() instanceof Tree.Leaf leaf ? arrays.apply(leaf) : number(shown.tree());
    return FormatSpec.parse(shown.format().get()).orElseThrow().format(array);
  }

  /// Adds what is wrong with the formats of a plan's prints, so that it is reported before a run.
  public static void check(HostPlan plan, Diagnostics diagnostics) {
    Step.all(plan.steps(), Step.Print.class)
        .flatMap(print -> print.pieces().stream())
        .forEach(
            piece -> {
              if (piece instanceof Piece.Shown shown && shown.format().isPresent()) {
                problem(shown).ifPresent(diagnostics::add);
              }
            });
    for (Func func : plan.program().funcs().values()) {
      for (Equation equation : func.block().equations()) {
        if (equation.op() instanceof Print print) {
          problem(equation, print.template(), types(equation), print.mapped())
              .ifPresent(diagnostics::add);
        }
        if (equation.op() instanceof Assert check) {
          // Where it fails, one number of each operand behind the condition is shown.
          var shown = types(equation).stream().skip(1);
          var numbers = shown.map(t -> ArrayType.scalar(t.dtype())).toList();
          problem(equation, check.template(), numbers, 0).ifPresent(diagnostics::add);
        }
      }
    }
  }

  private static List<ArrayType> types(Equation equation) {
    return equation.operands().stream().map(Value::type).toList();
  }

  /// Returns what is wrong with the formats of what the program prints, or tells, while it
  /// computes.
  private static Optional<Diagnostic> problem(
      Equation equation, String template, List<ArrayType> types, int lanes) {
    return PrintTemplate.of(template)
        .refusal(types, lanes)
        .map(
            why ->
                equation
                    .origin()
                    .span()
                    .map(at -> Diagnostic.error(Code.BAD_STRING, at, why))
                    .orElseGet(() -> Diagnostic.error(Code.BAD_STRING, why)));
  }

  private static Optional<Diagnostic> problem(Piece.Shown shown) {
    String format = shown.format().orElseThrow();
    var spec = FormatSpec.parse(format);
    if (spec.isEmpty()) {
      return Optional.of(
          Diagnostic.error(Code.BAD_STRING, shown.at(), "`" + format + "` is not a format")
              .help("as Python's formats of numbers: `{x:.4f}`, `{n:>8d}`, `{x:.3e}`"));
    }
    Optional<String> refusal =
        switch (shown.tree()) {
          case Tree.Leaf leaf ->
              spec.get().refusal(leaf.type().dtype(), leaf.type().sizes().length);
          case Tree.Int(var value) when value.bitLength() < 64 -> spec.get().refusal(DType.I64, 0);
          case Tree.Real _ -> spec.get().refusal(DType.F64, 0);
          case Tree.Int _ -> Optional.of("a format takes a number of 64 bits");
          case Tree.Bool _, Tree.Text _, Tree.Symbol _ -> Optional.of("a format takes a number");
          case Tree.Tuple _, Tree.Record _, Tree.Sum _ -> Optional.of("a format takes a number");
        };
    return refusal.map(why -> Diagnostic.error(Code.BAD_STRING, shown.at(), why));
  }

  /// Returns a static number as an array, so that formats take it.
  private static HostArray number(Tree tree) {
    return switch (tree) {
      case Tree.Int(BigInteger value) when value.bitLength() < 64 -> scalar(DType.I64, value);
      case Tree.Real(double value) -> scalar(DType.F64, value);
      case Tree.Int _, Tree.Bool _, Tree.Text _, Tree.Symbol _ -> null;
      case Tree.Leaf _, Tree.Tuple _, Tree.Record _, Tree.Sum _ -> null;
    };
  }

  private static HostArray scalar(DType dtype, Number value) {
    return new HostArray(dtype, new long[0], MemorySegment.ofArray(Elements.of(dtype, value)));
  }

  /// Returns the text of a tree, the arrays as NumPy prints them.
  public static String text(Tree tree, int column, Function<Tree.Leaf, HostArray> arrays) {
    return switch (tree) {
      case Tree.Leaf leaf -> ValuePrinter.print(arrays.apply(leaf), column);
      case Tree.Int(var value) -> value.toString();
      case Tree.Real(double value) -> ValuePrinter.print(scalar(DType.F64, value));
      case Tree.Bool(boolean value) -> value ? "True" : "False";
      case Tree.Text(String value) -> value;
      case Tree.Symbol(String value) -> value;
      case Tree.Sum sum -> sum(sum, column, arrays);
      case Tree.Tuple _, Tree.Record _ ->
          onlyArrays(tree)
              ? ValuePrinter.print(value(tree, arrays), column)
              : mixed(tree, column, arrays);
    };
  }

  private static boolean onlyArrays(Tree tree) {
    return switch (tree) {
      case Tree.Leaf _ -> true;
      case Tree.Tuple(var items) -> items.stream().allMatch(Printing::onlyArrays);
      case Tree.Record(var fields) -> fields.values().stream().allMatch(Printing::onlyArrays);
      case Tree.Int _, Tree.Real _, Tree.Bool _, Tree.Text _, Tree.Symbol _, Tree.Sum _ -> false;
    };
  }

  /// `circle(2.)`, or only the variants' numbers where they are many.
  private static String sum(Tree.Sum sum, int column, Function<Tree.Leaf, HostArray> arrays) {
    int number =
        switch (sum.tag()) {
          case Tree.Int(var known) -> known.intValue();
          case Tree.Leaf leaf when leaf.type().rank() == 0 ->
              Math.toIntExact(arrays.apply(leaf).integer(0));
          case Tree _ -> -1;
        };
    Tree.Variant variant = sum.variants().get(number);
    if (variant == null) {
      var all = new java.util.TreeMap<String, Tree>();
      all.put("tag", sum.tag());
      sum.variants().values().forEach(v -> all.put(v.name(), v.payload()));
      return text(new Tree.Record(all), column, arrays);
    }
    if (variant.payload().items().isEmpty()) {
      return variant.name();
    }
    String held =
        variant.payload().items().stream()
            .map(i -> text(i, column + variant.name().length() + 1, arrays))
            .collect(java.util.stream.Collectors.joining(", "));
    return variant.name() + "(" + held + ")";
  }

  private static HostValue value(Tree tree, Function<Tree.Leaf, HostArray> arrays) {
    return switch (tree) {
      case Tree.Leaf leaf -> arrays.apply(leaf);
      case Tree.Tuple(var items) ->
          new HostTuple(items.stream().map(i -> value(i, arrays)).toList());
      case Tree.Record(var fields) -> {
        var out = new LinkedHashMap<String, HostValue>();
        fields.forEach((name, field) -> out.put(name, value(field, arrays)));
        yield new HostRecord(out);
      }
      case Tree.Int _, Tree.Real _, Tree.Bool _, Tree.Text _, Tree.Symbol _, Tree.Sum _ ->
          throw new IllegalStateException("not an array");
    };
  }

  private static String mixed(Tree tree, int column, Function<Tree.Leaf, HostArray> arrays) {
    var parts = new ArrayList<String>();
    boolean tuple = tree instanceof Tree.Tuple;
    switch (tree) {
      case Tree.Tuple(var items) -> items.forEach(i -> parts.add(text(i, column + 1, arrays)));
      case Tree.Record(var fields) ->
          fields.forEach((name, field) -> parts.add(name + ": " + text(field, column + 1, arrays)));
      case Tree.Leaf _, Tree.Int _, Tree.Real _, Tree.Bool _, Tree.Text _, Tree.Symbol _ ->
          throw new IllegalStateException("a tree");
      case Tree.Sum _ -> throw new IllegalStateException("a tree");
    }
    String comma = tuple && parts.size() == 1 ? "," : "";
    return (tuple ? "(" : "{") + String.join(", ", parts) + comma + (tuple ? ")" : "}");
  }
}
