package org.girih.runtime.status;

/// A status that the plugin returned, or one that this binding returns instead.
public final class PjrtException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final StatusCode code;

  public PjrtException(StatusCode code, String message) {
    super(message);
    this.code = code;
  }

  public StatusCode code() {
    return code;
  }

  @Override
  public String toString() {
    return "PjrtException: " + code + ": " + getMessage();
  }
}
