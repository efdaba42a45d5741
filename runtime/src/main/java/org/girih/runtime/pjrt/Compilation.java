package org.girih.runtime.pjrt;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.girih.runtime.status.PjrtException;
import org.girih.runtime.status.StatusCode;

/// One compilation, on a thread whose stack is large: XLA's passes recurse along chains of
/// operands, and 20,000 operations overflow the default 1 MiB. The stack is reserved, not used: it
/// costs address space only.
final class Compilation {
  private static final long[] STACKS = {1L << 30, 256L << 20, 64L << 20};

  private Compilation() {}

  /// Compiles a module for the devices of a client.
  static Executable run(
      Client client, byte[] module, List<Shape> parameters, CompileOptions options) {
    return run(
        client,
        module,
        address -> compile(address, module, parameters, options),
        Executable::close);
  }

  /// Calls `compile` with the address of `owner` on a thread of its own.
  ///
  /// @param discard takes what `compile` returned when no one waits for it any more
  static <T> T run(Handle owner, byte[] module, LongFunction<T> compile, Consumer<T> discard) {
    if (module.length == 0) {
      throw new PjrtException(StatusCode.INVALID_ARGUMENT, "the module is empty");
    }
    // Released by the thread that compiles, which may outlive this call.
    long address = owner.acquire();
    var result = new CompletableFuture<T>();
    Runnable task =
        () -> {
          try {
            T compiled = compile.apply(address);
            if (!result.complete(compiled)) {
              discard.accept(compiled);
            }
          } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
          } finally {
            owner.release();
          }
        };
    try {
      start(task);
    } catch (OutOfMemoryError e) {
      owner.release();
      throw new PjrtException(
          StatusCode.RESOURCE_EXHAUSTED, "no address space for the thread that compiles");
    }
    return await(result, discard);
  }

  private static void start(Runnable task) {
    OutOfMemoryError none = null;
    for (long stack : STACKS) {
      var thread = new Thread(null, task, "girih-compile", stack);
      thread.setDaemon(true);
      try {
        thread.start();
        return;
      } catch (OutOfMemoryError e) {
        none = e;
      }
    }
    throw none;
  }

  private static <T> T await(CompletableFuture<T> result, Consumer<T> discard) {
    try {
      return result.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      if (!result.cancel(false) && !result.isCompletedExceptionally()) {
        discard.accept(result.join());
      }
      throw new CancellationException("the compilation was interrupted");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof PjrtException status) {
        throw new PjrtException(status.code(), status.getMessage());
      }
      throw new IllegalStateException("the compilation failed", e.getCause());
    }
  }

  private static Executable compile(
      long client, byte[] module, List<Shape> parameters, CompileOptions options) {
    long api = options.device().client().plugin().api();
    try (var arena = Arena.ofConfined()) {
      MemorySegment code = arena.allocateFrom(JAVA_BYTE, module);
      byte[] encoded = options.encode();
      MemorySegment out = arena.allocate(JAVA_LONG, 2);
      long failure =
          Shim.compile(
              api,
              client,
              code.address(),
              module.length,
              arena.allocateFrom(JAVA_BYTE, encoded).address(),
              encoded.length,
              out.address());
      long loaded = out.getAtIndex(JAVA_LONG, 0);
      long executable = out.getAtIndex(JAVA_LONG, 1);
      if (failure != 0) {
        Native.ignore(Shim.executable_destroy(api, loaded, executable));
        throw Native.take(failure);
      }
      return Executable.of(options.devices(), loaded, executable, parameters);
    }
  }
}
