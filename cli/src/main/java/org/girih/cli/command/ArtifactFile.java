package org.girih.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.girih.cli.cross.Build;
import org.girih.cli.cross.Target;
import org.girih.cli.run.BuiltFiles;
import org.girih.cli.run.WeightFiles;
import org.girih.embed.ArtifactBuilder;
import org.girih.grammar.ast.SourceFile;
import org.girih.grammar.elaborate.Elaborator;
import org.girih.grammar.plan.Callable;
import org.girih.hlo.proto.HloModuleProto;
import org.girih.host.file.AtomicFile;
import org.girih.host.file.FileProblem;
import org.girih.host.run.RunProblem;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.passes.Pipeline;
import org.girih.runtime.artifact.Artifact;
import org.girih.runtime.artifact.ArtifactException;
import org.girih.runtime.artifact.Manifest;
import org.girih.runtime.artifact.Signature.Leaf;
import org.girih.runtime.cache.ExecutableKey;
import org.girih.runtime.cross.CrossResult;
import org.girih.runtime.pjrt.Client;
import org.girih.runtime.status.PjrtException;

/// Builds and opens `.girihx` files.
///
/// @param passes from what the elaborator makes to what the emitter takes
/// @param hloOnly whether to leave executables out
record ArtifactFile(Terminal terminal, PluginOption plugin, Pipeline passes, boolean hloOnly) {
  /// Opens an artifact.
  static Artifact open(Path path) throws RunProblem {
    try {
      return Artifact.open(path);
    } catch (ArtifactException e) {
      throw new RunProblem(
          switch (e.reason()) {
            case MISSING -> Diagnostic.error(Code.CANNOT_READ, e.getMessage());
            case FOREIGN, DAMAGED ->
                Diagnostic.error(Code.BAD_ARTIFACT, e.getMessage())
                    .help("`girih build FILE.girih -o " + path.getFileName() + "` builds it again");
            case NEWER ->
                Diagnostic.error(Code.BAD_ARTIFACT, e.getMessage())
                    .help("run it with that version, or build it with this one");
          });
    }
  }

  /// Builds an artifact; returns the exit code.
  ///
  /// @param targets for what to compile its functions; none for what is here
  int build(
      Path file, Optional<String> entry, List<String> args, List<Target> targets, Path written) {
    if (hloOnly && !targets.isEmpty()) {
      return terminal.fail(
          Diagnostic.error(Code.UNKNOWN_TARGET, "`--hlo-only` leaves out what `--target` asks for")
              .help("leave one of them out"));
    }
    if (!args.isEmpty()) {
      return terminal.fail(
          Diagnostic.error(
                  Code.BAD_ARGUMENT_VALUE,
                  "the functions of an artifact have the types of their annotations, not of `--arg`")
              .help("leave `--arg` out, or build into a folder"));
    }
    var sources = new Sources();
    var built = sources.parse(file).flatMap(parsed -> built(sources, file, parsed, entry));
    terminal.print(sources.diagnostics());
    if (built.isEmpty()) {
      return 1;
    }
    Manifest manifest = built.get().manifest();
    var files = new TreeMap<>(built.get().files());
    try {
      var binaries = hloOnly ? List.<Manifest.Binary>of() : executables(manifest, files, targets);
      var whole =
          new Manifest(
              manifest.girih(),
              manifest.program(),
              manifest.functions(),
              manifest.weights(),
              binaries,
              manifest.sources());
      AtomicFile.write(written, out -> Artifact.write(out, whole, files));
      BuiltFiles.of(terminal.environment()).add(written);
      return 0;
    } catch (FileProblem e) {
      return terminal.fail(Diagnostic.error(e.code(), e.getMessage()));
    } catch (RunProblem e) {
      return terminal.fail(e.diagnostic());
    }
  }

  private Optional<ArtifactBuilder.Built> built(
      Sources sources, Path file, SourceFile parsed, Optional<String> entry) {
    if (Elaborator.isProgram(parsed)) {
      sources
          .diagnostics()
          .add(
              Diagnostic.error(
                      Code.BAD_ENTRY,
                      "`" + file + "` has effects: an artifact is made of a library")
                  .help("keep the defs in a file of their own, and import that"));
      return Optional.empty();
    }
    String version;
    try {
      version = Version.number();
    } catch (IOException e) {
      version = "unknown";
    }
    var built =
        new ArtifactBuilder(
                parsed,
                sources.loader(),
                new WeightFiles(sources.loader()),
                passes,
                sources.diagnostics())
            .build(
                version,
                file.getFileName().toString(),
                name -> entry.isEmpty() || entry.get().equals(name));
    if (built.isPresent() && built.get().manifest().functions().isEmpty()) {
      sources.diagnostics().add(nothing(built.get().callables(), file, entry));
      return Optional.empty();
    }
    return built;
  }

  private static Diagnostic nothing(List<Callable> callables, Path file, Optional<String> entry) {
    String help = "annotate the parameters: `def f(x: f32[3])`";
    if (entry.isEmpty()) {
      return Diagnostic.error(Code.BAD_ENTRY, "no def of `" + file + "` can be called from outside")
          .help(help);
    }
    for (Callable callable : callables) {
      if (callable.name().equals(entry.get())) {
        return Diagnostic.error(
                Code.BAD_ENTRY,
                callable.at(),
                "`"
                    + callable.name()
                    + "` cannot be called from outside: "
                    + callable.refusal().orElse("unknown"))
            .help(help);
      }
    }
    return Diagnostic.error(Code.BAD_ENTRY, "no def `" + entry.get() + "` in " + file);
  }

  /// Compiles what has numbers as sizes.
  private List<Manifest.Binary> executables(
      Manifest manifest, Map<String, byte[]> files, List<Target> targets) throws RunProblem {
    var binaries = new ArrayList<Manifest.Binary>();
    try {
      if (targets.isEmpty()) {
        here(plugin.open(terminal), "", manifest, files, binaries);
      }
      for (Target target : targets) {
        switch (target) {
          case Target.Cpu _ ->
              here(
                  plugin.open(target.platform(), terminal),
                  target.text(),
                  manifest,
                  files,
                  binaries);
          case Target.Cuda _, Target.Tpu _ -> elsewhere(target, manifest, files, binaries);
        }
      }
      return binaries;
    } catch (PjrtException | IOException e) {
      throw new RunProblem(
          Diagnostic.error(Code.PLUGIN_FAILED, "the plugin failed: " + e.getMessage())
              .help("`--hlo-only` builds without executables"));
    }
  }

  /// Builds for the plugin and the processor that are here.
  ///
  /// @param opened closed when all is compiled
  /// @param target how the target is called; the empty text for the client's platform
  private void here(
      Client opened,
      String target,
      Manifest manifest,
      Map<String, byte[]> files,
      List<Manifest.Binary> binaries)
      throws IOException {
    try (var client = opened) {
      String key = ExecutableKey.of(client, terminal.environment());
      String named = target.isEmpty() ? client.platform() : target;
      for (Manifest.Entry function : manifest.functions()) {
        if (function.hlo().isPresent()) {
          var shapes = function.signature().inputs().stream().map(Leaf::shape).toList();
          String name = function.signature().name();
          try (var made = client.compile(files.get(function.hlo().get()), shapes)) {
            binaries.add(binary(name, named, key, made.serialized(), files));
          }
        }
      }
    }
  }

  /// Builds for a device that need not be here: its plugin compiles in a process of its own.
  private void elsewhere(
      Target target, Manifest manifest, Map<String, byte[]> files, List<Manifest.Binary> binaries)
      throws RunProblem, IOException {
    Path library = PluginOption.library(target.platform(), plugin.path(), terminal);
    for (Manifest.Entry function : manifest.functions()) {
      if (function.hlo().isPresent()) {
        String name = function.signature().name();
        var module = HloModuleProto.parseFrom(files.get(function.hlo().get()));
        CrossResult result = Build.of(target, library, name, module, 1, 0, 0).report().result();
        String key = ExecutableKey.of(library, result.deviceKind(), terminal.environment());
        binaries.add(binary(name, target.text(), key, result.compiled().serialized(), files));
      }
    }
  }

  private static Manifest.Binary binary(
      String function, String target, String key, byte[] code, Map<String, byte[]> files) {
    String at = function + "." + target.replace(':', '-') + ".bin";
    files.put(at, code);
    return new Manifest.Binary(function, target, key, at);
  }
}
