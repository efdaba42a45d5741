package org.girih.passes.interpreter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.op.Constant;
import org.girih.ir.op.FuncRef;
import org.girih.ir.op.Inference;
import org.girih.ir.op.Transform;
import org.girih.ir.op.While;
import org.girih.ir.program.Block;
import org.girih.ir.program.Checker;
import org.girih.ir.program.Entry;
import org.girih.ir.program.Equation;
import org.girih.ir.program.Func;
import org.girih.ir.program.Origin;
import org.girih.ir.program.Program;
import org.girih.ir.source.Source;
import org.girih.ir.text.TirParser;
import org.girih.ir.text.TirPrinter;
import org.girih.ir.type.Literal;
import org.girih.ir.type.Value;
import org.girih.passes.Pass;
import org.girih.passes.Pipeline;
import org.girih.passes.Pipelines;
import org.girih.passes.check.Checked;

/// What holds for every pass on every program.
public final class Laws {
  /// A function and its arguments.
  public record Run(FuncRef func, List<Literal> arguments) {}

  private Laws() {}

  /// The text reads back; after the pass the program is well-typed, the types of its entries are
  /// what they were, a second run changes nothing, and the results of the runs are the same bits,
  /// unless the pass is there to round floats otherwise.
  /// Entries may have more results where checks give theirs; with a finding a `while` ends early,
  /// so then results may differ.
  public static void check(Pass pass, Program before, List<Run> runs) {
    Program program = staged(pass, before);
    readsBack(program);
    Program after = run(pass, program);
    assertEquals(Optional.empty(), Checker.check(after), pass.name());
    readsBack(after);
    assertEquals(
        TirPrinter.print(after), TirPrinter.print(run(pass, after)), pass.name() + " twice");
    var added = new HashMap<FuncRef, Integer>();
    for (int i = 0; i < after.entries().size(); i++) {
      Entry entry = after.entries().get(i);
      int checks = Checked.added(entry) - Checked.added(program.entries().get(i));
      assertTrue(checks == 0 || pass == Pipelines.FUNCTIONALIZE_CHECKS, pass.name());
      added.put(entry.func(), checks);
      assertEquals(
          program.entries().get(i),
          new Entry(entry.func(), entry.params(), own(entry.results(), checks)));
      var signature = after.func(entry.func()).signature();
      assertEquals(
          program.func(entry.func()).signature(),
          new Inference.Signature(signature.params(), own(signature.results(), checks)));
    }
    assertEquals(program.entries().size(), after.entries().size());
    boolean loops =
        program.funcs().values().stream()
            .flatMap(f -> f.block().equations().stream())
            .anyMatch(e -> e.op() instanceof While);
    for (Run run : runs) {
      int checks = added.getOrDefault(run.func(), 0);
      if (pass == Pipelines.REASSOCIATE) {
        assertEquals(results(program, run).size(), results(after, run).size());
        continue; // Its floats are rounded otherwise.
      }
      List<String> results = results(after, run);
      if (checks == 0 || !loops || !found(results)) {
        assertEquals(
            results(program, run), own(results, checks), pass.name() + " of " + run.func());
      }
    }
  }

  /// Whether the record of an entry with checks tells of something: it begins with a site's number.
  private static boolean found(List<String> results) {
    return !results.get(results.size() - 2).contains(" [Whole[bits=0]");
  }

  private static <T> List<T> own(List<T> results, int added) {
    return results.subList(0, results.size() - added);
  }

  /// The program as the pass takes it.
  private static Program staged(Pass pass, Program program) {
    return switch (pass.from()) {
      case TYPED -> program;
      case EXPANDED -> run(Pipelines.EXPAND, program);
      case TRANSFORMED -> run(Pipelines.transformations(), program);
    };
  }

  /// Functions whose arguments are constants instead give the same after the whole pipeline, which
  /// computes what it can.
  public static void checkFolded(Program program, List<Run> runs) {
    for (Run run : runs) {
      var closed = new FuncRef("closed." + run.func().name());
      var funcs = new ArrayList<>(program.funcs().values());
      funcs.add(new Func(closed, closed(program.func(run.func()), run.arguments())));
      int results = program.func(run.func()).signature().results().size();
      var names = java.util.stream.IntStream.range(0, results).mapToObj(String::valueOf).toList();
      var with = Program.of(funcs, List.of(new Entry(closed, List.of(), names)));
      Program after = run(Pipelines.standard(), with);
      var noArguments = new Run(closed, List.of());
      assertEquals(results(program, run), results(after, noArguments), closed.toString());
    }
  }

  /// The program after the pass, which refuses nothing.
  public static Program run(Pass pass, Program program) {
    var diagnostics = new Diagnostics();
    Program after = pass.run(program, diagnostics);
    assertEquals(List.of(), diagnostics.all(), pass.name());
    return after;
  }

  /// The program after all passes, checked after each, of which none refuses anything.
  public static Program run(Pipeline pipeline, Program program) {
    var diagnostics = new Diagnostics();
    Program after = pipeline.run(program, diagnostics, Pipeline.Check.EVERY_PASS);
    assertEquals(List.of(), diagnostics.all(), pipeline.name());
    return after;
  }

  private static Block closed(Func func, List<Literal> arguments) {
    var equations = new ArrayList<Equation>();
    for (int i = 0; i < arguments.size(); i++) {
      Value param = func.block().params().get(i);
      equations.add(
          new Equation(List.of(param), new Constant(arguments.get(i)), List.of(), Origin.NONE));
    }
    equations.addAll(func.block().equations());
    return new Block(List.of(), equations, func.block().results());
  }

  private static void readsBack(Program program) {
    String text = TirPrinter.print(program);
    var diagnostics = new Diagnostics();
    var back = TirParser.parse(new Source("printed.tir", text), diagnostics);
    assertEquals(List.of(), diagnostics.all());
    assertEquals(program, back.orElseThrow());
  }

  /// The results as text, in which any NaN is `nan`; transformations are expanded before.
  public static List<String> results(Program program, Run run) {
    var arguments = run.arguments().stream().map(Tensor::of).toList();
    boolean plain =
        program.funcs().values().stream()
            .flatMap(f -> f.block().equations().stream())
            .noneMatch(e -> e.op() instanceof Transform);
    Program lowered = plain ? program : run(Pipelines.transformations(), program);
    return new Interpreter(lowered).run(run.func(), arguments).stream().map(Laws::text).toList();
  }

  private static String text(Tensor tensor) {
    return tensor.type() + " " + java.util.Arrays.toString(tensor.elements());
  }
}
