package org.girih.runtime.artifact;

import java.io.IOException;

/// An artifact that cannot be used.
public final class ArtifactException extends IOException {
  private static final long serialVersionUID = 1L;

  /// The kinds of faults.
  public enum Reason {
    /// It is not there, or cannot be read.
    MISSING,
    /// It is not an artifact.
    FOREIGN,
    /// Its bytes are not those that were written.
    DAMAGED,
    /// A later version wrote it.
    NEWER
  }

  private final Reason reason;

  ArtifactException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
