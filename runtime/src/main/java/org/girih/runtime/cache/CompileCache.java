package org.girih.runtime.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.girih.runtime.plugin.CacheFolder;

/// A folder of compiled programs. Safe between threads and processes without a lock: files appear
/// whole, by renaming, and one that another process removes meanwhile is a miss.
///
/// @param folder where the entries are; made when the first is stored
/// @param limit bytes of all entries; beyond it those go that were not used for longest
public record CompileCache(Path folder, long limit) {
  private static final String SUFFIX = ".xla";
  private static final String FRESH = ".new";

  /// The answer of the cache to a program that is being compiled.
  public sealed interface Answer {
    /// An executable of this very program under these surroundings.
    record Hit(byte[] serialized) implements Answer {}

    /// None; `why` completes "it is compiled: …".
    record Miss(String why) implements Answer {}
  }

  /// Looks for an executable.
  ///
  /// @param program what was compiled, without what has no influence on it, such as places in the
  ///     source
  public Answer look(byte[] program, CompileEnvironment around) {
    Path file = file(program, around);
    try {
      var found = CacheEntry.decode(Files.readAllBytes(file));
      if (found.isEmpty()) {
        Files.deleteIfExists(file);
        return new Answer.Miss("its entry was damaged");
      }
      CacheEntry entry = found.get();
      if (!Arrays.equals(entry.program(), program) || !entry.around().equals(around.text())) {
        return new Answer.Miss("its entry is another program's, whose hash is the same");
      }
      used(file);
      return new Answer.Hit(entry.serialized());
    } catch (NoSuchFileException _) {
      return new Answer.Miss(other(program, around));
    } catch (IOException e) {
      return new Answer.Miss("its entry cannot be read: " + e.getMessage());
    }
  }

  /// Returns why there is none: the program is new, or it was compiled under other surroundings.
  private String other(byte[] program, CompileEnvironment around) {
    String prefix = Hash.of(program);
    for (Path file : files()) {
      if (!file.getFileName().toString().startsWith(prefix)) {
        continue;
      }
      try {
        var entry = CacheEntry.decode(Files.readAllBytes(file));
        if (entry.isPresent() && Arrays.equals(entry.get().program(), program)) {
          var differences = around.differences(CompileEnvironment.parse(entry.get().around()));
          return "it was compiled with another " + String.join(", ", differences);
        }
      } catch (IOException _) {
        // Removed meanwhile; the others may tell.
      }
    }
    return "it is new";
  }

  /// Stores an executable, and removes what exceeds the limit.
  ///
  /// @throws IOException if the folder cannot be written; nothing is left half done
  public void store(byte[] program, CompileEnvironment around, byte[] serialized)
      throws IOException {
    byte[] content = new CacheEntry(program, around.text(), serialized).encode();
    if (content.length > limit) {
      return;
    }
    CacheFolder.create(folder);
    Path fresh = Files.createTempFile(folder, "entry", FRESH);
    try {
      Files.write(fresh, content);
      Files.move(fresh, file(program, around), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(fresh);
    }
    shrink();
  }

  /// Forgets a program whose executable turned out to be unusable.
  public void forget(byte[] program, CompileEnvironment around) throws IOException {
    Files.deleteIfExists(file(program, around));
  }

  /// Removes every entry, and what ended processes left; returns how many entries there were.
  public int clear() throws IOException {
    int entries = 0;
    for (Path file : files()) {
      entries += Files.deleteIfExists(file) ? 1 : 0;
    }
    removeLeftovers();
    return entries;
  }

  /// Removes files that were begun an hour ago, which will not be finished: their process was
  /// killed.
  private void removeLeftovers() throws IOException {
    var old = FileTime.from(Instant.now().minusSeconds(3600));
    for (Path file : listed(FRESH)) {
      try {
        if (Files.getLastModifiedTime(file).compareTo(old) < 0) {
          Files.deleteIfExists(file);
        }
      } catch (NoSuchFileException _) {
        // It has just been finished.
      }
    }
  }

  /// The number of entries, and their bytes.
  public record Size(int entries, long bytes) {}

  public Size size() {
    long bytes = 0;
    int entries = 0;
    for (Path file : files()) {
      try {
        bytes += Files.size(file);
        entries++;
      } catch (IOException _) {
        // Removed meanwhile: it takes no room.
      }
    }
    return new Size(entries, bytes);
  }

  private record Used(Path file, long bytes, FileTime when) {}

  /// Removes the entries not used for longest until a tenth of the limit is free again.
  private void shrink() throws IOException {
    removeLeftovers();
    var entries = new ArrayList<Used>();
    long bytes = 0;
    for (Path file : files()) {
      try {
        entries.add(new Used(file, Files.size(file), Files.getLastModifiedTime(file)));
        bytes += entries.getLast().bytes;
      } catch (NoSuchFileException _) {
        // Another process was faster.
      }
    }
    if (bytes <= limit) {
      return;
    }
    entries.sort(Comparator.comparing(Used::when));
    for (Used entry : entries) {
      if (bytes <= limit - limit / 10) {
        break;
      }
      Files.deleteIfExists(entry.file);
      bytes -= entry.bytes;
    }
  }

  private static void used(Path file) {
    try {
      Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
    } catch (IOException _) {
      // A folder that only is read keeps the order in which it was filled.
    }
  }

  private Path file(byte[] program, CompileEnvironment around) {
    String text = around.text();
    return folder.resolve(Hash.of(program) + "-" + Hash.of(text.getBytes()) + SUFFIX);
  }

  private List<Path> files() {
    return listed(SUFFIX);
  }

  private List<Path> listed(String suffix) {
    try (var list = Files.list(folder)) {
      return list.filter(f -> f.getFileName().toString().endsWith(suffix)).toList();
    } catch (IOException | java.io.UncheckedIOException e) {
      return List.of(); // No folder, no entries.
    }
  }
}
