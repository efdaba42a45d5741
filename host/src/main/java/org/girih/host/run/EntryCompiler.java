package org.girih.host.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.girih.grammar.plan.HostPlan;
import org.girih.grammar.plan.Step;
import org.girih.hlo.HloIdentity;
import org.girih.hlo.emit.HloEmitter;
import org.girih.hlo.proto.HloModuleProto;
import org.girih.hlo.verify.HloLimits;
import org.girih.hlo.verify.HloVerifier;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.CompilerBug;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.program.Entry;
import org.girih.ir.program.Func;
import org.girih.ir.program.Program;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Value;
import org.girih.runtime.cache.CachingCompiler;
import org.girih.runtime.pjrt.Client;
import org.girih.runtime.pjrt.Executable;

/// Compiles the entries of a plan, each once, ahead of their use: as soon as it is made, two
/// threads begin with those that the plan runs first. A failure shows when the entry is asked for,
/// so that what precedes it is still done; of an entry that is never reached it does not show.
public final class EntryCompiler implements AutoCloseable {
  /// XLA compiles one module on several threads at times, but mostly on one.
  private static final int AT_A_TIME = 2;

  private static final long STACK = 256L << 20;

  /// No program may make arrays of more bytes than this: the plugin would be killed for memory.
  private static final long MAX_BYTES = 1L << 38;

  private final Program program;
  private final Donations donations;
  private final Profile profile;
  private final MemoryLimit limit;
  private final CachingCompiler compiler;
  private final SequencedMap<Integer, FutureTask<Executable>> tasks = new LinkedHashMap<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final List<Thread> threads = new ArrayList<>();

  EntryCompiler(
      HostPlan plan,
      Donations donations,
      CachingCompiler compiler,
      Profile profile,
      MemoryLimit limit) {
    this.program = plan.program();
    this.donations = donations;
    this.profile = profile;
    this.limit = limit;
    this.compiler = compiler;
    Step.all(plan.steps(), Step.Run.class)
        .forEach(run -> tasks.computeIfAbsent(run.entry(), this::task));
    int helpers =
        tasks.size() < 2 ? 0 : Math.min(AT_A_TIME, Runtime.getRuntime().availableProcessors());
    for (int i = 0; i < helpers; i++) {
      var thread = new Thread(null, this::all, "girih-entries", STACK);
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
  }

  private FutureTask<Executable> task(int entry) {
    return new FutureTask<>(() -> compiled(entry));
  }

  private void all() {
    for (FutureTask<Executable> task : tasks.values()) {
      if (closed.get()) {
        return;
      }
      task.run(); // Does nothing if another thread has begun.
    }
  }

  /// Returns the executable of an entry; compiled by this thread if none has begun.
  ///
  /// @throws RunProblem if the plugin refuses it or the machine's memory cannot hold it
  Executable get(int entry) throws RunProblem {
    FutureTask<Executable> task = tasks.get(entry);
    task.run();
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("the compilation was interrupted");
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RunProblem problem -> throw problem;
        case RuntimeException failure -> throw failure;
        case Error error -> throw error;
        case Throwable other -> throw new CompilerBug("compiling failed: " + other);
      }
    }
  }

  /// Returns what the cache knows an entry of a plan by, on a client, its arguments placed as the
  /// program states.
  public static byte[] identity(HostPlan plan, int entry, Client client) {
    return HloIdentity.of(
        plan.mesh().devices() == 1
            ? HloEmitter.emit(plan.program(), Donations.of(plan, client).entry(entry))
            : Placements.module(plan, entry));
  }

  private Executable compiled(int number) throws RunProblem {
    Entry entry = donations.entry(number);
    fits(program.func(entry.func()));
    return limit.fit(program, entry, p -> compiled(p, entry), made -> made);
  }

  private Executable compiled(Program program, Entry entry) throws RunProblem {
    Func func = program.func(entry.func());
    String name = place(func);
    HloModuleProto emitted;
    byte[] identity;
    try (var _ = profile.begin(Profile.Phase.EMIT, name)) {
      emitted = HloEmitter.emit(program, entry);
      identity = HloIdentity.of(emitted);
    }
    var shapes = func.block().paramTypes().stream().map(RuntimeShapes::of).toList();
    try (var _ = profile.begin(Profile.Phase.CACHE, name)) {
      var found = compiler.find(identity, shapes);
      if (found.isPresent()) {
        return found.get(); // Verified when it was compiled.
      }
    }
    try (var _ = profile.begin(Profile.Phase.EMIT, name)) {
      verified(emitted);
    }
    try (var _ = profile.begin(Profile.Phase.COMPILE, name)) {
      return compiler.compile(
          emitted.toByteArray(), identity, shapes, "`" + func.ref().name() + "` (" + name + ")");
    }
  }

  /// Returns where an entry begins in the source: `train.girih:12`.
  public static String place(Func func) {
    return func.block().equations().stream()
        .flatMap(e -> e.origin().span().stream())
        .findFirst()
        .map(at -> at.source().name() + ":" + at.source().line(at.start()))
        .orElse(func.ref().name());
  }

  /// Refuses what the plugin would not survive, so that it never reaches it: a program may be too
  /// large, anything else is our fault.
  static void verified(HloModuleProto module) throws RunProblem {
    for (Diagnostic problem : HloVerifier.verify(module, HloLimits.none())) {
      if (problem.code() == Code.TOO_LARGE || problem.code() == Code.TOO_DEEP) {
        throw new RunProblem(problem);
      }
      throw new CompilerBug("the emitted HLO is refused: " + problem.message());
    }
  }

  /// Refuses arrays that no memory holds before the plugin tries, which would end the process.
  static void fits(Func func) throws RunProblem {
    long available = availableBytes();
    for (var equation : func.block().equations()) {
      for (Value value : equation.results()) {
        long bytes = bytes(value.type());
        if (bytes > Math.min(available, MAX_BYTES)) {
          String message =
              "an array of "
                  + value.type()
                  + " takes "
                  + (bytes >> 20)
                  + " MiB; this machine has "
                  + (available >> 20)
                  + " MiB of memory";
          throw new RunProblem(
              equation
                  .origin()
                  .span()
                  .map(at -> Diagnostic.error(Code.OUT_OF_MEMORY, at, message))
                  .orElseGet(() -> Diagnostic.error(Code.OUT_OF_MEMORY, message)));
        }
      }
    }
  }

  private static long bytes(ArrayType type) {
    long bytes = type.dtype().bytes();
    for (long size : type.sizes()) {
      if (size != 0 && bytes > Long.MAX_VALUE / size) {
        return Long.MAX_VALUE;
      }
      bytes *= size;
    }
    return bytes;
  }

  private static long availableBytes() {
    return java.lang.management.ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean machine
        ? machine.getTotalMemorySize()
        : MAX_BYTES;
  }

  /// Waits for what is being compiled, and destroys all executables.
  @Override
  public void close() {
    closed.set(true);
    boolean interrupted = false;
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (compiler != null) {
      compiler.close(); // What is being written to the cache is still needed.
    }
    for (FutureTask<Executable> task : tasks.values()) {
      if (task.state() == java.util.concurrent.Future.State.SUCCESS) {
        task.resultNow().close();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
