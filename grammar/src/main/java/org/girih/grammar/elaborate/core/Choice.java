package org.girih.grammar.elaborate.core;

/// Several things of which one is done. Each choice equals itself alone.
public final class Choice {
  private final boolean written;

  private Choice(boolean written) {
    this.written = written;
  }

  /// Returns a choice that the program writes, as an `if`.
  public static Choice written() {
    return new Choice(true);
  }

  /// Returns a choice that follows from others: which of several keys a value is, whether a loop
  /// goes on.
  public static Choice implied() {
    return new Choice(false);
  }

  /// Returns the choice of another call or iteration.
  public Choice again() {
    return new Choice(written);
  }

  boolean isWritten() {
    return written;
  }
}
