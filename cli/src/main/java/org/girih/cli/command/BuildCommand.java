package org.girih.cli.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.girih.cli.cross.Build;
import org.girih.cli.cross.Report;
import org.girih.cli.cross.Target;
import org.girih.cli.run.BuiltFiles;
import org.girih.cli.run.EntryManifest;
import org.girih.grammar.plan.HostPlan;
import org.girih.hlo.HloText;
import org.girih.hlo.proto.HloModuleProto;
import org.girih.host.file.AtomicFile;
import org.girih.host.file.FileProblem;
import org.girih.host.run.Placements;
import org.girih.host.run.RunProblem;
import org.girih.ir.cost.ProgramCost;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.program.Entry;
import org.girih.runtime.artifact.Artifact;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `girih build`.
@Command(
    name = "build",
    description = {
      "Write a def's HLO: f.hlo.pb, f.hlo.txt and f.json with names, shapes and dtypes; of a"
          + " whole program FILE-1.hlo.pb and so on. With --target compile it too:"
          + " f.TARGET.exe, f.TARGET.hlo.txt and report.json.",
      "With -o NAME.girihx, write one file: the HLO of all defs whose parameters are annotated, what"
          + " they load, and executables for this machine, or for each --target."
    },
    footer = {
      "",
      "Examples:",
      "  girih build examples/mlp.girih -o out",
      "  girih build examples/mlp.girih --target tpu:v5e:4x4 -o out",
      "  girih build examples/maven/src/main/girih/digits.girih -o digits.girihx"
    })
final class BuildCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "FILE", description = "A .girih file.")
  private Path file;

  @Option(
      names = "--entry",
      paramLabel = "DEF",
      description = "The def; else all that the program computes, or all that can be called.")
  private String entry;

  @Option(names = "--arg", paramLabel = "NAME=VALUE", description = "As for run.")
  private List<String> args = List.of();

  @Option(
      names = {"-o", "--out"},
      required = true,
      paramLabel = "DIR",
      description = "The folder to write to, or a file NAME.girihx.")
  private Path folder;

  @Option(
      names = "--target",
      paramLabel = "TARGET",
      description =
          "Compile for it, whether it is here or not; `girih targets` lists them. A .girihx takes"
              + " several.")
  private List<String> targets = List.of();

  @Option(
      names = "--hlo-only",
      description = "No executables in a .girihx: it is compiled where it runs.")
  private boolean hloOnly;

  @Mixin private WarningsOption warnings;

  @Mixin private PassOptions passes;

  @Mixin private PluginOption plugin;

  BuildCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try {
      return build();
    } catch (RunProblem e) {
      return terminal.fail(e.diagnostic());
    } catch (FileProblem e) {
      return terminal.fail(Diagnostic.error(e.code(), e.getMessage()));
    }
  }

  private int build() throws RunProblem, FileProblem {
    var wanted = new ArrayList<Target>();
    for (String target : targets) {
      wanted.add(Target.parse(target));
    }
    if (folder.toString().endsWith(Artifact.SUFFIX)) {
      return new ArtifactFile(terminal, plugin, passes.pipeline(), hloOnly)
          .build(file, Optional.ofNullable(entry), args, wanted, folder);
    }
    long start = System.nanoTime();
    var libraries = new ArrayList<Path>();
    for (Target target : wanted) {
      libraries.add(library(target));
    }
    var sources = new Sources();
    var plan =
        sources
            .parse(file)
            .flatMap(f -> sources.plan(f, Optional.ofNullable(entry), args))
            .map(sources::withoutPrints)
            .flatMap(p -> sources.optimized(p, passes));
    passes.tell(terminal);
    terminal.print(warnings.of(sources.diagnostics()));
    if (plan.isEmpty()) {
      return 1;
    }
    var program = plan.get().program();
    List<Entry> entries = program.entries();
    if (entries.isEmpty() || (entry != null && entries.size() != 1)) {
      return terminal.fail(
          Diagnostic.error(
              Code.BAD_ENTRY, "`" + name(0) + "` has nothing for the device to compute"));
    }
    long parts = plan.get().mesh().devices();
    for (Target target : wanted) {
      if (parts > target.devices()) {
        return terminal.fail(tooFew(plan.get(), target));
      }
    }
    var modules = new ArrayList<HloModuleProto>();
    for (int i = 0; i < entries.size(); i++) {
      modules.add(Placements.module(plan.get(), i));
    }
    double emit = (System.nanoTime() - start) / 1e9;
    var costs = ProgramCost.of(program, _ -> false);
    var builds = new ArrayList<Build>();
    for (int t = 0; t < wanted.size(); t++) {
      for (int i = 0; i < modules.size(); i++) {
        builds.add(
            Build.of(
                wanted.get(t),
                libraries.get(t),
                name(i),
                modules.get(i),
                (int) parts,
                emit,
                costs.total(entries.get(i).func()).flops()));
      }
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      return terminal.fail(
          Diagnostic.error(
              Code.CANNOT_WRITE, "cannot write to `" + folder + "`: " + e.getMessage()));
    }
    for (int i = 0; i < modules.size(); i++) {
      write(name(i) + ".hlo.pb", modules.get(i).toByteArray());
      BuiltFiles.of(terminal.environment()).add(folder.resolve(name(i) + ".hlo.pb"));
      write(name(i) + ".hlo.txt", text(HloText.print(modules.get(i))));
    }
    if (entry != null) {
      write(entry + ".json", text(EntryManifest.of(entry, plan.get())));
    }
    for (Build build : builds) {
      String name = build.report().entry() + "." + build.report().target().fileName();
      write(name + ".exe", build.report().result().compiled().serialized());
      write(name + ".hlo.txt", text(HloText.print(build.optimized())));
      terminal.out().println(build.report().summary());
    }
    if (!builds.isEmpty()) {
      write(
          "report.json", text(Report.json(before(), builds.stream().map(Build::report).toList())));
    }
    terminal.out().flush();
    return 0;
  }

  private static Diagnostic tooFew(HostPlan plan, Target target) {
    return Diagnostic.error(
            Code.TOO_FEW_DEVICES,
            "the mesh "
                + plan.mesh()
                + " needs "
                + plan.mesh().devices()
                + " devices, and `"
                + target.text()
                + "` has "
                + target.devices())
        .help("a smaller mesh, or a larger target; `girih targets` lists them");
  }

  /// Returns the report that is in the folder already, of other targets perhaps.
  private String before() {
    Path report = folder.resolve("report.json");
    try {
      return Files.exists(report) ? Files.readString(report) : "";
    } catch (IOException _) {
      return ""; // no text of ours: it is written anew
    }
  }

  /// Returns the name of a module's files: the def's, or the program's with a number.
  private String name(int index) {
    String stem = file.getFileName().toString().replaceFirst("\\.girih$", "");
    return entry != null ? entry : stem + "-" + (index + 1);
  }

  private Path library(Target of) throws RunProblem {
    return PluginOption.library(of.platform(), plugin.path(), terminal);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void write(String name, byte[] bytes) throws FileProblem {
    AtomicFile.write(folder.resolve(name), out -> out.write(bytes));
  }
}
