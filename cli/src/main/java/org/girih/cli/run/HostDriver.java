package org.girih.cli.run;

import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.girih.cli.array.HostArray;
import org.girih.cli.progress.Progress;
import org.girih.grammar.plan.HostPlan;
import org.girih.grammar.plan.HostPlan.Step;
import org.girih.grammar.plan.HostPlan.Tree;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.CompilerBug;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.diagnostic.Visible;
import org.girih.ir.source.Source;
import org.girih.ir.source.Span;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.passes.check.Checked;
import org.girih.runtime.cache.CachingCompiler;
import org.girih.runtime.pjrt.Client;
import org.girih.runtime.pjrt.ShardedArray;
import org.girih.runtime.status.PjrtException;
import org.girih.runtime.status.StatusCode;

/// Does the steps of a plan: buffers stay on the device in their slots, and come to the host when a
/// step shows or saves them.
public final class HostDriver implements AutoCloseable {
  private final HostPlan plan;
  private final PrintStream out;
  private final Progress progress;
  private final Effects effects;
  private final Map<String, SortedMap<String, HostArray>> arguments;
  private final Slots slots;
  private final Machine machine;
  private final Profile profile;
  private Tree result;
  private Checkpoints checkpoints;
  // Until its loop is reached again, effects are silent.
  private SavedLoop resumed;
  private long loops;
  // The host's loops that are going on, the outermost first.
  private final List<CheckReport.Round> rounds = new ArrayList<>();
  private Checked checked;

  /// @param client where arrays live; null for a plan that has none
  /// @param compiler compiles for the client; null where that is
  /// @param out where results are printed
  /// @param progress is told how far loops have come
  /// @param paths what a path in a source leads to
  /// @param arguments the arrays of `--arg`, by parameter
  public HostDriver(
      HostPlan plan,
      Client client,
      CachingCompiler compiler,
      PrintStream out,
      Progress progress,
      BiFunction<Source, String, Path> paths,
      Map<String, SortedMap<String, HostArray>> arguments) {
    this(plan, client, compiler, out, progress, paths, arguments, Profile.off(), MemoryLimit.NONE);
  }

  /// The same, whose time is noted.
  ///
  /// @param limit of what an entry takes on a device
  public HostDriver(
      HostPlan plan,
      Client client,
      CachingCompiler compiler,
      PrintStream out,
      Progress progress,
      BiFunction<Source, String, Path> paths,
      Map<String, SortedMap<String, HostArray>> arguments,
      Profile profile,
      MemoryLimit limit) {
    this.plan = plan;
    this.profile = profile;
    this.out = out;
    this.progress = progress;
    this.effects = new Effects(paths, this::array, profile);
    this.arguments = new HashMap<>(arguments);
    this.slots = new Slots(plan.slots());
    this.machine = client == null ? null : Machine.of(client, compiler, plan, profile, limit);
  }

  /// Does all steps in order.
  ///
  /// @throws RunProblem as the first step that fails reports
  public void run() throws RunProblem {
    if (machine != null) {
      machine.check();
    }
    steps(plan.steps());
    if (resumed != null) {
      throw new RunProblem(checkpoints.refused("it is of a loop that this run does not reach"));
    }
    if (checkpoints != null) {
      checkpoints.finished();
    }
  }

  /// The last run of a plan at its top level: what a bench measures.
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
      throw new RunProblem(failed(e));
    }
  }

  /// Keeps checkpoints of the outermost loops. If they [resume][Checkpoints#resume] one, what
  /// precedes it is done again, without effects.
  public void keep(Checkpoints checkpoints) {
    this.checkpoints = checkpoints;
    this.resumed = checkpoints.saved().orElse(null);
  }

  /// Sets what the checks of the plan's program mean, of which the first that fails ends the run.
  public void check(Checked what) {
    this.checked = what;
  }

  /// Does the steps; returns whether the innermost loop goes on after them.
  private boolean steps(List<Step> steps) throws RunProblem {
    for (Step step : steps) {
      switch (step) {
        case Step.Run run -> run(run);
        case Step.Load load -> load(load);
        case Step.Argument(String name, Tree tree) -> argument(name, tree);
        case Step.Print _, Step.Save _, Step.Plot _ when resumed != null -> {}
        case Step.Print print -> {
          var span = profile.begin(Profile.Phase.FILES, "print");
          String line = Printing.line(print.pieces(), this::array);
          progress.makeWay();
          out.println(line);
          span.close();
        }
        case Step.Save save -> effects.save(save);
        case Step.Plot plot -> effects.plot(plot);
        case Step.Assert(Span at, Tree condition) -> check(at, condition);
        case Step.Result(Tree tree) -> result = tree;
        case Step.Move(var from, var to) -> slots.move(from, to);
        case Step.Release(var free) -> free.forEach(slot -> slots.put(slot, null));
        case Step.Loop loop -> loop(loop);
        case Step.BreakUnless(int condition) -> {
          if (!truth(condition)) {
            return false;
          }
        }
        case Step.Choice(int condition, var then, var otherwise) -> {
          if (!steps(truth(condition) ? then : otherwise)) {
            return false;
          }
        }
      }
    }
    return true;
  }

  private void load(Step.Load load) throws RunProblem {
    var arrays = effects.load(load);
    if (checkpoints != null) {
      checkpoints.loaded(load.at(), effects.path(load), arrays);
    }
    put(arrays, load.tree(), load.at(), load.path());
  }

  private boolean truth(int slot) {
    return slots.get(slot).toHost(Arena.ofAuto()).get(ValueLayout.JAVA_BYTE, 0) != 0;
  }

  private void loop(Step.Loop loop) throws RunProblem {
    rounds.add(new CheckReport.Round(loop.at(), 0));
    try {
      rounds(loop);
    } finally {
      rounds.removeLast();
    }
  }

  private void rounds(Step.Loop loop) throws RunProblem {
    switch (loop.times()) {
      case HostPlan.Times.Forever() -> {
        // until its condition fails
        for (int i = 1; steps(loop.body()); i++) {
          rounds.set(rounds.size() - 1, new CheckReport.Round(loop.at(), i));
        }
      }
      case HostPlan.Times.Counted(int slot, Tree from, Tree to) -> {
        long number = rounds.size() == 1 ? loops++ : -1;
        List<Integer> carry = loop.carry();
        int first = number(from);
        int begin = first;
        int end = number(to);
        if (resumed != null && number == resumed.loop()) {
          // A checkpoint is written between two rounds.
          if (resumed.next() <= first || resumed.next() >= end) {
            throw new RunProblem(
                checkpoints.refused(
                    "it continues at iteration %d, and the loop has %d to %d"
                        .formatted(resumed.next(), first, end - 1)));
          }
          restore(carry);
          begin = (int) resumed.next();
          resumed = null;
        }
        String name = "for " + Visible.text(loop.at().text().replaceAll("\\s+", " "));
        progress.begin(name, (long) end - begin);
        for (int i = begin; i < end; i++) {
          var bytes = java.lang.foreign.MemorySegment.ofArray(new int[] {i});
          load(slot, bytes, ArrayType.scalar(DType.I32));
          rounds.set(rounds.size() - 1, new CheckReport.Round(loop.at(), i - first));
          steps(loop.body());
          progress.done(name, (long) i + 1 - begin, (long) end - begin);
          if (checkpoints != null && rounds.size() == 1 && resumed == null && i + 1 < end) {
            int next = i + 1;
            checkpoints.round(number, next, () -> carry.stream().map(this::array).toList());
          }
        }
        progress.end();
      }
    }
  }

  private HostArray array(int slot) {
    try (var _ = profile.begin(Profile.Phase.TRANSFER, "to the host")) {
      return copied(slot);
    }
  }

  private HostArray copied(int slot) {
    var shape = slots.get(slot).shape();
    return new HostArray(
        Shapes.dtype(shape.elementType()), shape.dims(), slots.get(slot).toHost(Arena.ofAuto()));
  }

  private void restore(List<Integer> carry) throws RunProblem {
    List<HostArray> values = resumed.carry();
    boolean fits = values.size() == carry.size();
    for (int i = 0; fits && i < values.size(); i++) {
      HostArray now = array(carry.get(i));
      fits =
          now.dtype() == values.get(i).dtype() && Arrays.equals(now.dims(), values.get(i).dims());
    }
    if (!fits) {
      throw new RunProblem(checkpoints.refused("it does not hold what the loop carries"));
    }
    for (int i = 0; i < values.size(); i++) {
      HostArray value = values.get(i);
      load(carry.get(i), value.data(), ArrayType.of(value.dtype(), value.dims()));
    }
  }

  private int number(Tree tree) {
    return tree instanceof Tree.Leaf leaf
        ? slots.get(leaf.slot()).toHost(Arena.ofAuto()).get(ValueLayout.JAVA_INT, 0)
        : ((Tree.Int) tree).value().intValueExact();
  }

  /// Sets a slot to what the host has.
  private void load(int slot, java.lang.foreign.MemorySegment data, ArrayType type)
      throws RunProblem {
    try (var _ = profile.begin(Profile.Phase.TRANSFER, "to the device")) {
      slots.put(slot, machine.load(slot, data, Shapes.of(type)));
    } catch (PjrtException e) {
      throw new RunProblem(failed(e));
    }
  }

  /// Returns the result of the entry, as its step recorded.
  public Tree result() {
    return result;
  }

  /// The array in a slot, on the host.
  public HostArray array(Tree.Leaf leaf) {
    var data = array(leaf.slot()).data();
    return new HostArray(leaf.type().dtype(), leaf.type().sizes(), data);
  }

  private String name(Step.Run run) {
    var program = plan.program();
    return EntryCompiler.place(program.func(program.entries().get(run.entry()).func()));
  }

  private void run(Step.Run run) throws RunProblem {
    try {
      machine.prepare(run.entry());
    } catch (PjrtException e) {
      throw new RunProblem(failed(e));
    }
    String name = profile.on() ? name(run) : "";
    try (var _ = profile.begin(Profile.Phase.RUN, name)) {
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
      if (own < results.size()) {
        stopAtFinding(results.get(own), results.get(own + 1));
      }
    } catch (PjrtException e) {
      throw new RunProblem(failed(e));
    }
  }

  private void stopAtFinding(ShardedArray record, ShardedArray values) throws RunProblem {
    int[] numbers = record.toHost(Arena.ofAuto()).toArray(ValueLayout.JAVA_INT);
    double[] shown = values.toHost(Arena.ofAuto()).toArray(ValueLayout.JAVA_DOUBLE);
    record.close();
    values.close();
    var finding = checked.finding(numbers, shown);
    if (finding.isPresent()) {
      throw new RunProblem(CheckReport.of(finding.get(), rounds));
    }
  }

  static Diagnostic failed(PjrtException e) {
    boolean memory = e.code() == StatusCode.RESOURCE_EXHAUSTED;
    return Diagnostic.error(
        memory ? Code.OUT_OF_MEMORY : Code.PLUGIN_FAILED,
        (memory ? "the device has not enough memory: " : "the plugin failed: ")
            + e.getMessage().lines().findFirst().orElse(e.toString()));
  }

  private void argument(String name, Tree tree) throws RunProblem {
    var given = arguments.get(name);
    if (given == null) {
      throw new RunProblem(
          Diagnostic.error(Code.BAD_ENTRY, "`--arg " + name + "=…` is missing")
              .help("an array: `--arg " + name + "=@file.npy`"));
    }
    put(given, tree, null, name);
  }

  private void put(SortedMap<String, HostArray> arrays, Tree tree, Span at, String name)
      throws RunProblem {
    var leaves = new TreeMap<String, Tree.Leaf>();
    Printing.leaves(tree, "", leaves::put);
    for (var leaf : leaves.entrySet()) {
      String path = leaf.getKey();
      String shown = path.isEmpty() ? name : name + ": " + path;
      slot(arrays.get(path), leaf.getValue(), at, shown);
    }
  }

  private void slot(HostArray array, Tree.Leaf leaf, Span at, String name) throws RunProblem {
    boolean fits = array != null && ArrayType.of(array.dtype(), array.dims()).equals(leaf.type());
    if (!fits) {
      String message =
          "`"
              + name
              + "` holds "
              + (array == null ? "no such array" : array.typeText())
              + ", not "
              + leaf.type();
      throw new RunProblem(
          at == null
              ? Diagnostic.error(Code.FILE_DIFFERS, message)
              : Diagnostic.error(Code.FILE_DIFFERS, at, message));
    }
    load(leaf.slot(), array.data(), leaf.type());
  }

  private void check(Span at, Tree condition) throws RunProblem {
    if (condition instanceof Tree.Leaf leaf && !array(leaf).bool(0)) {
      throw new RunProblem(
          Diagnostic.error(
              Code.ASSERTION_FAILED, at, "the assertion `" + at.text() + "` is false"));
    }
  }

  @Override
  public void close() {
    progress.close();
    slots.close();
    if (machine != null) {
      machine.close();
    }
  }
}
