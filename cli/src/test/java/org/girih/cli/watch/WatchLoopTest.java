package org.girih.cli.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A task is run again for each change of what it read, and for nothing else. Changes come from a
/// script.
class WatchLoopTest {
  /// Something that happens while the loop waits.
  private interface Event {
    void happen() throws IOException;
  }

  /// Lets one event happen each time that the loop waits; ends it after the last.
  private static final class Script implements Changes {
    private final Deque<Event> events = new ArrayDeque<>();
    private final Set<Path> watched = new HashSet<>();

    Script(Event... events) {
      this.events.addAll(List.of(events));
    }

    @Override
    public void watch(Set<Path> files) {
      watched.addAll(files);
    }

    @Override
    public boolean await() {
      if (events.isEmpty()) {
        return false;
      }
      try {
        events.removeFirst().happen();
      } catch (IOException e) {
        throw new AssertionError(e);
      }
      return true;
    }
  }

  /// Reads a file, and the files that it names, one a line.
  private final class Reader implements WatchLoop.Task {
    private final List<String> runs = new ArrayList<>();
    private boolean endless;

    @Override
    public WatchLoop.Attempt start() throws IOException {
      var read = new HashSet<Path>(Set.of(main));
      String text = Files.exists(main) ? Files.readString(main) : "none";
      text.lines().filter(l -> l.endsWith(".in")).forEach(l -> read.add(folder.resolve(l)));
      runs.add(text);
      var code = new CompletableFuture<Integer>();
      if (!endless) {
        code.complete(runs.size());
      }
      return new Attempt(read, code);
    }
  }

  private record Attempt(Set<Path> inputs, CompletableFuture<Integer> code)
      implements WatchLoop.Attempt {
    @Override
    public void end() {
      code.complete(143);
    }
  }

  @TempDir private Path folder;
  private Path main;
  private final Reader reader = new Reader();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /// Gives files a time of their own: what was written in this moment is read again.
  private int clock;

  @BeforeEach
  void begin() throws IOException {
    main = folder.resolve("main");
    write("main", "first");
  }

  private void write(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(1_000_000 + clock++)));
  }

  private int loop(Changes changes) throws Exception {
    return new WatchLoop(changes, new PrintStream(err, true)).run(reader);
  }

  private String said() {
    return err.toString(StandardCharsets.UTF_8).replace(folder + "/", "");
  }

  @Test
  void eachChangeRunsAgain() throws Exception {
    int code = loop(new Script(() -> write("main", "second"), () -> write("main", "third")));
    assertEquals(List.of("first", "second", "third"), reader.runs);
    assertEquals(3, code);
    assertEquals(
        """
        girih: watching 1 file; Ctrl-C ends
        girih: `main` has changed
        girih: watching 1 file; Ctrl-C ends
        girih: `main` has changed
        girih: watching 1 file; Ctrl-C ends
        """,
        said());
  }

  @Test
  void anotherFileOfTheFolderDoesNot() throws Exception {
    loop(new Script(() -> write("other", "1"), () -> {}, () -> write("other", "2")));
    assertEquals(List.of("first"), reader.runs);
  }

  /// What is read is what the last run read: imports come and go.
  @Test
  void whatIsReadIsWatched() throws Exception {
    write("a.in", "");
    write("main", "a.in");
    var script =
        new Script(
            () -> write("a.in", "changed"),
            () -> write("main", "b.in"), // not there yet
            () -> write("a.in", "nobody reads it"),
            () -> write("b.in", "made"));
    loop(script);
    assertEquals(List.of("a.in", "a.in", "b.in", "b.in"), reader.runs);
    assertTrue(script.watched.contains(folder.resolve("b.in")));
    assertTrue(said().contains("girih: watching 2 files; Ctrl-C ends\n"), said());
  }

  /// As editors save: a new file takes the name; and as version control does: it goes and comes.
  @Test
  void filesAreReplacedAndDeleted() throws Exception {
    loop(
        new Script(
            () -> {
              write("new", "other");
              // Of the same size and time as the old one.
              Files.setLastModifiedTime(folder.resolve("new"), Files.getLastModifiedTime(main));
              Files.move(folder.resolve("new"), main, StandardCopyOption.REPLACE_EXISTING);
            },
            () -> Files.delete(main),
            () -> write("main", "back")));
    assertEquals(List.of("first", "other", "none", "back"), reader.runs);
  }

  /// A run that is not over does not say that files are watched, and is ended.
  @Test
  void aRunThatGoesOnIsEnded() throws Exception {
    reader.endless = true;
    int code =
        loop(
            new Script(
                () -> write("main", "second"),
                () -> {
                  reader.endless = false;
                  write("main", "third");
                }));
    assertEquals(List.of("first", "second", "third"), reader.runs);
    assertEquals(3, code);
    assertEquals(
        """
        girih: `main` has changed
        girih: `main` has changed
        girih: watching 1 file; Ctrl-C ends
        """,
        said());
  }

  /// A file that is written between its reading and its first stamp is read again.
  @Test
  void whatIsWrittenWhileItIsReadIsNotLost() throws Exception {
    Files.setLastModifiedTime(main, FileTime.from(Instant.now().plusSeconds(60)));
    loop(new Script());
    assertEquals(List.of("first", "first"), reader.runs);
  }

  /// The file system tells of a file that is made in a folder that is not there yet.
  @Test
  void foldersTellOfChanges() throws Exception {
    Path file = folder.resolve("deep/er/file");
    try (var changes = new FolderChanges()) {
      changes.watch(Set.of(file));
      Files.createDirectories(file.getParent());
      assertTrue(changes.await());
      changes.watch(Set.of(file));
      Files.writeString(file, "1");
      assertTrue(changes.await());
      Files.delete(file);
      Files.delete(file.getParent());
      assertTrue(changes.await());
      changes.watch(Set.of(file));
      Files.createDirectory(file.getParent());
      assertTrue(changes.await());
    }
  }
}
