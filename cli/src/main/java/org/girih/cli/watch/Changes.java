package org.girih.cli.watch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/// Where a [WatchLoop] learns that files may have changed.
public interface Changes {
  /// Begins to look at files, which need not be there, in addition to those before. Every change
  /// from then on ends an [#await].
  void watch(Set<Path> files) throws IOException;

  /// Waits until some file may have changed.
  ///
  /// @return whether to go on; else there will be no more changes
  boolean await() throws InterruptedException;
}
