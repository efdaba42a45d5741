package org.girih.runtime.cross;

import java.util.List;

/// Finds what a process that XLA ended reported as the reason.
public final class LastWords {
  private LastWords() {}

  /// Returns `: ` and the line of the log that tells most, or that there is none.
  public static String of(String log) {
    List<String> lines = log.lines().map(String::strip).toList();
    return lines.stream()
        .filter(l -> l.contains("Check failed") || l.contains("Unknown flag"))
        .findFirst()
        .or(
            () ->
                lines.stream()
                    .filter(l -> l.startsWith("#  SIG") || l.startsWith("F0000"))
                    .findFirst())
        .map(l -> ": " + l)
        .orElse(" without a word");
  }
}
