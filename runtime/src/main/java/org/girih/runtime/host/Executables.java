package org.girih.runtime.host;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.girih.runtime.artifact.Signature;
import org.girih.runtime.pjrt.Executable;
import org.girih.runtime.pjrt.Shape;

/// The executables of a program, one for each function, shapes and donated inputs, compiled when
/// they are first asked for. Threads that ask for the same one wait for one compilation.
final class Executables implements AutoCloseable {
  /// @param donated numbers of inputs
  record Key(String function, List<Shape> inputs, List<Integer> donated) {}

  /// An executable.
  ///
  /// @param inputs the numbers of the function's inputs that it takes, in order
  /// @param whole whether these are all of them, as they are
  record Ready(Executable executable, int[] inputs, boolean whole) {}

  /// Makes an executable.
  interface Maker {
    Ready make(Signature signature, List<Shape> inputs, List<Integer> donated);
  }

  private final Maker maker;
  private final ConcurrentHashMap<Key, FutureTask<Ready>> made = new ConcurrentHashMap<>();
  private volatile boolean closed;

  Executables(Maker maker) {
    this.maker = maker;
  }

  Ready get(Signature signature, List<Shape> inputs, List<Integer> donated) {
    var key = new Key(signature.name(), inputs, donated);
    FutureTask<Ready> task = made.get(key);
    if (task == null) {
      var mine = new FutureTask<>(() -> maker.make(signature, inputs, donated));
      task = made.putIfAbsent(key, mine);
      if (task == null) {
        task = mine;
        mine.run();
      }
    }
    Ready ready = await(key, task);
    if (closed) {
      ready.executable().close(); // made while the program was closed
      throw new IllegalStateException("the program is closed");
    }
    return ready;
  }

  /// Waits for the compilation; one that failed is forgotten, so that the next call tries again.
  private Ready await(Key key, FutureTask<Ready> task) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true; // another thread compiles: its work is not ours to end
        }
      }
    } catch (ExecutionException e) {
      made.remove(key, task);
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case Throwable cause -> throw new IllegalStateException(cause);
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// Returns how many there are.
  int count() {
    return made.size();
  }

  @Override
  public void close() {
    closed = true;
    for (FutureTask<Ready> task : made.values()) {
      if (task.state() == java.util.concurrent.Future.State.SUCCESS) {
        task.resultNow().executable().close();
      }
    }
  }
}
