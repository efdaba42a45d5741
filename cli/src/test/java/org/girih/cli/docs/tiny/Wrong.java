package org.girih.cli.docs.tiny;

/// A mistake of the user.
final class Wrong extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Wrong(String message) {
    super(message);
  }
}
