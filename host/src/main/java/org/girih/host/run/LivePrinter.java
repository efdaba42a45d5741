package org.girih.host.run;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.girih.grammar.plan.HostPlan;
import org.girih.ir.diagnostic.Renderer;
import org.girih.ir.op.Print;
import org.girih.ir.program.Program;
import org.girih.passes.effect.DropPrints;
import org.girih.runtime.pjrt.Client;
import org.girih.runtime.pjrt.PrintedCall;

/// Writes what the program prints while it computes (`debug.print`), as it comes, on a thread of
/// its own. There is none for a program that prints nothing.
final class LivePrinter implements AutoCloseable {
  private static final int WAIT_MILLISECONDS = 50;
  private static final int WIDTH = 100;

  private final RunOptions options;
  private final Thread thread;
  private final AtomicLong written = new AtomicLong();
  private volatile boolean closed;

  private LivePrinter(RunOptions options) {
    this.options = options;
    this.thread = new Thread(this::write, "girih-prints");
    thread.setDaemon(true);
  }

  /// Returns one that has begun, if the plan prints anything.
  static Optional<LivePrinter> of(HostPlan plan, RunOptions options) {
    if (!prints(plan.program())) {
      return Optional.empty();
    }
    var printer = new LivePrinter(options);
    printer.written.set(PrintedCall.count());
    printer.thread.start();
    return Optional.of(printer);
  }

  /// Returns the plan, without what it prints, and with a warning, where the device cannot call the
  /// host.
  static HostPlan fit(HostPlan plan, Client client, RunOptions options) {
    if (client.calls() || !prints(plan.program())) {
      return plan;
    }
    DropPrints.warning(plan.program(), "prints nothing on the platform `" + client.platform() + "`")
        .ifPresent(warning -> options.err().println(new Renderer(false, WIDTH).render(warning)));
    return plan.with(DropPrints.run(plan.program()));
  }

  /// Returns whether a program prints while it computes.
  static boolean prints(Program program) {
    return program.funcs().values().stream()
        .flatMap(f -> f.block().equations().stream())
        .anyMatch(e -> e.op() instanceof Print);
  }

  private void write() {
    while (!closed) {
      PrintedCall.take(WAIT_MILLISECONDS).ifPresent(this::write);
    }
  }

  private void write(PrintedCall call) {
    for (String line : PrintTemplate.of(call.template()).lines(call)) {
      options.progress().makeWay();
      options.err().println(line);
    }
    options.err().flush();
    synchronized (written) {
      written.incrementAndGet();
      written.notifyAll();
    }
  }

  /// Waits until all is written that was printed so far.
  void settle() {
    long due = PrintedCall.count();
    synchronized (written) {
      while (written.get() < due && thread.isAlive()) {
        try {
          written.wait(WAIT_MILLISECONDS);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
  }

  @Override
  public void close() {
    settle();
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
