package org.girih.host.run;

import com.google.protobuf.InvalidProtocolBufferException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.girih.grammar.plan.HostPlan;
import org.girih.grammar.plan.Step;
import org.girih.hlo.HloIdentity;
import org.girih.hlo.emit.HloEmitter;
import org.girih.hlo.proto.HloModuleProto;
import org.girih.hlo.proto.OpSharding;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.program.Entry;
import org.girih.ir.program.Func;
import org.girih.ir.program.Program;
import org.girih.runtime.cache.CachingCompiler;
import org.girih.runtime.pjrt.Buffer;
import org.girih.runtime.pjrt.Client;
import org.girih.runtime.pjrt.CompileOptions;
import org.girih.runtime.pjrt.Executable;
import org.girih.runtime.pjrt.PluginDevice;
import org.girih.runtime.pjrt.Shape;
import org.girih.runtime.pjrt.ShardedArray;
import org.girih.runtime.pjrt.Sharding;
import org.girih.runtime.status.PjrtException;
import org.girih.runtime.status.StatusCode;

/// The devices of a program, and its entries compiled for them. On several devices an entry is
/// compiled for the placement of its arguments, once for each; where the results are, the
/// partitioner decides.
final class Machine implements AutoCloseable {
  private final HostPlan plan;
  private final Client client;
  private final List<PluginDevice> devices;
  private final Map<Integer, Sharding> wanted;
  private final Optional<EntryCompiler> single;
  private final Donations donations;
  private final Optional<CachingCompiler> compiler;
  private final MemoryLimit limit;
  private final Map<Variant, Compiled> executables = new HashMap<>();

  /// An entry, and where its arguments are.
  private record Variant(int entry, List<Sharding> parameters) {}

  /// @param results the shapes of the whole results
  /// @param shardings where they are
  record Compiled(Executable executable, List<Shape> results, List<Sharding> shardings)
      implements AutoCloseable {
    @Override
    public void close() {
      executable.close();
    }
  }

  private Machine(
      HostPlan plan,
      Client client,
      Optional<EntryCompiler> single,
      Donations donations,
      Optional<CachingCompiler> compiler,
      MemoryLimit limit,
      List<PluginDevice> devices) {
    this.plan = plan;
    this.client = client;
    this.single = single;
    this.donations = donations;
    this.compiler = compiler;
    this.limit = limit;
    this.devices = devices;
    this.wanted = devices.size() == 1 ? Map.of() : Placements.wanted(plan);
  }

  /// Returns the first devices of the client, as many as the mesh counts. Entries for one device
  /// are compiled ahead of their use.
  ///
  /// @param compiler compiles for as many devices as the mesh counts; null to keep nothing of what
  ///     is compiled, and if nothing is to be run on one device
  static Machine of(
      Client client, CachingCompiler compiler, HostPlan plan, Profile profile, MemoryLimit limit) {
    Donations donations = Donations.of(plan, client);
    int count = (int) Math.min(plan.mesh().devices(), client.devices().size());
    Optional<EntryCompiler> single =
        plan.mesh().devices() == 1 && compiler != null
            ? Optional.of(new EntryCompiler(plan, donations, compiler, profile, limit))
            : Optional.empty();
    return new Machine(
        plan,
        client,
        single,
        donations,
        Optional.ofNullable(compiler),
        limit,
        client.devices().subList(0, count));
  }

  /// Returns how many devices there are.
  int devices() {
    return devices.size();
  }

  /// Returns where an array that comes to a slot from the host is put.
  Sharding placement(int slot, int rank) {
    return wanted.getOrDefault(slot, Sharding.whole(rank, devices.size()));
  }

  /// Refuses to run on fewer devices than the mesh has places.
  void check() throws RunProblem {
    long due = plan.mesh().devices();
    if (devices.size() < due) {
      throw new RunProblem(
          Diagnostic.error(
                  Code.TOO_FEW_DEVICES,
                  "the mesh "
                      + plan.mesh()
                      + " needs "
                      + due
                      + " devices, and there "
                      + (devices.size() == 1 ? "is 1" : "are " + devices.size()))
              .help("`--devices " + due + "` makes as many of the CPU"));
    }
  }

  /// Brings an array to the devices, placed as the program will want it.
  ShardedArray load(int slot, MemorySegment data, Shape shape) {
    if (devices.size() == 1) {
      return ShardedArray.of(client.bufferFromHost(data, shape, devices.getFirst()));
    }
    return client.scatter(data, shape, placement(slot, shape.rank()), devices);
  }

  /// Waits until an entry is compiled, on one device; for several it is compiled when it is run.
  void prepare(int entry) throws RunProblem {
    if (single.isPresent()) {
      single.get().get(entry);
    }
  }

  /// Runs an entry. On one device what the run [gives away][Donations] is spent.
  ///
  /// @param kept whether the input of this number is kept although the run would give it away
  List<ShardedArray> run(Step.Run step, List<ShardedArray> in, IntPredicate kept)
      throws RunProblem {
    int entry = step.entry();
    if (devices.size() == 1) {
      Buffer[] arguments = in.stream().map(a -> a.part(0)).toArray(Buffer[]::new);
      Executable executable = single.orElseThrow().get(entry);
      return Arrays.stream(
              executable.execute(i -> kept.test(i) || !donations.gives(step, i), arguments))
          .map(ShardedArray::of)
          .toList();
    }
    Compiled compiled = compiled(entry, in.stream().map(ShardedArray::sharding).toList());
    var arguments = new Buffer[devices.size()][];
    for (int d = 0; d < arguments.length; d++) {
      int device = d;
      arguments[d] = in.stream().map(a -> a.part(device)).toArray(Buffer[]::new);
    }
    Buffer[][] parts = compiled.executable.executeAll(arguments);
    var results = new ArrayList<ShardedArray>();
    for (int i = 0; i < compiled.results.size(); i++) {
      int result = i;
      Buffer[] own = Arrays.stream(parts).map(each -> each[result]).toArray(Buffer[]::new);
      results.add(new ShardedArray(compiled.results.get(i), compiled.shardings.get(i), own));
    }
    return results;
  }

  Compiled compiled(int number, List<Sharding> parameters) throws RunProblem {
    var variant = new Variant(number, parameters);
    Compiled known = executables.get(variant);
    if (known == null) {
      known = compile(plan.program().entries().get(number), parameters);
      executables.put(variant, known);
    }
    return known;
  }

  private Compiled compile(Entry entry, List<Sharding> parameters) throws RunProblem {
    EntryCompiler.fits(plan.program().func(entry.func()));
    return limit.fit(
        plan.program(),
        entry,
        program -> compile(program, entry, parameters),
        Compiled::executable);
  }

  private Compiled compile(Program program, Entry entry, List<Sharding> parameters)
      throws RunProblem {
    Func func = program.func(entry.func());
    List<Shape> whole = func.block().paramTypes().stream().map(RuntimeShapes::of).toList();
    List<Shape> results = func.signature().results().stream().map(RuntimeShapes::of).toList();
    List<OpSharding> shardings = parameters.stream().map(Placements::proto).toList();
    HloModuleProto module = HloEmitter.emit(program, entry, shardings);
    EntryCompiler.verified(module);
    var shapes = new ArrayList<Shape>();
    for (int i = 0; i < whole.size(); i++) {
      shapes.add(parameters.get(i).part(whole.get(i)));
    }
    if (compiler.isEmpty()) {
      return compiled(
          client.compile(module.toByteArray(), shapes, new CompileOptions(devices)), results);
    }
    byte[] identity = HloIdentity.of(module);
    Optional<Executable> known = compiler.get().find(identity, shapes);
    if (known.isPresent()) {
      try {
        return compiled(known.get(), results);
      } catch (RunProblem _) {
        // What was kept does not say where its results are: it is made anew.
        compiler.get().forget(identity);
      }
    }
    return compiled(
        compiler
            .get()
            .compile(module.toByteArray(), identity, shapes, "a program of several devices"),
        results);
  }

  /// Returns an executable with where its results are, as told by the module that the plugin made.
  private Compiled compiled(Executable executable, List<Shape> results) throws RunProblem {
    try {
      HloModuleProto optimized = Stages.module(executable.optimized());
      return new Compiled(
          executable, results, Placements.results(optimized, results, devices.size()));
    } catch (InvalidProtocolBufferException | IllegalArgumentException | PjrtException e) {
      executable.close();
      throw new RunProblem(
          Diagnostic.error(
              Code.PLUGIN_FAILED,
              "the plugin does not say where the results are: " + e.getMessage()));
    }
  }

  /// Reports what the plugin refused to do.
  static Diagnostic failed(PjrtException e) {
    boolean memory = e.code() == StatusCode.RESOURCE_EXHAUSTED;
    return Diagnostic.error(
        memory ? Code.OUT_OF_MEMORY : Code.PLUGIN_FAILED,
        (memory ? "the device has not enough memory: " : "the plugin failed: ")
            + e.getMessage().lines().findFirst().orElse(e.toString()));
  }

  @Override
  public void close() {
    single.ifPresent(EntryCompiler::close);
    compiler.ifPresent(CachingCompiler::close); // What is being written is still needed.
    executables.values().forEach(Compiled::close);
  }
}
