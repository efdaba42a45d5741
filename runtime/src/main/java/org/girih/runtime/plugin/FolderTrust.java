package org.girih.runtime.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/// Tells whether someone else could have put into a folder what is loaded and run from it, as ssh
/// and git do of what is theirs: the user or root owns it, and no one else may write it.
public final class FolderTrust {
  private static final int ROOT = 0;
  private static final int OTHERS_WRITE = 0022;

  /// Whoever may write such a folder can replace only what is their own.
  private static final int STICKY = 01000;

  private static final Path THIS_PROCESS = Path.of("/proc/self");

  private FolderTrust() {}

  /// The reason why a folder is not used.
  ///
  /// @param help the command that mends it, and the way around
  public record Distrust(String message, String help) {
    /// Returns it as the exception that plugins fail with.
    public PluginException exception() {
      return new PluginException(PluginException.Reason.CACHE, message, help);
    }
  }

  /// Looks at files and folders; those that are not there, and those of a system without owners and
  /// modes, are trusted.
  public static Optional<Distrust> look(Path... paths) {
    return Arrays.stream(paths).flatMap(path -> look(path).stream()).findFirst();
  }

  private static Optional<Distrust> look(Path path) {
    try {
      int owner = (Integer) Files.getAttribute(path, "unix:uid");
      int user = (Integer) Files.getAttribute(THIS_PROCESS, "unix:uid");
      int mode = (Integer) Files.getAttribute(path, "unix:mode");
      if (owner != user && owner != ROOT) {
        return Optional.of(
            new Distrust(
                "the cache " + path + " belongs to another user, number " + owner,
                "`chown -R %d %s` if it is yours, or set GIRIH_CACHE to a folder of your own"
                    .formatted(user, path)));
      }
      if ((mode & OTHERS_WRITE) != 0 && (mode & STICKY) == 0) {
        return Optional.of(
            new Distrust(
                "other users may write the cache " + path + ", and what is in it is run",
                "`chmod go-w " + path + "`, or set GIRIH_CACHE to a folder of your own"));
      }
      return Optional.empty();
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(
          new Distrust(
              "it cannot be seen who may write the cache " + path + ": " + e.getMessage(),
              "set GIRIH_CACHE to a folder of your own"));
    } catch (UnsupportedOperationException | IllegalArgumentException _) {
      return Optional.empty(); // a system without owners and modes
    }
  }
}
