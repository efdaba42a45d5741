package org.girih.embed;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.girih.grammar.ast.SourceFile;
import org.girih.grammar.elaborate.Elaborator;
import org.girih.grammar.plan.EntryCall;
import org.girih.grammar.plan.HostPlan;
import org.girih.grammar.plan.HostPlan.Tree;
import org.girih.grammar.plan.Loader;
import org.girih.grammar.plan.Step;
import org.girih.hlo.emit.HloEmitter;
import org.girih.hlo.proto.HloModuleProto;
import org.girih.hlo.verify.HloLimits;
import org.girih.hlo.verify.HloVerifier;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.CompilerBug;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.program.Entry;
import org.girih.ir.program.Program;
import org.girih.ir.type.ArrayType;
import org.girih.passes.Pipeline;
import org.girih.passes.effect.DropPrints;

/// A def, called once at compile time with arguments of known types: its module, and what is at
/// each of the module's parameters and results.
///
/// @param inputs in the module's order
/// @param results in the module's order
record CompiledCall(HloModuleProto module, List<Input> inputs, List<Result> results) {

  /// A parameter of the module.
  sealed interface Input {
    ArrayType type();

    /// A leaf of an argument.
    record Given(String path, ArrayType type) implements Input {}

    /// An array that the program loads.
    record Loaded(Step.Load load, String name, ArrayType type) implements Input {}
  }

  /// A leaf of the result; the empty path for a single array.
  record Result(String path, ArrayType type) {}

  /// @param passes from what the elaborator makes to what the emitter takes
  /// @return empty after a diagnostic
  static Optional<CompiledCall> of(
      SourceFile file, EntryCall call, Loader loader, Pipeline passes, Diagnostics diagnostics) {
    return Elaborator.elaborate(file, Optional.of(call), loader, diagnostics)
        .flatMap(
            plan -> {
              DropPrints.warning(
                      plan.program(), "prints nothing where Girih does not run the program")
                  .ifPresent(diagnostics::add);
              Program program = passes.run(DropPrints.run(plan.program()), diagnostics);
              return diagnostics.hasErrors()
                  ? Optional.empty()
                  : of(plan.with(program), call, diagnostics);
            });
  }

  private static Optional<CompiledCall> of(HostPlan plan, EntryCall call, Diagnostics diagnostics) {
    if (plan.mesh().devices() > 1) {
      diagnostics.add(
          Diagnostic.error(
                  Code.BAD_ENTRY,
                  "`"
                      + call.function()
                      + "` runs on the "
                      + plan.mesh().devices()
                      + " devices of "
                      + plan.mesh()
                      + "; what is called from Java, and an artifact, runs on one")
              .help("leave out the mesh, or `girih run` it"));
      return Optional.empty();
    }
    List<Step.Run> runs =
        plan.steps().stream().filter(Step.Run.class::isInstance).map(Step.Run.class::cast).toList();
    if (runs.size() != 1) {
      diagnostics.add(
          Diagnostic.error(
              Code.BAD_ENTRY, "`" + call.function() + "` has nothing for the device to compute"));
      return Optional.empty();
    }
    Step.Run run = runs.getFirst();
    Entry entry = plan.program().entries().get(run.entry());
    HloModuleProto module = HloEmitter.emit(plan.program(), entry);
    for (Diagnostic problem : HloVerifier.verify(module, HloLimits.none())) {
      if (problem.code() != Code.TOO_LARGE && problem.code() != Code.TOO_DEEP) {
        throw new CompilerBug("the emitted HLO is refused: " + problem.message());
      }
      diagnostics.add(problem);
    }
    if (diagnostics.hasErrors()) {
      return Optional.empty();
    }
    Map<Integer, Input> slots = new HashMap<>();
    Map<Integer, List<Result>> shown = new HashMap<>();
    for (Step step : plan.steps()) {
      if (step instanceof Step.Border border) {
        border.tree().leaves("", (path, leaf) -> crosses(border, path, leaf, slots, shown));
      }
    }
    if (!slots.keySet().containsAll(run.inputs())) {
      diagnostics.add(
          Diagnostic.error(
                  Code.BAD_ENTRY,
                  "`"
                      + call.function()
                      + "` uses what only a run of the program knows, as the time of `clock()`")
              .help("make it an argument"));
      return Optional.empty();
    }
    var results = new ArrayList<Result>();
    for (int slot : run.outputs()) {
      List<Result> here = shown.getOrDefault(slot, List.of());
      if (here.size() != 1) {
        diagnostics.add(
            Diagnostic.error(
                    Code.BAD_ENTRY,
                    "`" + call.function() + "` gives one array twice, at " + paths(here))
                .help("give it once, or compute one of the two"));
        return Optional.empty();
      }
      results.add(here.getFirst());
    }
    return Optional.of(
        new CompiledCall(module, run.inputs().stream().map(slots::get).toList(), results));
  }

  private static void crosses(
      Step.Border border,
      String path,
      Tree.Leaf leaf,
      Map<Integer, Input> slots,
      Map<Integer, List<Result>> shown) {
    switch (border) {
      case Step.Argument(String name, _) ->
          slots.put(
              leaf.slot(), new Input.Given(path.isEmpty() ? name : name + "." + path, leaf.type()));
      case Step.Load load -> slots.put(leaf.slot(), new Input.Loaded(load, path, leaf.type()));
      case Step.Result _ ->
          shown
              .computeIfAbsent(leaf.slot(), _ -> new ArrayList<>())
              .add(new Result(path, leaf.type()));
    }
  }

  private static List<String> paths(List<Result> results) {
    return results.stream().map(Result::path).toList();
  }
}
