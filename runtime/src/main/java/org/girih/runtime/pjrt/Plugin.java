package org.girih.runtime.pjrt;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import org.girih.runtime.plugin.LibraryFile;
import org.girih.runtime.plugin.PluginException;
import org.girih.runtime.plugin.PluginException.Reason;
import org.girih.runtime.status.PjrtException;

/// A plugin that is loaded into this process, where it stays until the process ends.
///
/// @param library the shared library
/// @param apiMajor major version of the PJRT C API that it implements
/// @param apiMinor minor version of it
/// @param api address of its function table
public record Plugin(Path library, int apiMajor, int apiMinor, long api) {
  /// The only major version there is.
  public static final int API_MAJOR = 0;

  /// The oldest minor version that is supported: that whose structs and slots the shim
  /// declares.
  public static final int OLDEST_API_MINOR = 81;

  /// Loads a plugin.
  ///
  /// @throws PluginException if the file is none for this machine, or its API is too old
  public static Plugin load(Path file) throws PluginException {
    Path library = LibraryFile.check(file);
    try (var arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(JAVA_LONG, 3);
      MemorySegment path = arena.allocateFrom(library.toString());
      Native.check(Shim.open(path.address(), out.address()));
      long api = out.getAtIndex(JAVA_LONG, 0);
      int major = (int) out.getAtIndex(JAVA_LONG, 1);
      int minor = (int) out.getAtIndex(JAVA_LONG, 2);
      requireVersion(library, major, minor);
      Native.check(Shim.initialize(api));
      return new Plugin(library, major, minor, api);
    } catch (PjrtException e) {
      throw translate(library, e);
    } catch (LinkageError e) {
      throw new PluginException(
          Reason.CACHE,
          "Girih's native library cannot be loaded: " + ShimLibrary.why(e),
          "set GIRIH_CACHE to a folder that can be written, from which programs may be run",
          e);
    }
  }

  private static void requireVersion(Path library, int major, int minor) throws PluginException {
    if (major != API_MAJOR || minor < OLDEST_API_MINOR) {
      throw new PluginException(
          Reason.API_VERSION,
          library
              + (major > API_MAJOR ? " is too new" : " is too old")
              + ": it has PJRT API "
              + major
              + "."
              + minor
              + ", Girih needs "
              + API_MAJOR
              + "."
              + OLDEST_API_MINOR
              + " or a later "
              + API_MAJOR
              + ".x",
          "'girih plugin install' fetches a CPU plugin that fits");
    }
  }

  private static PluginException translate(Path library, PjrtException e) {
    String begin = "cannot use " + library + " as a PJRT plugin: ";
    if (locked(e)) {
      return new PluginException(
          Reason.LOCKED,
          "another process holds the TPU, or one that was killed left its lock",
          "wait for it or end it; if no such process runs, remove /tmp/libtpu_lockfile",
          e);
    }
    return switch (e.code()) {
      case NOT_FOUND, FAILED_PRECONDITION ->
          new PluginException(
              Reason.BAD_FILE,
              begin + e.getMessage(),
              "'girih plugin list' shows where plugins are looked for",
              e);
      default ->
          new PluginException(Reason.SETUP, begin + "its set-up failed: " + e.getMessage(), "", e);
    };
  }

  /// Returns whether libtpu reports that it is in use: one process at a time may have a TPU.
  private static boolean locked(PjrtException e) {
    return e.getMessage().contains("libtpu_lockfile")
        || e.getMessage().contains("multi-process lockfile")
        || e.getMessage().contains("already in use by");
  }

  /// Returns `0.81`.
  public String apiVersion() {
    return apiMajor + "." + apiMinor;
  }
}
