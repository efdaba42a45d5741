package org.girih.cli.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/// Learns of changes from the file system. It watches folders, not files: editors write a new file
/// and give it the name of the old one, and a file that is not there may be made.
public final class FolderChanges implements Changes, AutoCloseable {
  /// An editor's save is several events, and a tool writes several files.
  private static final Duration TOGETHER = Duration.ofMillis(50);

  private final WatchService service;

  public FolderChanges() throws IOException {
    service = FileSystems.getDefault().newWatchService();
  }

  @Override
  public void watch(Set<Path> files) throws IOException {
    var folders = new HashSet<Path>();
    for (Path file : files) {
      folders.add(folder(file));
      if (Files.exists(file)) {
        folders.add(folder(file.toRealPath())); // a link may change, and what it leads to
      }
    }
    for (Path folder : folders) {
      // Has no effect if it is registered already.
      folder.register(service, ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY);
    }
  }

  /// Returns the nearest folder that is there.
  private static Path folder(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    while (!Files.isDirectory(folder) && folder.getParent() != null) {
      folder = folder.getParent();
    }
    return folder;
  }

  @Override
  public boolean await() throws InterruptedException {
    WatchKey key = service.take();
    Thread.sleep(TOGETHER);
    for (; key != null; key = service.poll()) {
      key.pollEvents();
      key.reset();
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    service.close();
  }
}
