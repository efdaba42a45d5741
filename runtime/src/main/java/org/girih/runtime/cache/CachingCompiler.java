package org.girih.runtime.cache;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.girih.runtime.pjrt.Client;
import org.girih.runtime.pjrt.CompileOptions;
import org.girih.runtime.pjrt.Executable;
import org.girih.runtime.pjrt.Shape;
import org.girih.runtime.plugin.CacheFolder;
import org.girih.runtime.plugin.FolderTrust;
import org.girih.runtime.status.PjrtException;

/// Compiles, or takes what was compiled before. Entries are written while the program runs;
/// [#close] waits for that.
public final class CachingCompiler implements AutoCloseable {
  /// The variable that turns the cache off (`off`) or sets how many MiB it may take.
  public static final String VARIABLE = "GIRIH_COMPILE_CACHE";

  private static final long DEFAULT_MIB = 1024;

  private final Client client;
  private final CompileOptions options;
  private final Optional<CompileCache> cache;
  private final Optional<CompileEnvironment> around;
  private final PrintStream warnings;
  private final List<Thread> writers = new ArrayList<>();
  private boolean warned;

  private CachingCompiler(
      Client client,
      CompileOptions options,
      Optional<CompileCache> cache,
      Optional<CompileEnvironment> around,
      PrintStream warnings) {
    this.client = client;
    this.options = options;
    this.cache = cache;
    this.around = around;
    this.warnings = warnings;
  }

  /// Returns the cache that the environment asks for; empty if it is turned off.
  ///
  /// @throws IllegalArgumentException if [#VARIABLE] is neither `off` nor a number
  public static Optional<CompileCache> cache(Map<String, String> environment) {
    String text = environment.getOrDefault(VARIABLE, "").strip();
    if (text.equals("off") || text.equals("0")) {
      return Optional.empty();
    }
    long limit = DEFAULT_MIB;
    if (!text.isEmpty()) {
      try {
        limit = Long.parseLong(text);
      } catch (NumberFormatException e) {
        limit = -1;
      }
      if (limit < 0 || limit > 1L << 30) {
        throw new IllegalArgumentException(
            VARIABLE + " is `" + text + "`: it takes `off` or a number of MiB");
      }
    }
    Path folder = CacheFolder.of(environment).resolve("compiled");
    return Optional.of(new CompileCache(folder, limit << 20));
  }

  /// Returns a compiler for the first devices of a client, with the cache that the environment asks
  /// for.
  ///
  /// @param devices how many devices a program is partitioned over; 1 for one that is not
  /// @param warnings where it is reported, once, that the cache cannot be written
  /// @throws IllegalArgumentException as [#cache], and if others may write the cache: a program
  ///     that they put there would be run
  public static CachingCompiler of(
      Client client, int devices, Map<String, String> environment, PrintStream warnings) {
    var options = new CompileOptions(client.devices().subList(0, devices));
    var cache = cache(environment);
    Optional<CompileEnvironment> around = Optional.empty();
    if (cache.isPresent()) {
      Path folder = cache.get().folder();
      FolderTrust.look(folder.getParent(), folder)
          .ifPresent(
              why -> {
                throw new IllegalArgumentException(why.message() + "; " + why.help());
              });
      try {
        String plugin = PluginDigest.of(client.plugin().library(), cache.get().folder());
        around = Optional.of(CompileEnvironment.of(client, plugin, options, environment));
      } catch (IOException _) {
        cache = Optional.empty(); // A plugin that cannot be told from others: nothing is kept.
      }
    }
    return new CachingCompiler(client, options, cache, around, warnings);
  }

  /// Returns what [#compile] would find, without compiling; empty if there is no cache.
  public Optional<CompileCache.Answer> look(byte[] identity) {
    return cache.map(c -> c.look(identity, around.orElseThrow()));
  }

  /// Returns an executable of a module that was compiled before.
  ///
  /// @param identity all of the module that has influence on what it computes
  /// @param parameters as for [Client#compile], on each device
  public Optional<Executable> find(byte[] identity, List<Shape> parameters) {
    if (look(identity).orElse(null) instanceof CompileCache.Answer.Hit(byte[] serialized)) {
      try {
        return Optional.of(client.load(serialized, parameters, options.devices()));
      } catch (PjrtException _) {
        forget(identity); // The plugin does not take its own bytes back: they are made anew.
      }
    }
    return Optional.empty();
  }

  /// Compiles a module, and keeps the executable for [#find].
  ///
  /// @param module verified
  /// @param identity as for [#find]
  /// @param what is compiled, as [SlowCompilation] reports it
  /// @throws PjrtException as [Client#compile]
  public Executable compile(byte[] module, byte[] identity, List<Shape> parameters, String what) {
    Executable made;
    try (var _ = SlowCompilation.watch(what, SlowCompilation.LONG, warnings)) {
      made = client.compile(module, parameters, options);
    }
    if (cache.isPresent()) {
      var writer = new Thread(() -> store(identity, made), "girih-compile-cache");
      synchronized (writers) {
        writers.add(writer);
      }
      writer.start();
    }
    return made;
  }

  private void store(byte[] identity, Executable made) {
    byte[] serialized;
    try {
      serialized = made.serialized();
    } catch (PjrtException | IllegalStateException _) {
      return; // The plugin cannot serialise it, or the program has ended before.
    }
    try {
      cache.orElseThrow().store(identity, around.orElseThrow(), serialized);
    } catch (IOException e) {
      warn(e);
    }
  }

  /// Drops what [#find] returned, since it is of no use.
  public void forget(byte[] identity) {
    try {
      cache.orElseThrow().forget(identity, around.orElseThrow());
    } catch (IOException e) {
      warn(e);
    }
  }

  private synchronized void warn(IOException e) {
    if (!warned) {
      warned = true;
      warnings.println(
          "girih: the compile cache cannot be written: "
              + e.getMessage()
              + " ("
              + VARIABLE
              + "=off turns it off)");
    }
  }

  /// Waits until all that was compiled is written.
  @Override
  public void close() {
    boolean interrupted = false;
    List<Thread> all;
    synchronized (writers) {
      all = List.copyOf(writers);
    }
    for (Thread writer : all) {
      try {
        writer.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
