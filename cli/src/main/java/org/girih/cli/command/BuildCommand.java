package org.girih.cli.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.girih.cli.run.Manifest;
import org.girih.hlo.HloText;
import org.girih.hlo.emit.HloEmitter;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.runtime.artifact.Artifact;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `girih build`.
@Command(
    name = "build",
    description = {
      "Write a def's HLO: f.hlo.pb, f.hlo.txt and f.json with names, shapes and dtypes.",
      "With -o NAME.girihx, write one file: the HLO of all defs whose parameters are annotated, what"
          + " they load, and executables for this machine."
    },
    footer = {
      "",
      "Examples:",
      "  girih build examples/black_scholes.girih --entry call -o out",
      "  girih build examples/maven/src/main/girih/digits.girih -o digits.girihx"
    })
final class BuildCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "FILE", description = "A .girih file.")
  private Path file;

  @Option(
      names = "--entry",
      paramLabel = "DEF",
      description = "The def; a .girihx takes all if none is named.")
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
      names = "--hlo-only",
      description = "No executables in a .girihx: it is compiled where it runs.")
  private boolean hloOnly;

  @Mixin private PluginOption plugin;

  BuildCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (folder.toString().endsWith(Artifact.SUFFIX)) {
      return new ArtifactFile(terminal, plugin, hloOnly)
          .build(file, Optional.ofNullable(entry), args, folder);
    }
    if (entry == null) {
      return terminal.fail(
          Diagnostic.error(Code.BAD_ENTRY, "a folder takes one def, and `--entry` names none")
              .help("`--entry DEF`, or `-o NAME.girihx`"));
    }
    var sources = new Sources();
    var plan =
        sources
            .parse(file)
            .flatMap(f -> sources.plan(f, Optional.of(entry), args))
            .flatMap(sources::optimized);
    terminal.print(sources.diagnostics());
    if (plan.isEmpty()) {
      return 1;
    }
    var program = plan.get().program();
    if (program.entries().size() != 1) {
      return terminal.fail(
          Diagnostic.error(
              Code.BAD_ENTRY, "`" + entry + "` has nothing for the device to compute"));
    }
    var module = HloEmitter.emit(program, program.entries().getFirst());
    try {
      Files.createDirectories(folder);
      write(entry + ".hlo.pb", module.toByteArray());
      write(entry + ".hlo.txt", HloText.print(module).getBytes(StandardCharsets.UTF_8));
      write(entry + ".json", Manifest.of(entry, plan.get()).getBytes(StandardCharsets.UTF_8));
      return 0;
    } catch (IOException e) {
      return terminal.fail(
          Diagnostic.error(
              Code.CANNOT_WRITE, "cannot write to `" + folder + "`: " + e.getMessage()));
    }
  }

  private void write(String name, byte[] bytes) throws IOException {
    Path fresh = Files.createTempFile(folder, "." + name, ".tmp");
    try {
      Files.write(fresh, bytes);
      Files.move(
          fresh,
          folder.resolve(name),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
