package org.girih.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.girih.host.run.RunProblem;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.runtime.cache.CachingCompiler;
import org.girih.runtime.pjrt.Client;
import org.girih.runtime.pjrt.Plugin;
import org.girih.runtime.plugin.CacheFolder;
import org.girih.runtime.plugin.DeviceFiles;
import org.girih.runtime.plugin.Platform;
import org.girih.runtime.plugin.PluginCache;
import org.girih.runtime.plugin.PluginException;
import org.girih.runtime.plugin.PluginSearch;
import org.girih.runtime.status.PjrtException;
import picocli.CommandLine.Option;

/// `--plugin`, and the way from it to a client.
final class PluginOption {
  @Option(
      names = "--plugin",
      paramLabel = "PATH",
      description =
          "A PJRT plugin; else GIRIH_PJRT_PLUGIN, PJRT_NAMES_AND_LIBRARY_PATHS, the cache.")
  private Path path;

  @Option(
      names = "--device",
      paramLabel = "PLATFORM",
      description = "cpu, cuda or tpu; else GIRIH_DEVICE, or whatever the plugin has.")
  private String device;

  @Option(
      names = "--preallocate",
      description = "cuda: take most of the GPU's memory at once, not as it is needed.")
  private boolean preallocate;

  @Option(
      names = "--memory-fraction",
      paramLabel = "FRACTION",
      description = "cuda: the part of the GPU's memory that may be taken, such as 0.5.")
  private Float fraction;

  private FutureTask<Plugin> loading;

  /// Begins to load the plugin, so that it is there when the program has been read; if it must be
  /// fetched first, or cannot be used, nothing is begun.
  void loadAhead(Terminal terminal) {
    String asked =
        device != null ? device : terminal.environment().getOrDefault("GIRIH_DEVICE", "");
    if (!asked.isBlank() && !asked.equals(Platform.CPU.text())) {
      return; // another plugin will be
    }
    var cache = new PluginCache(CacheFolder.of(terminal.environment()), terminal.err());
    var place = PluginSearch.look(Optional.ofNullable(path), terminal.environment(), cache);
    if (place.decisive().finding() instanceof PluginSearch.Finding.Usable(Path library)) {
      loading = new FutureTask<>(() -> Plugin.load(library));
      new Thread(loading, "girih-plugin").start();
    }
  }

  /// Waits until nothing is being loaded: a process should not end in the middle of that.
  void settle() {
    if (loading != null) {
      try {
        loading.get();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      } catch (ExecutionException _) {
        // Whoever opens the plugin will be told.
      }
    }
  }

  /// Returns the platform that is asked for, if one is.
  Optional<Platform> platform(Terminal terminal) throws RunProblem {
    String name = device != null ? device : terminal.environment().getOrDefault("GIRIH_DEVICE", "");
    if (name.isBlank()) {
      return Optional.empty();
    }
    return Optional.of(
        Platform.of(name)
            .orElseThrow(
                () ->
                    new RunProblem(
                        Diagnostic.error(Code.NO_DEVICE, "unknown platform `" + name + "`")
                            .help("`cpu`, `cuda` or `tpu`"))));
  }

  /// Returns where the plugin was named, if it was.
  Optional<Path> path() {
    return Optional.ofNullable(path);
  }

  /// Returns a client of the devices of a platform that this machine has.
  ///
  /// @throws RunProblem with [Code#NO_DEVICE] if there are none
  Client open(Platform platform, Terminal terminal) throws RunProblem {
    Path library = library(platform, Optional.ofNullable(path), terminal);
    if (!DeviceFiles.present(platform, Path.of("/"))) {
      throw new RunProblem(
          Diagnostic.error(
                  Code.NO_DEVICE, "this machine has no device of the platform " + platform.text())
              .help("`girih build --target " + platform.text() + ":…` compiles for one"));
    }
    try {
      Plugin plugin = Plugin.load(library);
      return switch (platform) {
        case CPU, TPU -> Client.create(plugin);
        case CUDA -> Client.create(plugin, cudaOptions());
      };
    } catch (PluginException e) {
      throw new RunProblem(diagnostic(e));
    } catch (PjrtException e) {
      throw new RunProblem(
          Diagnostic.error(Code.PLUGIN_FAILED, "the plugin failed: " + e.getMessage()));
    }
  }

  /// Returns the options of XLA's GPU client (openxla/xla,
  /// `xla/pjrt/c/pjrt_c_api_gpu_internal.cc`).
  private List<org.girih.runtime.pjrt.Option> cudaOptions() throws RunProblem {
    var options = new ArrayList<org.girih.runtime.pjrt.Option>();
    options.add(new org.girih.runtime.pjrt.Option.Flag("preallocate", preallocate));
    if (fraction != null) {
      if (!(fraction > 0 && fraction <= 1)) {
        throw new RunProblem(
            Diagnostic.error(
                Code.NO_DEVICE, "`--memory-fraction " + fraction + "` is not between 0 and 1"));
      }
      options.add(new org.girih.runtime.pjrt.Option.Real("memory_fraction", fraction));
    }
    return options;
  }

  /// Returns a client of the plugin that decides, fetched if need be.
  Client open(Terminal terminal) throws RunProblem {
    return open(terminal, 1);
  }

  /// Returns a client with that many devices, where the plugin makes them.
  Client open(Terminal terminal, int devices) throws RunProblem {
    Optional<Platform> asked = platform(terminal);
    if (asked.isPresent() && asked.get() != Platform.CPU) {
      return open(asked.get(), terminal);
    }
    try {
      return Client.create(loaded(terminal), devices);
    } catch (PluginException e) {
      throw new RunProblem(diagnostic(e));
    } catch (PjrtException e) {
      throw new RunProblem(
          Diagnostic.error(Code.PLUGIN_FAILED, "the plugin failed: " + e.getMessage()));
    }
  }

  private Plugin loaded(Terminal terminal) throws PluginException {
    settle();
    if (loading != null && loading.state() == java.util.concurrent.Future.State.SUCCESS) {
      return loading.resultNow();
    }
    if (loading != null && loading.exceptionNow() instanceof PluginException failed) {
      throw failed; // the JVM does not load a native library twice
    }
    var cache = new PluginCache(CacheFolder.of(terminal.environment()), terminal.err());
    return Plugin.load(
        PluginSearch.look(Optional.ofNullable(path), terminal.environment(), cache).library(cache));
  }

  /// Returns a compiler for the first devices of the client, with the cache that the environment
  /// asks for.
  ///
  /// @param wanted how many devices the program is for; fewer are taken if there are fewer
  static CachingCompiler compiler(Client client, long wanted, Terminal terminal) throws RunProblem {
    int devices = (int) Math.min(wanted, client.devices().size());
    try {
      return CachingCompiler.of(client, devices, terminal.environment(), terminal.err());
    } catch (IllegalArgumentException e) {
      throw new RunProblem(Diagnostic.error(Code.BAD_CACHE, e.getMessage()));
    }
  }

  /// Returns the plugin of a platform.
  ///
  /// @throws RunProblem with the command that installs it, if it is not there
  static Path library(Platform platform, Optional<Path> explicit, Terminal terminal)
      throws RunProblem {
    var cache = new PluginCache(CacheFolder.of(terminal.environment()), terminal.err());
    try {
      return PluginSearch.library(platform, explicit, terminal.environment(), cache);
    } catch (PluginException e) {
      throw new RunProblem(diagnostic(e));
    }
  }

  static Diagnostic diagnostic(PluginException e) {
    Code code =
        switch (e.reason()) {
          case NONE -> Code.NO_PLUGIN;
          case BAD_FILE -> Code.BAD_PLUGIN;
          case API_VERSION -> Code.PLUGIN_TOO_OLD;
          case SETUP -> Code.PLUGIN_FAILED;
          case LOCKED -> Code.DEVICE_LOCKED;
          case CACHE -> Code.BAD_CACHE;
          case INSTALL -> Code.INSTALL_FAILED;
        };
    var d = Diagnostic.error(code, e.getMessage());
    return e.help().isEmpty() ? d : d.help(e.help());
  }
}
