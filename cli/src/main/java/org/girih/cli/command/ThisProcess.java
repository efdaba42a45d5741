package org.girih.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The process that this is, for who starts another of its kind.
final class ThisProcess {
  private ThisProcess() {}

  /// Returns the command that started it, the JVM's options and all; empty if the system does not
  /// say. [ProcessHandle] has no arguments where they are longer than a page.
  static Optional<List<String>> command() {
    Optional<String> java = ProcessHandle.current().info().command();
    if (java.isEmpty()) {
      return Optional.empty();
    }
    try {
      String all = Files.readString(Path.of("/proc/self/cmdline"));
      // Each word ends with a zero, the last one too.
      var words = new ArrayList<String>(List.of(all.split("\0", -1)));
      words.removeLast();
      words.set(0, java.get());
      return Optional.of(words);
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /// Ends this process when its parent ends: who is killed cannot end what it has started, which
  /// may compute for ever.
  static void endWithParent() {
    ProcessHandle.current()
        .parent()
        .ifPresent(parent -> parent.onExit().thenRun(() -> Runtime.getRuntime().halt(1)));
  }
}
