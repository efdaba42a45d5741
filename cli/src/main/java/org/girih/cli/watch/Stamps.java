package org.girih.cli.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What files were at some time: two of the same stamp have the same content.
///
/// @param files those that can be read
record Stamps(Map<Path, Stamp> files) {
  /// @param key which file it is, where the file system says so: one that took another's name is
  ///     another
  record Stamp(Instant modified, long size, Optional<Object> key) {
    static Optional<Stamp> of(Path file) {
      try {
        var now = Files.readAttributes(file, BasicFileAttributes.class);
        return Optional.of(
            new Stamp(
                now.lastModifiedTime().toInstant(),
                now.size(),
                Optional.ofNullable(now.fileKey())));
      } catch (IOException _) {
        return Optional.empty(); // not there, or not for us: that is what can change
      }
    }
  }

  static Stamps of(Set<Path> files) {
    var out = new HashMap<Path, Stamp>();
    files.forEach(file -> Stamp.of(file).ifPresent(stamp -> out.put(file, stamp)));
    return new Stamps(out);
  }

  /// Returns stamps of the files that were read since an instant: these, and for a file that nobody
  /// knew of before it was read, what it is now; none if it was written since then, so that it
  /// counts as changed.
  Stamps read(Set<Path> known, Set<Path> read, Instant since) {
    var out = new HashMap<Path, Stamp>();
    for (Path file : read) {
      Optional<Stamp> stamp =
          known.contains(file)
              ? Optional.ofNullable(files.get(file))
              : Stamp.of(file).filter(now -> now.modified().isBefore(since));
      stamp.ifPresent(s -> out.put(file, s));
    }
    return new Stamps(out);
  }

  /// Returns a file that differs, if one does.
  Optional<Path> changed(Stamps now) {
    var all = new TreeSet<>(files.keySet());
    all.addAll(now.files.keySet());
    return all.stream()
        .filter(
            file ->
                !Optional.ofNullable(files.get(file))
                    .equals(Optional.ofNullable(now.files.get(file))))
        .findFirst();
  }
}
