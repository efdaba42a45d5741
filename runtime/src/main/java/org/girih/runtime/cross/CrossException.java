package org.girih.runtime.cross;

/// Reports why there is no executable. The message is one line.
public final class CrossException extends Exception {
  private static final long serialVersionUID = 1L;

  /// The kinds that a caller tells apart.
  public enum Reason {
    /// The plugin does not know the topology.
    TOPOLOGY,
    /// The topology has fewer devices than the program is to run on.
    TOO_FEW_DEVICES,
    /// The compiler found that the program does not fit into a device's memory.
    MEMORY,
    /// The plugin refused the program, or could not be loaded.
    REFUSED,
    /// Another process holds the plugin's lock.
    LOCKED,
    /// The process of the compiler ended without an answer.
    ENDED,
    /// The process could not be started, or its files not be written.
    SYSTEM
  }

  private final Reason reason;

  public CrossException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
