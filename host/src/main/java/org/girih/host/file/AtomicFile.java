package org.girih.host.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.girih.ir.diagnostic.Code;

/// Writes files that are complete or not there: into a new file in the same folder, which is
/// flushed to the disk and then takes the target's name. If anything fails the target is as it was,
/// and the new file is gone.
public final class AtomicFile {
  /// Names may have 255 bytes; the new file's adds some to the target's.
  private static final int KEPT_OF_NAME = 100;

  private AtomicFile() {}

  /// The content that is written.
  public interface Content {
    void write(OutputStream out) throws IOException;
  }

  /// @throws FileProblem with [Code#CANNOT_WRITE]
  public static void write(Path path, Content content) throws FileProblem {
    Path fresh = null;
    try {
      Path target = path.toAbsolutePath();
      boolean replaces = Files.exists(target);
      if (replaces) {
        // The link stays, and what it leads to is replaced.
        target = target.toRealPath();
        if (!Files.isRegularFile(target)) {
          // A device would be replaced by a file.
          throw problem(path, Files.isDirectory(target) ? "it is a folder" : "it is not a file");
        }
      } else if (Files.isSymbolicLink(target)) {
        throw problem(path, "it is a link to nothing");
      }
      fresh = freshName(target);
      // From its first byte nobody may read it who may not read the file that it replaces.
      Set<PosixFilePermission> mode = replaces ? Files.getPosixFilePermissions(target) : Set.of();
      FileAttribute<?>[] attributes =
          replaces
              ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(mode)}
              : new FileAttribute<?>[0];
      try (var channel =
              FileChannel.open(
                  fresh,
                  Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                  attributes);
          var out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
        // Also when Ctrl-C ends the process.
        fresh.toFile().deleteOnExit();
        content.write(out);
        out.flush();
        channel.force(true);
      }
      if (replaces) {
        Files.setPosixFilePermissions(fresh, mode); // the umask may have taken some
      }
      Files.move(
          fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      syncFolder(target);
    } catch (NoSuchFileException e) {
      boolean there = Files.isDirectory(path.toAbsolutePath().getParent());
      throw problem(path, there ? "no file can be made in that folder" : reason(e));
    } catch (IOException e) {
      throw problem(path, reason(e));
    } finally {
      if (fresh != null) {
        delete(fresh);
      }
    }
  }

  /// Deletes what processes that were killed while they wrote this file have left beside it: new
  /// files that are an hour old, of processes that are gone.
  public static void clean(Path path) {
    Path target = path.toAbsolutePath();
    String head = head(target);
    Instant old = Instant.now().minus(Duration.ofHours(1));
    try (var files =
        Files.newDirectoryStream(
            target.getParent(), file -> file.getFileName().toString().startsWith(head))) {
      for (Path file : files) {
        String[] numbers = file.getFileName().toString().substring(head.length()).split("[-.]");
        boolean gone =
            numbers.length == 3
                && numbers[2].equals("tmp")
                && numbers[0].matches("[0-9]{1,18}")
                && ProcessHandle.of(Long.parseLong(numbers[0])).isEmpty();
        if (gone && Files.getLastModifiedTime(file).toInstant().isBefore(old)) {
          Files.delete(file);
        }
      }
    } catch (IOException | DirectoryIteratorException _) {
      // They only take room.
    }
  }

  /// Puts the new name on the disk too, so that no crash brings the old file back.
  private static void syncFolder(Path target) {
    try (var folder = FileChannel.open(target.getParent(), StandardOpenOption.READ)) {
      folder.force(true);
    } catch (IOException _) {
      // Some file systems refuse to open or to flush a folder; the file itself is flushed.
    }
  }

  private static Path freshName(Path target) {
    String unique = ProcessHandle.current().pid() + "-" + Long.toHexString(System.nanoTime());
    return target.resolveSibling(head(target) + unique + ".tmp");
  }

  /// Returns what the names of a file's new files begin with.
  private static String head(Path target) {
    String name = target.getFileName().toString();
    return "." + name.substring(0, Math.min(name.length(), KEPT_OF_NAME)) + ".";
  }

  private static void delete(Path fresh) {
    try {
      Files.deleteIfExists(fresh);
    } catch (IOException _) {
      // The failure that led here is what the user should see.
    }
  }

  private static FileProblem problem(Path path, String why) {
    return new FileProblem(Code.CANNOT_WRITE, "cannot write `" + path + "`: " + why);
  }

  /// Returns why an operation on a file failed, in a few words.
  public static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException _ -> "no such folder";
      case AccessDeniedException _ -> "access is denied";
      case java.nio.file.FileSystemException f when f.getReason() != null -> f.getReason();
      case IOException other -> other.getMessage() == null ? "output failed" : other.getMessage();
    };
  }
}
