package org.girih.cli.command;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.girih.cli.run.RunProblem;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.runtime.cache.CachingCompiler;
import org.girih.runtime.pjrt.Client;
import org.girih.runtime.pjrt.PjrtException;
import org.girih.runtime.pjrt.Plugin;
import org.girih.runtime.plugin.CacheFolder;
import org.girih.runtime.plugin.PluginCache;
import org.girih.runtime.plugin.PluginException;
import org.girih.runtime.plugin.PluginSearch;
import picocli.CommandLine.Option;

/// `--plugin`, and the way from it to a client.
final class PluginOption {
  @Option(
      names = "--plugin",
      paramLabel = "PATH",
      description =
          "A PJRT plugin; else GIRIH_PJRT_PLUGIN, PJRT_NAMES_AND_LIBRARY_PATHS, the cache.")
  private Path path;

  private FutureTask<Plugin> loading;

  /// Begins to load the plugin, so that it is there when the program has been read; if it must be
  /// fetched first, or cannot be used, nothing is begun.
  void loadAhead(Terminal terminal) {
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

  /// A client of the plugin that decides, fetched if need be.
  Client open(Terminal terminal) throws RunProblem {
    return open(terminal, 1);
  }

  /// A client with so many devices, where the plugin makes them.
  Client open(Terminal terminal, int devices) throws RunProblem {
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
    var cache = new PluginCache(CacheFolder.of(terminal.environment()), terminal.err());
    return Plugin.load(
        PluginSearch.look(Optional.ofNullable(path), terminal.environment(), cache).library(cache));
  }

  /// A compiler for the client, with the cache that the environment asks for.
  static CachingCompiler compiler(Client client, Terminal terminal) throws RunProblem {
    try {
      return CachingCompiler.of(client, terminal.environment(), terminal.err());
    } catch (IllegalArgumentException e) {
      throw new RunProblem(Diagnostic.error(Code.BAD_CACHE, e.getMessage()));
    }
  }

  static Diagnostic diagnostic(PluginException e) {
    Code code =
        switch (e.reason()) {
          case NONE -> Code.NO_PLUGIN;
          case BAD_FILE -> Code.BAD_PLUGIN;
          case API_VERSION -> Code.PLUGIN_TOO_OLD;
          case SETUP -> Code.PLUGIN_FAILED;
          case CACHE -> Code.BAD_CACHE;
          case INSTALL -> Code.INSTALL_FAILED;
        };
    var d = Diagnostic.error(code, e.getMessage());
    return e.help().isEmpty() ? d : d.help(e.help());
  }
}
