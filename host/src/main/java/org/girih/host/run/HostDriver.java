package org.girih.host.run;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.girih.grammar.plan.HostPlan;
import org.girih.grammar.plan.HostPlan.Tree;
import org.girih.grammar.plan.Step;
import org.girih.host.array.HostArray;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.CompilerBug;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.diagnostic.Visible;
import org.girih.ir.type.DType;
import org.girih.runtime.cache.CachingCompiler;
import org.girih.runtime.pjrt.Client;
import org.girih.runtime.pjrt.ShardedArray;
import org.girih.runtime.status.PjrtException;

/// Does the steps of a plan: buffers stay on the device in their slots, and come to the host when a
/// step shows or saves them.
public final class HostDriver implements AutoCloseable {
  private final HostPlan plan;
  private final RunOptions options;
  private final FileEffects effects;
  private final Slots slots;
  private final Machine machine;
  private final Transfers transfers;
  private final Resumption resumption;
  // The time of day when this began: times that a checkpoint kept are followed by later ones.
  private final double epoch = System.currentTimeMillis() / 1e3;
  private final long began = System.nanoTime();
  private final Optional<LivePrinter> printer;
  private Tree result;
  // The host's loops that are going on, the outermost first.
  private final List<CheckReport.HostIteration> iterations = new ArrayList<>();

  /// @param client where arrays live
  /// @param compiler compiles for the client, and is closed with this
  public HostDriver(HostPlan plan, Client client, CachingCompiler compiler, RunOptions options) {
    HostPlan fit = LivePrinter.fit(plan, client, options);
    Machine made = Machine.of(client, compiler, fit, options.profile(), options.limit());
    this(fit, made, options);
  }

  private HostDriver(HostPlan plan, Machine machine, RunOptions options) {
    this.plan = plan;
    this.options = options;
    this.slots = new Slots(plan.slots());
    this.machine = machine;
    this.transfers = new Transfers(slots, machine, options.profile());
    this.effects = new FileEffects(options, transfers);
    this.printer = LivePrinter.of(plan, options);
    this.resumption = new Resumption(options.checkpoints(), transfers);
  }

  /// Returns one for a plan that holds no arrays.
  public static HostDriver withoutDevice(HostPlan plan, RunOptions options) {
    return new HostDriver(plan, (Machine) null, options);
  }

  /// Does all steps in order.
  ///
  /// @throws RunProblem as the first step that fails reports
  public void run() throws RunProblem {
    effects.check(plan.steps());
    if (machine != null) {
      machine.check();
    }
    steps(plan.steps());
    resumption.finish();
  }

  /// Returns the last run of a plan at its top level: what a bench measures.
  public static Step.Run lastRun(HostPlan plan) {
    return plan.steps().reversed().stream()
        .filter(Step.Run.class::isInstance)
        .map(Step.Run.class::cast)
        .findFirst()
        .orElseThrow(() -> new CompilerBug("a bench without a run"));
  }

  /// Does all steps before a run, so that it can be [repeated][#repeat].
  ///
  /// @throws RunProblem as the first step that fails reports
  public void prepare(Step.Run last) throws RunProblem {
    machine.check();
    steps(plan.steps().subList(0, plan.steps().lastIndexOf(last)));
  }

  /// Runs an entry on what its slots hold, which stays there, and waits until all of its results
  /// are computed.
  ///
  /// @return frees the results
  public Runnable repeat(Step.Run run) throws RunProblem {
    try {
      machine.prepare(run.entry());
      List<ShardedArray> results = machine.run(run, slots.get(run.inputs()), _ -> true);
      results.forEach(ShardedArray::await);
      return () -> results.forEach(ShardedArray::close);
    } catch (PjrtException e) {
      throw new RunProblem(Machine.failed(e));
    }
  }

  /// Does the steps; returns whether the innermost loop goes on after them.
  private boolean steps(List<Step> steps) throws RunProblem {
    for (Step step : steps) {
      switch (step) {
        case Step.Run run -> run(run);
        case Step.Load load -> load(load);
        case Step.Clock(int slot) -> transfers.put(slot, time());
        case Step.Argument(String name, Tree tree) -> argument(name, tree);
        case Step.Effect _ when resumption.pending() -> {}
        case Step.Print print -> {
          try (var _ = options.profile().begin(Profile.Phase.FILES, "print")) {
            String line = Printing.line(print.pieces(), transfers::array);
            options.progress().makeWay();
            options.out().println(line);
          }
        }
        case Step.Save save -> effects.save(save);
        case Step.Plot plot -> effects.plot(plot);
        case Step.Assert check -> check(check);
        case Step.Result(Tree tree) -> result = tree;
        case Step.Move(var from, var to) -> slots.move(from, to);
        case Step.Release(var free) -> free.forEach(slot -> slots.put(slot, null));
        case Step.Loop loop -> loop(loop);
        case Step.BreakUnless(int condition) -> {
          if (!transfers.truth(condition)) {
            return false;
          }
        }
        case Step.Choice(int condition, var then, var otherwise) -> {
          if (!steps(transfers.truth(condition) ? then : otherwise)) {
            return false;
          }
        }
      }
    }
    return true;
  }

  private void load(Step.Load load) throws RunProblem {
    var arrays = effects.load(load);
    if (options.checkpoints().isPresent()) {
      options.checkpoints().get().loaded(load.at(), effects.path(load), arrays);
    }
    transfers.put(arrays, load.tree(), load.at(), load.path());
  }

  private HostArray time() {
    double[] now = {epoch + (System.nanoTime() - began) / 1e9};
    return new HostArray(DType.F64, new long[0], MemorySegment.ofArray(now));
  }

  private void loop(Step.Loop loop) throws RunProblem {
    iterations.add(new CheckReport.HostIteration(loop.at(), 0));
    try {
      iterations(loop);
    } finally {
      iterations.removeLast();
    }
  }

  private void iterations(Step.Loop loop) throws RunProblem {
    switch (loop.times()) {
      case HostPlan.Times.Forever() -> {
        // until its condition fails
        for (int i = 1; steps(loop.body()); i++) {
          iterations.set(iterations.size() - 1, new CheckReport.HostIteration(loop.at(), i));
        }
      }
      case HostPlan.Times.Counted counted -> iterations(loop, counted);
    }
  }

  private void iterations(Step.Loop loop, HostPlan.Times.Counted times) throws RunProblem {
    boolean outermost = iterations.size() == 1;
    long number = outermost ? resumption.nextLoop() : -1;
    int first = transfers.number(times.from());
    int end = transfers.number(times.to());
    int begin = resumption.begin(number, first, end, loop.carry());
    var progress = options.progress();
    String name = "for " + Visible.text(loop.at().text().replaceAll("\\s+", " "));
    progress.begin(name, (long) end - begin);
    for (int i = begin; i < end; i++) {
      transfers.put(times.slot(), i);
      iterations.set(iterations.size() - 1, new CheckReport.HostIteration(loop.at(), i - first));
      steps(loop.body());
      progress.done(name, (long) i + 1 - begin, (long) end - begin);
      if (outermost && i + 1 < end) {
        resumption.done(number, i + 1, () -> transfers.arrays(loop.carry()));
      }
    }
    progress.end();
  }

  /// Returns the result of the entry, as its step recorded.
  public Tree result() {
    return result;
  }

  /// Returns the array in a slot, on the host.
  public HostArray array(Tree.Leaf leaf) {
    return transfers.array(leaf);
  }

  private String name(Step.Run run) {
    var program = plan.program();
    return EntryCompiler.place(program.func(program.entries().get(run.entry()).func()));
  }

  private void run(Step.Run run) throws RunProblem {
    try {
      machine.prepare(run.entry());
    } catch (PjrtException e) {
      throw new RunProblem(Machine.failed(e));
    }
    String name = options.profile().on() ? name(run) : "";
    try (var _ = options.profile().begin(Profile.Phase.RUN, name)) {
      List<ShardedArray> in = slots.get(run.inputs());
      // What another slot holds too is still read there.
      List<ShardedArray> results = machine.run(run, in, i -> slots.shared(in.get(i)));
      int own = run.outputs().size();
      for (int i = 0; i < own; i++) {
        slots.put(run.outputs().get(i), results.get(i));
      }
      for (ShardedArray each : results) {
        each.await();
      }
      printer.ifPresent(LivePrinter::settle);
      if (own < results.size()) {
        stopAtFinding(results.get(own), results.get(own + 1));
      }
    } catch (PjrtException e) {
      throw new RunProblem(Machine.failed(e));
    }
  }

  private void stopAtFinding(ShardedArray record, ShardedArray values) throws RunProblem {
    int[] numbers = record.toHost(Arena.ofAuto()).toArray(ValueLayout.JAVA_INT);
    double[] shown = values.toHost(Arena.ofAuto()).toArray(ValueLayout.JAVA_DOUBLE);
    record.close();
    values.close();
    var finding = options.checked().orElseThrow().finding(numbers, shown);
    if (finding.isPresent()) {
      throw new RunProblem(CheckReport.of(finding.get(), iterations));
    }
  }

  private void argument(String name, Tree tree) throws RunProblem {
    var given = options.arguments().get(name);
    if (given == null) {
      throw new RunProblem(
          Diagnostic.error(Code.BAD_ENTRY, "`--arg " + name + "=…` is missing")
              .help("an array: `--arg " + name + "=@file.npy`"));
    }
    transfers.put(given, tree, null, name);
  }

  private void check(Step.Assert check) throws RunProblem {
    if (check.condition() instanceof Tree.Leaf leaf && !transfers.array(leaf).bool(0)) {
      throw new RunProblem(FailedAssertion.of(check, transfers::array));
    }
  }

  @Override
  public void close() {
    printer.ifPresent(LivePrinter::close);
    options.progress().close();
    slots.close();
    if (machine != null) {
      machine.close();
    }
  }
}
