package org.girih.runtime.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.girih.runtime.plugin.PluginException.Reason;

/// Fetches a pinned wheel with the user's own pip, which knows its index, proxies and mirrors.
///
/// @param python the command that starts Python: `python3`
record Pip(String python) {
  private static final String BY_HAND =
      "or fetch the wheel elsewhere and give it to 'girih plugin install --from WHEEL'";

  /// Puts the wheel of `wanted` into the empty folder `into` and returns it.
  ///
  /// @throws PluginException with [Reason#INSTALL] and one line that states what is missing
  Path download(Wheel wanted, Path into) throws PluginException, IOException {
    Path requirements = into.resolve("requirements.txt");
    Files.writeString(requirements, wanted.requirement() + "\n");
    var command =
        new ArrayList<>(
            List.of(
                python,
                "-m",
                "pip",
                "download",
                "--no-deps",
                "--require-hashes",
                "--only-binary=:all:",
                "--disable-pip-version-check",
                "--no-input",
                "--progress-bar=off",
                "--retries=2",
                "--timeout=30"));
    command.addAll(wanted.tags());
    command.addAll(List.of("-r", requirements.toString(), "-d", into.toString()));
    Outcome outcome = run(command, wanted);
    if (outcome.status != 0) {
      throw failure(wanted, outcome.lines);
    }
    try (var files = Files.list(into)) {
      return files
          .filter(f -> f.toString().endsWith(".whl"))
          .findFirst()
          .orElseThrow(() -> failure(wanted, outcome.lines));
    }
  }

  private record Outcome(int status, List<String> lines) {}

  private Outcome run(List<String> command, Wheel wanted) throws PluginException {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new PluginException(
          Reason.INSTALL,
          "no plugin is installed, and " + python + ", whose pip fetches it, was not found",
          "install Python 3 with pip (Debian: apt install python3-pip); or take the library that the"
              + " wheel %s %s of the Python package index holds, %s, and name it in GIRIH_PJRT_PLUGIN or give it to"
                  .formatted(wanted.name(), wanted.version(), wanted.files().getFirst())
              + " Device.open(Path); "
              + BY_HAND,
          e);
    }
    try {
      process.getOutputStream().close();
      var lines = CompletableFuture.supplyAsync(() -> read(process.getInputStream()));
      int status = process.waitFor();
      return new Outcome(status, lines.join());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PluginException(Reason.INSTALL, "fetching the plugin was interrupted", "", e);
    } catch (IOException | CompletionException e) {
      throw new PluginException(
          Reason.INSTALL, "fetching the plugin with pip failed: " + e.getMessage(), BY_HAND, e);
    } finally {
      process.destroy();
    }
  }

  private static List<String> read(InputStream in) {
    try (in) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
  }

  /// Names the cause from what pip printed; its own last error otherwise.
  static PluginException failure(Wheel wanted, List<String> lines) {
    String all = String.join("\n", lines).toLowerCase(Locale.ROOT);
    if (all.contains("no module named pip")) {
      return new PluginException(
          Reason.INSTALL,
          "cannot fetch the plugin: this Python has no pip",
          "install it (Debian: apt install python3-pip), " + BY_HAND);
    }
    if (all.contains("no space left on device")) {
      return new PluginException(
          Reason.INSTALL,
          "cannot fetch the plugin: no space left on the disk",
          "free some, or set GIRIH_CACHE to a folder on another disk");
    }
    if (all.contains("do not match the hashes")) {
      return new PluginException(
          Reason.INSTALL,
          "the wheel that pip got for " + wanted.folder() + " is not the one that is pinned",
          "the index or a mirror altered it; try again, " + BY_HAND);
    }
    boolean network =
        List.of("connection", "resolve", "timed out", "network", "proxy", "ssl").stream()
            .anyMatch(all::contains);
    if (network) {
      return new PluginException(
          Reason.INSTALL,
          "cannot fetch the plugin " + wanted.folder() + ": pip reaches no package index",
          "connect to the network, set pip's proxy or index, set PIP_FIND_LINKS to a folder with the"
              + " wheel, "
              + BY_HAND);
    }
    if (all.contains("no matching distribution")) {
      return new PluginException(
          Reason.INSTALL,
          "pip finds no wheel of " + wanted.folder() + " for this machine and Python",
          "it is made for Linux x86-64 with glibc; a plugin of your own goes in GIRIH_PJRT_PLUGIN");
    }
    var errors = new ArrayList<>(lines.stream().filter(l -> l.contains("ERROR")).toList());
    errors.addAll(lines);
    String last = errors.isEmpty() ? "it printed nothing" : errors.getFirst().strip();
    return new PluginException(
        Reason.INSTALL, "fetching the plugin with pip failed: " + last, "try again, " + BY_HAND);
  }
}
