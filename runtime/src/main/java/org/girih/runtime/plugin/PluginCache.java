package org.girih.runtime.plugin;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.girih.runtime.plugin.PluginException.Reason;

/// The plugins that were fetched, each in a folder of its own below `plugins/` of the cache.
///
/// A folder appears complete or not at all: it is filled under another name and renamed. Who
/// changes the cache holds the lock file `plugins/.lock`; who only looks needs no lock.
public final class PluginCache {
  /// Two threads of one process cannot share a file lock: they queue here first.
  private static final ReentrantLock WITHIN_PROCESS = new ReentrantLock();

  private static final String FRESH = ".new-";

  private final Path root;
  private final Path plugins;
  private final PrintStream progress;
  private final Pip pip;

  /// @param cache the cache's root, see [CacheFolder]
  /// @param progress where progress is reported: standard error
  public PluginCache(Path cache, PrintStream progress) {
    this(cache, progress, new Pip("python3"));
  }

  PluginCache(Path cache, PrintStream progress, Pip pip) {
    this.root = cache;
    this.plugins = cache.resolve("plugins");
    this.progress = progress;
    this.pip = pip;
  }

  /// Returns the folder below which the plugins are.
  public Path folder() {
    return plugins;
  }

  /// The state of a package: nothing, a good folder, or a damaged one.
  public sealed interface State {
    record Missing(Path folder) implements State {}

    record Good(InstalledPlugin plugin) implements State {}

    record Damaged(Path folder, String why) implements State {}

    /// Someone else could have changed it.
    record Refused(PluginException why) implements State {}
  }

  /// Reads the files only if they were not read since the machine started, or may have changed
  /// since.
  public State look(PluginPackage wanted) {
    return look(wanted, InstalledPlugin.Depth.QUICK);
  }

  /// Reads every byte: up to four seconds for the CPU plugin.
  public State verify(PluginPackage wanted) {
    return look(wanted, InstalledPlugin.Depth.FULL);
  }

  private State look(PluginPackage wanted, InstalledPlugin.Depth depth) {
    Path folder = plugins.resolve(wanted.folder());
    var distrust = FolderTrust.look(root, plugins, folder, folder.resolve(InstalledPlugin.RECORD));
    if (distrust.isPresent()) {
      return new State.Refused(distrust.get().exception());
    }
    if (!Files.isDirectory(folder)) {
      return new State.Missing(folder);
    }
    InstalledPlugin plugin = InstalledPlugin.at(folder, wanted);
    try {
      return plugin
          .damage(wanted, depth)
          .<State>map(why -> new State.Damaged(folder, why))
          .orElseGet(() -> new State.Good(plugin));
    } catch (IOException e) {
      return new State.Damaged(folder, "it cannot be read: " + e.getMessage());
    }
  }

  /// Returns the installed plugin; fetched first if it is missing or damaged.
  public InstalledPlugin require(PluginPackage wanted) throws PluginException {
    if (look(wanted) instanceof State.Good(var plugin)) {
      return plugin;
    }
    return locked(() -> requireLocked(wanted));
  }

  private InstalledPlugin requireLocked(PluginPackage wanted) throws PluginException, IOException {
    switch (look(wanted)) {
      case State.Good(var plugin) -> {
        return plugin;
      }
      case State.Damaged(var folder, var why) ->
          progress.println("girih: " + folder + " is damaged (" + why + "): fetching it again");
      case State.Refused(var why) -> throw why;
      case State.Missing _ -> {}
    }
    requireSupported();
    requireSpace(wanted.megabytes() + wanted.unpackedMegabytes());
    for (Wheel wheel : wanted.wheels()) {
      progress.println("girih: " + wheel.folder() + ", licence: " + wheel.licence());
    }
    var wheels = new ArrayList<Path>();
    var folders = new ArrayList<Path>();
    try {
      for (Wheel wheel : wanted.wheels()) {
        progress.println(
            "girih: fetching the plugin "
                + wheel.folder()
                + " ("
                + wheel.megabytes()
                + " MB) with pip into "
                + plugins);
        folders.add(Files.createTempDirectory(plugins, FRESH));
        wheels.add(pip.download(wheel, folders.getLast()));
      }
      return unpack(wanted, wheels);
    } finally {
      for (Path folder : folders) {
        delete(folder);
      }
    }
  }

  /// Installs from wheels that were fetched by other means: all those of a plugin, as pinned.
  public InstalledPlugin installFromWheels(List<Path> given) throws PluginException {
    var byHash = new HashMap<String, Path>();
    for (Path wheel : given) {
      byHash.put(hash(wheel), wheel);
    }
    for (PluginPackage known : PluginPackage.all()) {
      List<Wheel> missing =
          known.wheels().stream().filter(w -> !byHash.containsKey(w.sha256())).toList();
      if (missing.isEmpty()) {
        List<Path> wheels = known.wheels().stream().map(w -> byHash.get(w.sha256())).toList();
        return locked(
            () -> {
              requireSpace(known.unpackedMegabytes());
              return unpack(known, wheels);
            });
      }
      if (byHash.containsKey(known.wheel().sha256())) {
        throw new PluginException(
            Reason.INSTALL,
            "the plugin " + known.folder() + " needs " + missing.getFirst().folder() + " beside it",
            "give it with a second --from; its sha256 is " + missing.getFirst().sha256());
      }
    }
    String names = PluginPackage.all().stream().map(PluginPackage::folder).collect(joining(", "));
    throw new PluginException(
        Reason.INSTALL,
        given.getFirst() + " is not the wheel of " + names.replaceAll(", ([^,]*)$", " or $1"),
        "the sha256 of "
            + PluginPackage.CPU.folder()
            + " must be "
            + PluginPackage.CPU.wheel().sha256()
            + "; another plugin is used with --plugin PATH");
  }

  private static String hash(Path wheel) throws PluginException {
    if (!Files.isRegularFile(wheel)) {
      throw new PluginException(Reason.INSTALL, "file " + wheel + " does not exist", "");
    }
    try {
      return InstalledPlugin.sha256(wheel);
    } catch (IOException e) {
      throw new PluginException(
          Reason.INSTALL, "cannot read " + wheel + ": " + e.getMessage(), "", e);
    }
  }

  /// @param wheels those of `wanted`, in its order
  private InstalledPlugin unpack(PluginPackage wanted, List<Path> wheels)
      throws IOException, PluginException {
    Path fresh = Files.createTempDirectory(plugins, FRESH);
    try {
      InstalledPlugin plugin = InstalledPlugin.at(fresh, wanted);
      for (int i = 0; i < wheels.size(); i++) {
        progress.println("girih: unpacking " + wheels.get(i).getFileName());
        try (var zip = new ZipFile(wheels.get(i).toFile())) {
          for (String file : wanted.wheels().get(i).files()) {
            extract(zip, file, plugin.kept(wanted, file));
          }
        }
      }
      LibraryFile.check(plugin.library());
      plugin.record(wanted);
      Path folder = plugins.resolve(wanted.folder());
      delete(folder);
      Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
      return InstalledPlugin.at(folder, wanted);
    } finally {
      delete(fresh);
    }
  }

  private static void extract(ZipFile zip, String name, Path to) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new IOException("the wheel holds no " + name);
    }
    Files.createDirectories(to.getParent());
    try (var in = zip.getInputStream(entry)) {
      Files.copy(in, to);
    }
    // Java reads no permissions from a zip: a program, such as ptxas, is known by its folder.
    if (to.getParent().endsWith("bin") && !to.toFile().setExecutable(true)) {
      throw new IOException("cannot make " + to + " executable");
    }
  }

  private static void requireSupported() throws PluginException {
    String system = System.getProperty("os.name");
    String machine = System.getProperty("os.arch");
    if (!system.equals("Linux") || !(machine.equals("amd64") || machine.equals("x86_64"))) {
      throw new PluginException(
          Reason.INSTALL,
          "no plugin can be fetched for " + system + " " + machine,
          "running programs works on Linux x86-64; checking and building them works here");
    }
  }

  private void requireSpace(int megabytes) throws IOException, PluginException {
    long usable = Files.getFileStore(plugins).getUsableSpace() >> 20;
    if (usable < megabytes) {
      throw new PluginException(
          Reason.INSTALL,
          "the plugin needs " + megabytes + " MB in " + plugins + ", " + usable + " MB are free",
          "free some, or set GIRIH_CACHE to a folder on another disk");
    }
  }

  @FunctionalInterface
  private interface Work {
    InstalledPlugin run() throws PluginException, IOException;
  }

  /// Runs `work` while no other thread and no other process changes the cache.
  private InstalledPlugin locked(Work work) throws PluginException {
    WITHIN_PROCESS.lock();
    try {
      CacheFolder.create(plugins);
      var distrust = FolderTrust.look(root, plugins);
      if (distrust.isPresent()) {
        throw distrust.get().exception();
      }
      Path file = plugins.resolve(".lock");
      try (var channel =
              FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          var _ = lock(channel)) {
        removeLeftovers();
        return work.run();
      }
    } catch (FileAlreadyExistsException e) {
      throw unwritable(e.getFile() + " is a file, not a folder", e);
    } catch (java.nio.file.AccessDeniedException e) {
      throw unwritable("no permission for " + e.getFile(), e);
    } catch (IOException e) {
      throw unwritable(String.valueOf(e.getMessage()), e);
    } finally {
      WITHIN_PROCESS.unlock();
    }
  }

  private FileLock lock(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return lock;
      }
    } catch (OverlappingFileLockException e) {
      throw new IOException("the cache is locked by this process", e);
    }
    progress.println("girih: another girih is installing the plugin: waiting for it");
    return channel.lock();
  }

  private PluginException unwritable(String why, IOException cause) {
    boolean full = why.contains("No space left");
    return new PluginException(
        full ? Reason.INSTALL : Reason.CACHE,
        full
            ? "no space left on the disk of the cache " + plugins
            : "cannot write the cache " + plugins + ": " + why,
        full
            ? "free some, or set GIRIH_CACHE to a folder on another disk"
            : "set GIRIH_CACHE to a folder that you can write",
        cause);
  }

  /// Removes what a killed process left half done. Called under the lock, so that no one is at it.
  private void removeLeftovers() throws IOException {
    List<Path> left;
    try (var files = Files.list(plugins)) {
      left = files.filter(f -> f.getFileName().toString().startsWith(FRESH)).toList();
    }
    for (Path folder : left) {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> inside;
    try (var files = Files.walk(folder)) {
      inside = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : inside) {
      Files.deleteIfExists(file);
    }
  }
}
