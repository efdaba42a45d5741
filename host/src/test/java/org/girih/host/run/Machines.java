package org.girih.host.run;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.girih.runtime.pjrt.Client;
import org.girih.runtime.pjrt.Plugin;
import org.girih.runtime.plugin.CacheFolder;
import org.girih.runtime.plugin.PluginCache;
import org.girih.runtime.plugin.PluginPackage;
import org.girih.runtime.plugin.PluginSearch;

/// Clients of the CPU plugins with several virtual devices, each made when it is asked for.
public final class Machines implements AutoCloseable {
  private record Key(Path plugin, int devices) {}

  private final Map<Key, Client> clients = new HashMap<>();

  public Client client(Path plugin, int devices) throws Exception {
    var key = new Key(plugin, devices);
    Client client = clients.get(key);
    if (client == null) {
      client = Client.create(Plugin.load(plugin), devices);
      clients.put(key, client);
    }
    return client;
  }

  /// The plugin that programs run on when nothing is said.
  public static Path defaultPlugin() throws Exception {
    var cache = new PluginCache(CacheFolder.of(System.getenv()), new PrintStream(System.err));
    return PluginSearch.look(Optional.empty(), System.getenv(), cache).library(cache);
  }

  /// The other columns of the test matrix, of earlier versions of XLA.
  public static List<Path> olderPlugins() throws Exception {
    var cache = new PluginCache(CacheFolder.of(System.getenv()), new PrintStream(System.err));
    return List.of(
        cache.require(PluginPackage.CPU_106).library(),
        cache.require(PluginPackage.CPU_81).library());
  }

  @Override
  public void close() {
    clients.values().forEach(Client::close);
    clients.clear();
  }
}
