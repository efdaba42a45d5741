package org.girih.cli.command;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.girih.cli.run.ArtifactRun;
import org.girih.cli.run.Json;
import org.girih.grammar.plan.HostPlan;
import org.girih.grammar.plan.HostPlan.Tree;
import org.girih.grammar.plan.Step;
import org.girih.host.array.HostArray;
import org.girih.host.file.AtomicFile;
import org.girih.host.file.DataFiles;
import org.girih.host.file.FileProblem;
import org.girih.host.run.Checkpoints;
import org.girih.host.run.HostDriver;
import org.girih.host.run.Printing;
import org.girih.host.run.Profile;
import org.girih.host.run.RunOptions;
import org.girih.host.run.RunProblem;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.source.Source;
import org.girih.runtime.artifact.Artifact;
import org.girih.runtime.pjrt.Client;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `girih run`.
@Command(
    name = "run",
    description = "Check, compile and run a program, or one function of a file.",
    footer = {
      "",
      "Examples:",
      "  girih run examples/digits.girih",
      "  girih run train.girih --check",
      "  girih run train.girih --watch",
      "  girih run train.girih --arg rate=0.5",
      "  echo 'print(exp(1.0))' | girih run -",
      "  girih run examples/predict.girih --entry predict --arg x=@x.npy --output json",
      "  girih run digits.girihx --entry guess --arg image=@image.npy"
    })
final class RunCommand implements Callable<Integer> {
  /// The form in which a result is shown.
  enum Output {
    TEXT,
    JSON,
    NPY,
    NPZ
  }

  private final Terminal terminal;

  @Parameters(
      paramLabel = "FILE",
      description = "A .girih file, a .girihx that build wrote, or - for standard input.")
  private Path file;

  @Mixin private WarningsOption warnings;

  @Mixin private EntryOption entry;

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      description = "How the entry's result is written: text, json, npy, npz.")
  private Output output = Output.TEXT;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "PATH",
      description = "Where npy and npz go; else to standard output.")
  private Path target;

  @Option(
      names = "--checkpoint-every",
      paramLabel = "SECONDS",
      description = "How often the outermost loop is saved for `--resume`; default 30.")
  private int checkpointEvery = 30;

  @Option(
      names = "--checkpoint",
      paramLabel = "PATH",
      description = "Where it is saved; default: FILE.checkpoint.safetensors.")
  private Path checkpoint;

  @Option(
      names = "--resume",
      description = "Go on from the last checkpoint of a run that was ended.")
  private boolean resume;

  @Option(
      names = "--check",
      description =
          "Stop at the first NaN, infinity or index out of bounds, in derivatives too, and report where"
              + " and with which values. Slower.")
  private boolean check;

  @Option(
      names = "--devices",
      paramLabel = "N",
      description = "Number of devices that the CPU acts as; default: as many as the mesh needs.")
  private Integer devices;

  @Option(names = "--profile", description = "Say on standard error where the time went.")
  private boolean profile;

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description = "Write where the time went as a trace that Perfetto and Chrome show.")
  private Path trace;

  @Mixin private WatchOption watch;

  @Mixin private final PassDebugOptions passes;

  @Mixin private MemoryOption memory;

  @Mixin private PluginOption plugin;

  @Mixin private TrustOption trust;

  @Spec private CommandSpec spec;

  // Runs if the process is ended by a signal.
  private Thread ended;

  RunCommand(Terminal terminal) {
    this.terminal = terminal;
    this.passes = new PassDebugOptions(terminal);
  }

  @Override
  public Integer call() {
    if (watch.of(List.of(file)) && !terminal.environment().containsKey(WatchedRun.VARIABLE)) {
      if (resume) {
        throw new ParameterException(
            spec.commandLine(),
            "expected one of `--watch` and `--resume`, got both: a program that has changed cannot"
                + " go on");
      }
      return watch.run(terminal, new WatchedRun(file, entry));
    }
    var times = profile || trace != null ? since() : Profile.off();
    if (resume && (entry.name().isPresent() || isArtifact() || Sources.isStandardInput(file))) {
      throw new ParameterException(
          spec.commandLine(), "`--resume` continues a loop of the program; this run has none");
    }
    plugin.loadAhead(terminal);
    try {
      int code = isArtifact() ? artifact() : checkAndRun(times);
      terminal.out().flush();
      return show(times, code);
    } finally {
      plugin.settle();
    }
  }

  private boolean isArtifact() {
    return file.toString().endsWith(Artifact.SUFFIX);
  }

  /// Returns the profile since the process began, which the system knows to a second only, the JVM
  /// to a millisecond.
  private static Profile since() {
    return Profile.since(Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime()));
  }

  private int show(Profile times, int code) {
    if (profile) {
      terminal.err().print(times.table());
    }
    if (trace == null) {
      return code;
    }
    try {
      AtomicFile.write(trace, times::trace);
      return code;
    } catch (FileProblem e) {
      return terminal.fail(Diagnostic.error(e.code(), e.getMessage()));
    }
  }

  private int checkAndRun(Profile times) {
    if (entry.name().isPresent() || Sources.isStandardInput(file)) {
      return checkAndRun(times, Optional.empty());
    }
    var every = Duration.ofSeconds(checkpointEvery);
    try (var checkpoints = new Checkpoints(file, checkpoint, every, this::warn)) {
      if (resume) {
        checkpoints.resume();
      }
      return checkAndRun(times, Optional.of(checkpoints));
    } catch (RunProblem e) {
      return terminal.fail(e.diagnostic());
    }
  }

  private void warn(Diagnostic diagnostic) {
    var one = new Diagnostics();
    one.add(diagnostic);
    terminal.print(one);
  }

  /// @param checkpoints where the run is kept; empty for a def, which has no loops of the host
  private int checkAndRun(Profile times, Optional<Checkpoints> checkpoints) {
    var sources = new Sources();
    Optional<HostPlan> read;
    try (var _ = times.begin(Profile.Phase.READ, file.toString())) {
      read = sources.parse(file).flatMap(f -> sources.plan(f, entry.name(), entry.args()));
    }
    Optional<HostPlan> plan;
    try (var _ = times.begin(Profile.Phase.PASSES, "passes")) {
      plan =
          read.flatMap(
              p -> check ? sources.optimizedWithChecks(p, passes) : sources.optimized(p, passes));
    }
    passes.tell(terminal);
    terminal.print(warnings.of(sources.diagnostics()));
    if (plan.isEmpty()) {
      return 1;
    }
    if (plan.get().steps().isEmpty()) {
      return 0; // a library: checked, nothing to run
    }
    return run(sources, plan.get(), times, checkpoints);
  }

  private int run(
      Sources sources, HostPlan plan, Profile times, Optional<Checkpoints> checkpoints) {
    try {
      RunOptions options = terminal.options(sources);
      if (!plan.holdsArrays()) {
        HostDriver.withoutDevice(plan, options).run();
        return 0;
      }
      options = options.with(times).with(memory.limit());
      if (sources.checked().isPresent()) {
        options = options.with(sources.checked().get());
      }
      if (checkpoints.isPresent()) {
        Checkpoints kept = checkpoints.get();
        options = options.with(kept);
        ended = new Thread(() -> terminal.err().println("\n" + kept.ended()));
      }
      try (var client = open(plan, times);
          var compiler = PluginOption.compiler(client, plan.mesh().devices(), terminal);
          var driver = new HostDriver(plan, client, compiler, options)) {
        if (checkpoints.isPresent()) {
          checkpoints.get().begin(program(sources), plan.steps(), sources.loader()::resolve);
        }
        drive(driver, plan);
        if (driver.result() != null) {
          show(driver.result(), driver::array);
        }
      }
      return 0;
    } catch (RunProblem e) {
      return terminal.fail(e.diagnostic());
    }
  }

  /// Returns the sources; the arguments count as a part of the program, which is another with
  /// others.
  private SortedMap<Path, Source> program(Sources sources) {
    SortedMap<Path, Source> all = sources.loader().sources();
    if (!entry.args().isEmpty()) {
      String arguments =
          "# --arg " + String.join(" --arg ", entry.args().stream().sorted().toList());
      all.computeIfPresent(
          file.toAbsolutePath().normalize(),
          (_, source) -> new Source(source.name(), source.text() + arguments));
    }
    return all;
  }

  /// Runs the steps; who ends a program with loops by Ctrl-C is told how it goes on.
  private void drive(HostDriver driver, HostPlan plan) throws RunProblem {
    boolean told = ended != null && plan.steps().stream().anyMatch(Step.Loop.class::isInstance);
    if (told) {
      Runtime.getRuntime().addShutdownHook(ended);
    }
    try {
      driver.run();
    } finally {
      if (told) {
        try {
          Runtime.getRuntime().removeShutdownHook(ended);
        } catch (IllegalStateException _) {
          // The signal has come.
        }
      }
    }
  }

  private Client open(HostPlan plan, Profile times) throws RunProblem {
    try (var _ = times.begin(Profile.Phase.PLUGIN, "plugin")) {
      return plugin.open(terminal, devices(plan));
    }
  }

  private int artifact() {
    try {
      var loaded = ArtifactFile.open(file);
      try (var client = plugin.open(terminal);
          var run = new ArtifactRun(loaded, client)) {
        run.call(entry.name(), entry.args());
        show(run.result(), run::array);
      }
      return 0;
    } catch (RunProblem e) {
      return terminal.fail(e.diagnostic());
    }
  }

  private int devices(HostPlan plan) throws RunProblem {
    if (devices != null && devices < 1) {
      throw new RunProblem(
          Diagnostic.error(Code.TOO_FEW_DEVICES, "`--devices " + devices + "`: one at least"));
    }
    return devices == null ? (int) plan.mesh().devices() : devices;
  }

  private void show(Tree result, Function<Tree.Leaf, HostArray> array) throws RunProblem {
    switch (output) {
      case TEXT -> terminal.out().println(Printing.text(result, 0, array));
      case JSON -> terminal.out().println(Json.of(result, array));
      case NPY, NPZ -> write(result, array);
    }
  }

  private void write(Tree result, Function<Tree.Leaf, HostArray> array) throws RunProblem {
    var arrays = new TreeMap<String, HostArray>();
    result.leaves("", (path, leaf) -> arrays.put(path, array.apply(leaf)));
    boolean single = arrays.keySet().equals(java.util.Set.of(""));
    if (output == Output.NPY && !single) {
      throw new RunProblem(
          Diagnostic.error(Code.CANNOT_WRITE, ".npy holds one array, not " + arrays.size())
              .help("`--output npz`"));
    }
    if (output == Output.NPZ && single) {
      arrays.put("result", arrays.remove(""));
    }
    try {
      if (target != null) {
        DataFiles.write(target, arrays, output == Output.NPY);
      } else {
        DataFiles.write(terminal.out(), arrays, output == Output.NPY);
      }
    } catch (FileProblem e) {
      throw new RunProblem(Diagnostic.error(e.code(), e.getMessage()));
    }
  }
}
