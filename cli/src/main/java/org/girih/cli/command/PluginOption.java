package org.girih.cli.command;

import java.nio.file.Path;
import java.util.Optional;
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

  /// A client of the plugin that decides, fetched if need be.
  Client open(Terminal terminal) throws RunProblem {
    try {
      var cache = new PluginCache(CacheFolder.of(terminal.environment()), terminal.err());
      Path library =
          PluginSearch.look(Optional.ofNullable(path), terminal.environment(), cache)
              .library(cache);
      return Client.create(Plugin.load(library));
    } catch (PluginException e) {
      throw new RunProblem(diagnostic(e));
    } catch (PjrtException e) {
      throw new RunProblem(
          Diagnostic.error(Code.PLUGIN_FAILED, "the plugin failed: " + e.getMessage()));
    }
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
