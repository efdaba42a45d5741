package org.girih.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import org.girih.cli.bench.BenchComparison;
import org.girih.cli.bench.Measurement;
import org.girih.cli.bench.Sampling;
import org.girih.cli.bench.SavedRun;
import org.girih.cli.bench.Setting;
import org.girih.grammar.ast.Item;
import org.girih.grammar.ast.SourceFile;
import org.girih.grammar.elaborate.core.Spelling;
import org.girih.grammar.plan.HostPlan;
import org.girih.grammar.plan.Step;
import org.girih.host.run.HostDriver;
import org.girih.host.run.RunOptions;
import org.girih.host.run.RunProblem;
import org.girih.ir.cost.Cost;
import org.girih.ir.cost.ProgramCost;
import org.girih.ir.cost.ProgramCost.Trips;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.runtime.pjrt.Client;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `girih bench`: each `bench` block is measured for itself, behind the `let`s of its file.
@Command(
    name = "bench",
    description = {
      "Measure the `bench` blocks of a file, or a def.",
      "The last expression of a block is timed, from its arguments on the device to its results"
          + " there; what precedes it is done once before."
    },
    footer = {
      "",
      "Examples:",
      "  girih bench model.girih",
      "  girih bench model.girih --only product --save before.json",
      "  girih bench model.girih --compare before.json",
      "  girih bench model.girih --entry predict --arg x=@x.npy"
    })
final class BenchCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final LongSupplier clock;

  @Parameters(paramLabel = "FILE", description = "A .girih file.")
  private Path file;

  @Option(names = "--only", paramLabel = "TEXT", description = "Benches whose name has this in it.")
  private String only = "";

  @Mixin private WarningsOption warnings;

  @Mixin private EntryOption entry;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "How long each is measured; default 2, and ten runs at least.")
  private double seconds = 2;

  @Option(
      names = "--warmup",
      paramLabel = "N",
      description = "Seconds of untimed runs before; default 0.5, and one run at least.")
  private double warmup = 0.5;

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "Time this many runs, however long they take.")
  private Integer samples;

  @Option(
      names = "--save",
      paramLabel = "PATH",
      description = "Write all times as JSON, once all are measured.")
  private Path target;

  @Option(
      names = "--compare",
      paramLabel = "PATH",
      description = "Compare with what was saved, bench by bench.")
  private Path saved;

  @Option(names = "--json", description = "Print what --save writes instead of text.")
  private boolean json;

  @Mixin private PassOptions passes;

  @Mixin private MemoryOption memory;

  @Mixin private PluginOption plugin;

  private final Map<Integer, Client> clients = new HashMap<>();
  private final List<Measurement> done = new ArrayList<>();
  private Optional<SavedRun> before = Optional.empty();

  BenchCommand(Terminal terminal) {
    this(terminal, System::nanoTime);
  }

  /// @param clock in nanoseconds
  BenchCommand(Terminal terminal, LongSupplier clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  /// A measurement to be done, by its name.
  private record Job(String name, Optional<Integer> item) {}

  @Override
  public Integer call() {
    try {
      check();
      before = saved == null ? Optional.empty() : Optional.of(SavedRun.read(saved));
      var sources = new Sources();
      Optional<SourceFile> parsed = sources.parse(file);
      if (parsed.isEmpty()) {
        terminal.print(warnings.of(sources.diagnostics()));
        return 1;
      }
      boolean good = true;
      for (Job job : jobs(parsed.get())) {
        good &= measure(job);
      }
      if (good && json) {
        terminal.out().print(run().json());
      }
      if (good && target != null) {
        run().save(target);
      }
      terminal.out().flush();
      return good ? 0 : 1;
    } catch (RunProblem e) {
      return terminal.fail(e.diagnostic());
    } finally {
      clients.values().forEach(Client::close);
    }
  }

  /// Checks what would be found out only when all is measured.
  private void check() throws RunProblem {
    boolean times = seconds >= 0 && seconds <= 1e6 && warmup >= 0 && warmup <= 1e6;
    if (!times || samples != null && (samples < 1 || samples > 1_000_000)) {
      throw new RunProblem(
          Diagnostic.error(
              Code.BAD_ARGUMENT_VALUE,
              "`--seconds` and `--warmup` are from 0 to 1e6, `--samples` from 1 to 1e6"));
    }
    Path folder = target == null ? null : target.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw new RunProblem(
          Diagnostic.error(Code.CANNOT_WRITE, "cannot write `" + target + "`: no such folder"));
    }
  }

  private List<Job> jobs(SourceFile parsed) throws RunProblem {
    if (entry.name().isPresent()) {
      return List.of(new Job(entry.name().get(), Optional.empty()));
    }
    var jobs = new ArrayList<Job>();
    var named = new HashMap<String, Item.Bench>();
    List<Item> items = parsed.items();
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i) instanceof Item.Bench bench) {
        Item.Bench first = named.putIfAbsent(bench.name(), bench);
        if (first != null) {
          throw new RunProblem(
              Diagnostic.error(
                      Code.DEFINED_TWICE, bench.span(), "two benches `" + bench.name() + "`")
                  .label(first.span(), "first here"));
        }
        if (bench.name().contains(only)) {
          jobs.add(new Job(bench.name(), Optional.of(i)));
        }
      }
    }
    if (jobs.isEmpty()) {
      throw none(named);
    }
    return jobs;
  }

  private RunProblem none(Map<String, Item.Bench> named) {
    if (named.isEmpty()) {
      return new RunProblem(
          Diagnostic.error(Code.BAD_ENTRY, "`" + file + "` has no `bench` blocks")
              .help("`--entry DEF` measures a call of a def"));
    }
    var missing =
        Diagnostic.error(
            Code.BAD_ENTRY, "no bench of `" + file + "` has `" + only + "` in its name");
    return new RunProblem(
        Spelling.nearest(only, named.keySet().stream())
            .map(n -> missing.help("did you mean `" + n + "`?"))
            .orElse(
                missing.help(
                    "there are: " + String.join(", ", named.keySet().stream().sorted().toList()))));
  }

  /// Returns a client with that many devices, made once.
  private Client client(int devices) throws RunProblem {
    Client client = clients.get(devices);
    if (client == null) {
      client = plugin.open(terminal, devices);
      clients.put(devices, client);
      warn(client);
    }
    return client;
  }

  private void warn(Client client) throws RunProblem {
    if (before.isPresent() && clients.size() == 1) {
      for (String each : before.get().setting().differences(setting(client))) {
        terminal.err().println("girih: `" + saved + "` is of another " + each);
      }
    }
  }

  private static Setting setting(Client client) {
    try {
      return Setting.of(Version.number(), client);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private SavedRun run() {
    return new SavedRun(setting(clients.values().iterator().next()), done);
  }

  /// Measures one, as if it were alone in the file.
  ///
  /// @return whether it could be
  private boolean measure(Job job) throws RunProblem {
    var sources = new Sources();
    SourceFile parsed = sources.parse(file).orElseThrow();
    var plan =
        job.item
            .map(i -> sources.plan(parsed, (Item.Bench) parsed.items().get(i)))
            .orElseGet(() -> sources.bench(parsed, job.name, entry.args()))
            .flatMap(p -> sources.optimized(p, passes));
    if (plan.isPresent()) {
      try {
        Measurement made = measured(job.name, plan.get(), sources);
        done.add(made);
        if (!json) {
          terminal.out().print(text(made));
          terminal.out().flush();
        }
      } catch (RunProblem e) {
        sources.diagnostics().add(e.diagnostic());
      }
    }
    boolean good = !sources.diagnostics().hasErrors();
    if (!good && !json) {
      terminal.out().println("FAILED  " + job.name);
    }
    terminal.print(warnings.of(sources.diagnostics()));
    return good;
  }

  private Measurement measured(String name, HostPlan plan, Sources sources) throws RunProblem {
    Step.Run run = HostDriver.lastRun(plan);
    int devices = (int) plan.mesh().devices();
    Sampling sampling = Sampling.of(warmup, seconds);
    // What the set-up prints is not what was measured.
    RunOptions options = terminal.options(sources).with(terminal.err()).with(memory.limit());
    try (var compiler = PluginOption.compiler(client(devices), devices, terminal);
        var driver = new HostDriver(plan, client(devices), compiler, options)) {
      driver.prepare(run);
      long[] runs =
          (samples == null ? sampling : sampling.times(samples))
              .of(() -> driver.repeat(run), clock);
      return measurement(name, runs, plan, run);
    }
  }

  private static Measurement measurement(String name, long[] runs, HostPlan plan, Step.Run run) {
    var shares =
        ProgramCost.of(plan.program(), _ -> false)
            .of(plan.program().entries().get(run.entry()).func());
    boolean known = shares.values().stream().allMatch(s -> s.trips() == Trips.EXACT);
    Cost cost = ProgramCost.total(shares);
    return new Measurement(
        name,
        runs,
        known ? OptionalDouble.of(cost.operations()) : OptionalDouble.empty(),
        known ? OptionalDouble.of(cost.bytes()) : OptionalDouble.empty());
  }

  private String text(Measurement made) {
    String comparison =
        before
            .map(
                b ->
                    b.find(made.name())
                        .map(old -> BenchComparison.of(old.summary(), made.summary()).text())
                        .orElse("  before  not in " + saved.getFileName() + "\n"))
            .orElse("");
    return made.text() + comparison;
  }
}
