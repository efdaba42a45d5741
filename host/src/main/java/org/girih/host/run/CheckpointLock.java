package org.girih.host.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;

/// Holds a checkpoint for one run: the system's lock of a file beside it, which names the owner.
/// The lock goes with its process, however that ends; a file that is left behind locks no one out.
final class CheckpointLock implements AutoCloseable {
  private static final int LONGEST_OWNER = 1000;

  /// Whoever looks whether it [has an owner][#owner(Path)] has it for a moment.
  private static final Duration GLANCE = Duration.ofMillis(10);

  private static final int GLANCES = 3;

  private final Path file;
  private final FileChannel channel;

  private CheckpointLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /// The outcome of an attempt.
  sealed interface Attempt {
    record Taken(CheckpointLock lock) implements Attempt {}

    /// @param owner who holds it, as its file tells
    record Busy(String owner) implements Attempt {}
  }

  private static Path fileOf(Path checkpoint) {
    return checkpoint.resolveSibling("." + checkpoint.getFileName() + ".lock");
  }

  /// Takes the lock if no one has it.
  ///
  /// @param command what is run, for those who find the lock taken
  /// @throws IOException if there can be no lock: the folder takes no files, or its file system
  ///     has no locks
  static Attempt take(Path checkpoint, String command) throws IOException {
    Path file = fileOf(checkpoint);
    for (int busy = 0; ; ) {
      Optional<Attempt> attempt = attempt(file, command);
      if (attempt.isPresent() && (attempt.get() instanceof Attempt.Taken || busy++ == GLANCES)) {
        return attempt.get();
      }
      LockSupport.parkNanos(GLANCE.toNanos());
    }
  }

  /// Tries once; empty if the file went while it was opened: its last owner deletes it.
  private static Optional<Attempt> attempt(Path file, String command) throws IOException {
    if (Files.notExists(file)) {
      create(file);
    }
    Object before = key(file);
    FileChannel channel;
    try {
      channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
    boolean taken = false;
    try {
      Object opened = key(file);
      if (!locked(channel)) {
        return Optional.of(new Attempt.Busy(owner(channel)));
      }
      // Where the name leads to another file by now, others lock that one.
      if (before == null || !before.equals(opened) || !before.equals(key(file))) {
        return Optional.empty();
      }
      write(channel, command);
      taken = true;
      file.toFile().deleteOnExit();
      return Optional.of(new Attempt.Taken(new CheckpointLock(file, channel)));
    } finally {
      if (!taken) {
        channel.close();
      }
    }
  }

  private static void create(Path file) throws IOException {
    try {
      Files.createFile(file);
    } catch (FileAlreadyExistsException _) {
      // Another run was faster.
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException _) {
      return false; // by this process
    }
  }

  private static Object key(Path file) throws IOException {
    try {
      return Files.getAttribute(file, "fileKey");
    } catch (NoSuchFileException _) {
      return null;
    }
  }

  private static void write(FileChannel channel, String command) throws IOException {
    var process = ProcessHandle.current();
    Instant start = process.info().startInstant().orElseGet(Instant::now);
    String owner =
        "process %d, since %s: `%s`\n"
            .formatted(process.pid(), start.truncatedTo(ChronoUnit.SECONDS), command);
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(owner.getBytes(StandardCharsets.UTF_8)), 0);
  }

  private static String owner(FileChannel channel) throws IOException {
    var bytes = ByteBuffer.allocate(LONGEST_OWNER);
    channel.read(bytes, 0);
    String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8).strip();
    return text.isEmpty() ? "another process" : text;
  }

  /// Returns who has the lock of a checkpoint, if anybody has.
  static Optional<String> owner(Path checkpoint) {
    Path file = fileOf(checkpoint);
    if (Files.notExists(file)) {
      return Optional.empty();
    }
    try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return locked(channel) ? Optional.empty() : Optional.of(owner(channel));
    } catch (IOException _) {
      return Optional.empty(); // it went meanwhile; who needs the lock learns more
    }
  }

  /// Reports that someone else has it.
  static Diagnostic busy(Path checkpoint, String owner) {
    return Diagnostic.error(
            Code.CHECKPOINT_IN_USE, "the checkpoint `" + checkpoint + "` belongs to " + owner)
        .help("`--checkpoint PATH` gives this run one of its own");
  }

  /// Gives the lock back.
  @Override
  public void close() {
    try (channel) {
      // While it is still locked: who has opened it meanwhile looks whether it is still there.
      Files.deleteIfExists(file);
    } catch (IOException _) {
      // A file without its lock holds nobody up.
    }
  }
}
