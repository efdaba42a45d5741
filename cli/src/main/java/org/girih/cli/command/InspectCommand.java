package org.girih.cli.command;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.girih.host.run.RunProblem;
import org.girih.runtime.artifact.Artifact;
import org.girih.runtime.artifact.Manifest;
import org.girih.runtime.artifact.Signature;
import org.girih.runtime.cache.ExecutableKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `girih inspect`.
@Command(
    name = "inspect",
    description = "Show what a .girihx holds: functions, weights, executables, sizes, hash.",
    footer = {"", "Example:", "  girih inspect digits.girihx"})
final class InspectCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "FILE", description = "A .girihx file.")
  private Path file;

  @Option(
      names = "--executables",
      description = "Say of each executable whether it fits the plugin and the processor here.")
  private boolean executables;

  @Mixin private PluginOption plugin;

  InspectCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try {
      Artifact artifact = ArtifactFile.open(file);
      show(artifact);
      terminal.out().flush();
      return 0;
    } catch (RunProblem e) {
      return terminal.fail(e.diagnostic());
    }
  }

  private void show(Artifact artifact) throws RunProblem {
    PrintStream out = terminal.out();
    Manifest manifest = artifact.manifest();
    var sizes = artifact.sizes();
    out.println(manifest.program() + ", built by Girih " + manifest.girih());
    out.println("sha256 " + artifact.hash());
    for (Manifest.Entry function : manifest.functions()) {
      out.println("function " + text(function.signature()));
      function
          .hlo()
          .ifPresentOrElse(
              hlo -> out.println("  module, " + sizes.get(hlo) + " bytes"),
              () -> out.println("  compiled for the sizes of each call"));
    }
    for (Manifest.Weight weight : manifest.weights()) {
      out.println(
          "weight "
              + weight.leaf().path()
              + ": "
              + weight.leaf().type()
              + ", "
              + sizes.get(weight.file())
              + " bytes");
    }
    String here = executables ? key() : "";
    for (Manifest.Binary binary : manifest.executables()) {
      String fits =
          !executables ? "" : binary.key().equals(here) ? ", fits here" : ", does not fit here";
      out.println(
          "executable of "
              + binary.function()
              + " for "
              + binary.target()
              + ", "
              + sizes.get(binary.file())
              + " bytes"
              + fits);
    }
  }

  private String key() throws RunProblem {
    try (var client = plugin.open(terminal)) {
      return ExecutableKey.of(client, terminal.environment());
    } catch (IOException e) {
      return "unknown";
    }
  }

  /// Returns `f32[3]`; of keys what the source has, `key[3]`, not the words that they are made of.
  private static String type(Signature.Leaf leaf) {
    if (!leaf.key()) {
      return leaf.type();
    }
    return leaf.dims().subList(0, leaf.dims().size() - 1).stream()
        .map(Signature.Size::text)
        .collect(Collectors.joining(", ", "key[", "]"))
        .replace("[]", "");
  }

  private static String text(Signature signature) {
    return signature.name()
        + signature.parameters().stream()
            .map(p -> p.path() + ": " + type(p))
            .collect(Collectors.joining(", ", "(", ")"))
        + " -> "
        + signature.results().stream()
            .map(r -> (r.path().isEmpty() ? "" : r.path() + ": ") + r.type())
            .collect(Collectors.joining(", "));
  }
}
