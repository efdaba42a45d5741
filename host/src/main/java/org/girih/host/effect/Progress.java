package org.girih.host.effect;

/// Is told how far the loops of a program have come, and when it prints.
public interface Progress extends AutoCloseable {
  /// Begins a loop of that many iterations, inside of one that was begun before and has not ended.
  void begin(String name, long iterations);

  /// Notes that this many of the iterations of the innermost loop are done.
  void done(String name, long iterations, long of);

  /// Makes way for a line that the program prints now.
  void makeWay();

  /// Ends the innermost loop.
  void end();

  /// Ends all loops: the program has ended or failed.
  @Override
  void close();

  /// Returns one that shows nothing.
  static Progress none() {
    return new Progress() {
      @Override
      public void begin(String name, long iterations) {}

      @Override
      public void done(String name, long iterations, long of) {}

      @Override
      public void makeWay() {}

      @Override
      public void end() {}

      @Override
      public void close() {}
    };
  }
}
