package org.girih.host.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.girih.hlo.emit.HloEmitter;
import org.girih.hlo.verify.HloLimits;
import org.girih.hlo.verify.HloVerifier;
import org.girih.ir.program.Entry;
import org.girih.ir.program.Program;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Literal;
import org.girih.passes.golden.TestData;
import org.girih.passes.golden.Tolerances;
import org.girih.passes.interpreter.Tensor;
import org.girih.runtime.pjrt.Buffer;
import org.girih.runtime.pjrt.Client;
import org.girih.runtime.pjrt.CompileOptions;
import org.girih.runtime.pjrt.Shape;
import org.girih.runtime.pjrt.ShardedArray;
import org.girih.runtime.pjrt.Sharding;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/// `testdata/ops/*/exec.tir` on several devices: arguments are split where the number of devices
/// and a size have a common divisor, and the results are JAX's still.
class ShardedOpsTest {
  /// Which dimension of an argument is split.
  private enum Split {
    FIRST,
    LAST
  }

  private static final Machines MACHINES = new Machines();

  @AfterAll
  static void close() {
    MACHINES.close();
  }

  /// Most arrays of the cases have three rows.
  @TestFactory
  Stream<DynamicTest> onThreeDevices() throws Exception {
    return over(Machines.defaultPlugin(), 3, Split.FIRST);
  }

  @Tag("full")
  @TestFactory
  Stream<DynamicTest> onEachNumberOfDevices() throws Exception {
    Path plugin = Machines.defaultPlugin();
    return Stream.concat(
        Stream.of(2, 4, 8).flatMap(n -> over(plugin, n, Split.FIRST)), over(plugin, 4, Split.LAST));
  }

  @Tag("full")
  @TestFactory
  Stream<DynamicTest> onTheOlderPlugins() throws Exception {
    return Machines.olderPlugins().stream()
        .flatMap(plugin -> Stream.of(2, 4, 8).flatMap(n -> over(plugin, n, Split.FIRST)));
  }

  private static Stream<DynamicTest> over(Path plugin, int devices, Split split) {
    Tolerances tolerances = Tolerances.read();
    // The cases of `shard` name a mesh of their own: DevicesTest has programs with it.
    return TestData.ops().stream()
        .filter(folder -> !folder.endsWith("shard"))
        .map(
            folder ->
                DynamicTest.dynamicTest(
                    folder.getFileName() + " on " + devices + ", " + split,
                    () -> run(MACHINES.client(plugin, devices), folder, split, tolerances)));
  }

  private static void run(Client client, Path folder, Split split, Tolerances tolerances)
      throws Exception {
    OpsOnPjrtTest.hold(
        folder,
        tolerances,
        (program, entry, arguments) -> execute(client, program, entry, split, arguments));
  }

  /// As many parts as the size and the number of devices allow, the same part on the others.
  private static Sharding sharding(Shape shape, int devices, Split split) {
    long[] parts = new long[shape.rank()];
    Arrays.fill(parts, 1);
    for (int i = 0; i < parts.length; i++) {
      int axis = split == Split.FIRST ? i : parts.length - 1 - i;
      int common =
          BigInteger.valueOf(shape.dim(axis)).gcd(BigInteger.valueOf(devices)).intValueExact();
      if (common > 1 && shape.dim(axis) > 0) {
        parts[axis] = common;
        int[] tiles = new int[devices];
        Arrays.setAll(tiles, d -> d % common);
        return new Sharding(parts, tiles);
      }
    }
    return Sharding.whole(shape.rank(), devices);
  }

  private static List<Tensor> execute(
      Client client, Program program, Entry entry, Split split, List<Literal> arguments)
      throws Exception {
    int devices = client.devices().size();
    var whole = arguments.stream().map(a -> RuntimeShapes.of(a.type())).toList();
    var shardings = whole.stream().map(s -> sharding(s, devices, split)).toList();
    var module =
        HloEmitter.emit(program, entry, shardings.stream().map(Placements::proto).toList());
    assertEquals(List.of(), HloVerifier.verify(module, HloLimits.none()));
    var shapes = new ArrayList<Shape>();
    for (int i = 0; i < whole.size(); i++) {
      shapes.add(shardings.get(i).part(whole.get(i)));
    }
    List<ArrayType> types = program.func(entry.func()).signature().results();
    List<Shape> due = types.stream().map(RuntimeShapes::of).toList();
    var held = new ArrayList<ShardedArray>();
    try (var arena = Arena.ofConfined();
        var executable =
            client.compile(module.toByteArray(), shapes, new CompileOptions(client.devices()))) {
      for (int i = 0; i < whole.size(); i++) {
        byte[] bytes = new byte[arguments.get(i).bytes().remaining()];
        arguments.get(i).bytes().get(bytes);
        MemorySegment data = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
        held.add(client.scatter(data, whole.get(i), shardings.get(i), client.devices()));
      }
      var in = new Buffer[devices][];
      for (int d = 0; d < devices; d++) {
        int device = d;
        in[d] = held.stream().map(a -> a.part(device)).toArray(Buffer[]::new);
      }
      Buffer[][] parts = executable.executeAll(in);
      List<Sharding> placed =
          devices == 1
              ? due.stream().map(s -> Sharding.whole(s.rank(), 1)).toList()
              : Placements.results(Stages.module(executable.optimized()), due, devices);
      var results = new ArrayList<Tensor>();
      for (int i = 0; i < due.size(); i++) {
        int result = i;
        Buffer[] own = Arrays.stream(parts).map(p -> p[result]).toArray(Buffer[]::new);
        var array = new ShardedArray(due.get(i), placed.get(i), own);
        held.add(array);
        byte[] bytes = array.toHost(arena).toArray(ValueLayout.JAVA_BYTE);
        results.add(Tensor.of(Literal.dense(types.get(i), bytes)));
      }
      return results;
    } finally {
      held.forEach(ShardedArray::close);
    }
  }
}
