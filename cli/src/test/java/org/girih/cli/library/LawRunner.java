package org.girih.cli.library;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.girih.grammar.elaborate.Elaborator;
import org.girih.grammar.parse.SourceParser;
import org.girih.grammar.plan.EntryCall;
import org.girih.grammar.plan.HostPlan;
import org.girih.grammar.plan.Step;
import org.girih.host.run.FileLoader;
import org.girih.host.run.ProgramRun;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.program.Entry;
import org.girih.ir.source.Source;
import org.girih.ir.type.Literal;
import org.girih.passes.Pipelines;
import org.girih.passes.golden.TestData;
import org.girih.passes.interpreter.Tensor;
import org.girih.runtime.pjrt.Client;
import org.girih.runtime.pjrt.Plugin;
import org.girih.runtime.plugin.CacheFolder;
import org.girih.runtime.plugin.PluginCache;
import org.girih.runtime.plugin.PluginException;
import org.girih.runtime.plugin.PluginSearch;

/// Compiles and runs the programs of laws, some side by side, since each waits for the plugin's
/// compiler.
///
/// @param definitions what rows of the tables call, in Girih
record LawRunner(Client client, ExecutorService workers, String definitions)
    implements AutoCloseable {

  static LawRunner open() throws IOException, PluginException {
    var cache = new PluginCache(CacheFolder.of(System.getenv()), new PrintStream(System.err));
    var search = PluginSearch.look(Optional.empty(), System.getenv(), cache);
    return new LawRunner(
        Client.create(Plugin.load(search.library(cache))),
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors()),
        Files.readString(TestData.root().resolve("library/definitions.girih")));
  }

  <T> CompletableFuture<T> later(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, workers);
  }

  @Override
  public void close() {
    workers.close();
    client.close();
  }

  /// Runs the def `main` of a program.
  ///
  /// @param params the names of its parameters
  /// @param arguments their values, in that order
  List<Tensor> run(String source, List<String> params, List<Tensor> arguments) {
    var diagnostics = new Diagnostics();
    var file =
        SourceParser.parse(new Source("law.girih", source), diagnostics)
            .orElseThrow(() -> new AssertionError(diagnostics.all().toString()));
    Map<String, EntryCall.Arg> args = new HashMap<>();
    var values = new HashMap<String, Tensor>();
    for (int i = 0; i < params.size(); i++) {
      Tensor value = arguments.get(i);
      values.put(params.get(i), value);
      args.put(params.get(i), new EntryCall.Arg.Arrays(Map.of("", value.type())));
    }
    HostPlan plan =
        Elaborator.elaborate(
                file, Optional.of(new EntryCall("main", args)), new FileLoader(), diagnostics)
            .map(p -> p.with(Pipelines.standard().run(p.program(), diagnostics)))
            .orElseThrow(() -> new AssertionError(diagnostics.all().toString()));
    return results(plan, values);
  }

  /// Runs the plan's one entry on the arguments of these names.
  private List<Tensor> results(HostPlan plan, Map<String, Tensor> values) {
    var slots = new HashMap<Integer, Tensor>();
    var out = new ArrayList<Tensor>();
    for (Step step : plan.steps()) {
      switch (step) {
        case Step.Argument(String name, HostPlan.Tree.Leaf(int slot, _)) ->
            slots.put(slot, values.get(name));
        case Step.Run run -> {
          Entry entry = plan.program().entries().get(run.entry());
          List<Literal> arguments = run.inputs().stream().map(i -> slots.get(i).literal()).toList();
          List<Tensor> results = ProgramRun.execute(client, plan.program(), entry, arguments);
          for (int i = 0; i < results.size(); i++) {
            slots.put(run.outputs().get(i), results.get(i));
          }
        }
        case Step.Result(var tree) -> tree.leaves("", (_, leaf) -> out.add(slots.get(leaf.slot())));
        default -> {}
      }
    }
    return out;
  }
}
