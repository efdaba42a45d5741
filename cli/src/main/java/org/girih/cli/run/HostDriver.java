package org.girih.cli.run;

import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.girih.cli.array.HostArray;
import org.girih.cli.file.DataFiles;
import org.girih.cli.file.FileProblem;
import org.girih.grammar.elaborate.HostPlan;
import org.girih.grammar.elaborate.HostPlan.Step;
import org.girih.grammar.elaborate.HostPlan.Tree;
import org.girih.hlo.emit.HloEmitter;
import org.girih.hlo.proto.HloModuleProto;
import org.girih.hlo.verify.HloLimits;
import org.girih.hlo.verify.HloVerifier;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.CompilerBug;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.program.Entry;
import org.girih.ir.program.Func;
import org.girih.ir.source.Source;
import org.girih.ir.source.Span;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Value;
import org.girih.runtime.pjrt.Buffer;
import org.girih.runtime.pjrt.Client;
import org.girih.runtime.pjrt.Executable;
import org.girih.runtime.pjrt.PjrtException;
import org.girih.runtime.pjrt.StatusCode;

/// Does the steps of a plan: buffers stay on the device in their slots, and come to the host when a
/// step shows or saves them.
public final class HostDriver implements AutoCloseable {
  /// No program may make arrays of more bytes than this: the plugin would be killed for memory.
  private static final long MAX_BYTES = 1L << 38;

  private final HostPlan plan;
  private final Client client;
  private final PrintStream out;
  private final BiFunction<Source, String, Path> paths;
  private final Map<String, SortedMap<String, HostArray>> arguments;
  private final Buffer[] slots;
  private final List<Executable> executables = new ArrayList<>();
  private Tree result;

  /// @param out where results are printed
  /// @param paths what a path in a source leads to
  /// @param arguments the arrays of `--arg`, by parameter
  public HostDriver(
      HostPlan plan,
      Client client,
      PrintStream out,
      BiFunction<Source, String, Path> paths,
      Map<String, SortedMap<String, HostArray>> arguments) {
    this.plan = plan;
    this.client = client;
    this.out = out;
    this.paths = paths;
    this.arguments = new HashMap<>(arguments);
    this.slots = new Buffer[plan.slots()];
  }

  /// Does all steps in order.
  ///
  /// @throws RunProblem as the first step that fails says
  public void run() throws RunProblem {
    for (Step step : plan.steps()) {
      switch (step) {
        case Step.Run run -> run(run);
        case Step.Load load -> load(load);
        case Step.Argument(String name, Tree tree) -> argument(name, tree);
        case Step.Print print -> out.println(Printing.line(print.pieces(), this::array));
        case Step.Save save -> save(save);
        case Step.Assert(Span at, Tree condition) -> check(at, condition);
        case Step.Result(Tree tree) -> result = tree;
      }
    }
  }

  /// The result of the entry, as its step said.
  public Tree result() {
    return result;
  }

  /// The array in a slot, on the host.
  public HostArray array(Tree.Leaf leaf) {
    var data = slots[leaf.slot()].toHost(Arena.ofAuto());
    return new HostArray(leaf.type().dtype(), leaf.type().sizes(), data);
  }

  private void run(Step.Run run) throws RunProblem {
    Entry entry = plan.program().entries().get(run.entry());
    Func func = plan.program().func(entry.func());
    fits(func);
    try {
      HloModuleProto emitted = HloEmitter.emit(plan.program(), entry);
      verified(emitted);
      byte[] module = emitted.toByteArray();
      var shapes = func.block().paramTypes().stream().map(Shapes::of).toList();
      Executable executable = client.compile(module, shapes);
      executables.add(executable);
      Buffer[] in = run.inputs().stream().map(i -> slots[i]).toArray(Buffer[]::new);
      Buffer[] results = executable.execute(in);
      for (int i = 0; i < results.length; i++) {
        slots[run.outputs().get(i)] = results[i];
      }
      for (Buffer each : results) {
        each.await();
      }
    } catch (PjrtException e) {
      throw new RunProblem(failed(e));
    }
  }

  /// What the plugin would not survive never reaches it: a program may be too large, anything else
  /// is our fault.
  private static void verified(HloModuleProto module) throws RunProblem {
    for (Diagnostic problem : HloVerifier.verify(module, HloLimits.none())) {
      if (problem.code() == Code.TOO_LARGE || problem.code() == Code.TOO_DEEP) {
        throw new RunProblem(problem);
      }
      throw new CompilerBug("the emitted HLO is refused: " + problem.message());
    }
  }

  private static Diagnostic failed(PjrtException e) {
    boolean memory = e.code() == StatusCode.RESOURCE_EXHAUSTED;
    return Diagnostic.error(
        memory ? Code.OUT_OF_MEMORY : Code.PLUGIN_FAILED,
        (memory ? "the device has not enough memory: " : "the plugin failed: ")
            + e.getMessage().lines().findFirst().orElse(e.toString()));
  }

  /// Refuses arrays that no memory holds before the plugin tries, which would end the process.
  private static void fits(Func func) throws RunProblem {
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
                  + " MiB; "
                  + (available >> 20)
                  + " MiB of memory are free";
          throw new RunProblem(
              equation
                  .origin()
                  .span()
                  .map(at -> Diagnostic.error(Code.TOO_LARGE, at, message))
                  .orElseGet(() -> Diagnostic.error(Code.TOO_LARGE, message)));
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

  private void load(Step.Load load) throws RunProblem {
    try {
      put(
          DataFiles.read(paths.apply(load.at().source(), load.path())),
          load.tree(),
          load.at(),
          load.path());
    } catch (FileProblem e) {
      throw new RunProblem(Diagnostic.error(e.code(), load.at(), e.getMessage()));
    }
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
    try {
      slots[leaf.slot()] = client.bufferFromHost(array.data(), Shapes.of(leaf.type()));
    } catch (PjrtException e) {
      throw new RunProblem(failed(e));
    }
  }

  private void save(Step.Save save) throws RunProblem {
    var arrays = new TreeMap<String, HostArray>();
    Printing.leaves(save.tree(), "", (path, leaf) -> arrays.put(path, array(leaf)));
    try {
      DataFiles.write(paths.apply(save.at().source(), save.path()), arrays);
    } catch (FileProblem e) {
      throw new RunProblem(Diagnostic.error(e.code(), save.at(), e.getMessage()));
    }
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
    for (Buffer buffer : slots) {
      if (buffer != null) {
        buffer.close();
      }
    }
    executables.forEach(Executable::close);
  }
}
