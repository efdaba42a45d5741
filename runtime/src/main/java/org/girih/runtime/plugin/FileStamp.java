package org.girih.runtime.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/// Tells whether a file is still the one that was read before, without reading it: by its size, its
/// times and its number on the disk, and the boot of the machine. Whoever changes a file can set
/// the time of its content back, but not that of the change itself, so that a hash that was made is
/// good until the machine starts again.
public final class FileStamp {
  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

  private FileStamp() {}

  /// Returns the stamp of a file: one line, which another state of the file does not have.
  public static String of(Path file) throws IOException {
    String known = Files.size(file) + " " + time(Files.getLastModifiedTime(file));
    try {
      var unix = Files.readAttributes(file, "unix:ino,ctime");
      return known + " " + unix.get("ino") + " " + time((FileTime) unix.get("ctime")) + boot();
    } catch (UnsupportedOperationException | IllegalArgumentException _) {
      return known; // a system that keeps no more of a file
    }
  }

  private static String time(FileTime time) {
    return time.toInstant().toString();
  }

  private static String boot() {
    try {
      return " " + Files.readString(BOOT).strip();
    } catch (IOException _) {
      return ""; // not Linux: the other numbers must do
    }
  }
}
