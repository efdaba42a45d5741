package org.girih.host.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.girih.grammar.plan.HostPlan;
import org.girih.grammar.plan.Step;
import org.girih.hlo.emit.HloEmitter;
import org.girih.hlo.emit.Shardings;
import org.girih.hlo.proto.HloModuleProto;
import org.girih.hlo.proto.OpSharding;
import org.girih.ir.op.Call;
import org.girih.ir.op.Shard;
import org.girih.ir.program.Entry;
import org.girih.ir.program.Equation;
import org.girih.ir.program.Func;
import org.girih.ir.program.Program;
import org.girih.ir.type.Value;
import org.girih.runtime.pjrt.Shape;
import org.girih.runtime.pjrt.Sharding;

/// Placements between the program, XLA's protos and the runtime.
public final class Placements {
  private Placements() {}

  /// Returns the HLO module of an entry: for the devices of the mesh, its parameters placed as the
  /// program states; for one device where there is no mesh.
  public static HloModuleProto module(HostPlan plan, int number) {
    Entry entry = plan.program().entries().get(number);
    int devices = (int) plan.mesh().devices();
    if (devices == 1) {
      return HloEmitter.emit(plan.program(), entry);
    }
    var shardings = new ArrayList<OpSharding>();
    for (int i = 0; i < entry.params().size(); i++) {
      shardings.add(wanted(plan, number, i).map(Placements::proto).orElse(Shardings.REPLICATED));
    }
    return HloEmitter.emit(plan.program(), entry, shardings);
  }

  /// Returns how the program places what comes to a slot from the host: as the first `shard` of a
  /// parameter that is read from there states.
  static Map<Integer, Sharding> wanted(HostPlan plan) {
    var wanted = new HashMap<Integer, Sharding>();
    Step.all(plan.steps(), Step.Run.class)
        .forEach(
            run -> {
              for (int i = 0; i < run.inputs().size(); i++) {
                int slot = run.inputs().get(i);
                if (!wanted.containsKey(slot)) {
                  wanted(plan, run.entry(), i).ifPresent(s -> wanted.put(slot, s));
                }
              }
            });
    return wanted;
  }

  /// Returns how an entry places a parameter.
  static Optional<Sharding> wanted(HostPlan plan, int entry, int parameter) {
    Func func = plan.program().func(plan.program().entries().get(entry).func());
    int rank = func.block().params().get(parameter).type().rank();
    return shard(plan.program(), func, parameter)
        .map(s -> of(Shardings.of(s), rank, (int) plan.mesh().devices()));
  }

  /// Returns the first `shard` of a parameter, also in functions that it is passed to.
  private static Optional<Shard> shard(Program program, Func func, int parameter) {
    Value value = func.block().params().get(parameter);
    for (Equation equation : func.block().equations()) {
      int at = equation.operands().indexOf(value);
      if (at >= 0 && equation.op() instanceof Shard shard) {
        return Optional.of(shard);
      }
      if (at >= 0 && equation.op() instanceof Call(var callee)) {
        Optional<Shard> inside = shard(program, program.func(callee), at);
        if (inside.isPresent()) {
          return inside;
        }
      }
    }
    return Optional.empty();
  }

  /// Returns where the results of a partitioned module are.
  ///
  /// @param optimized the module as the plugin has it, which records it
  /// @throws IllegalArgumentException if it records something that is not ours
  static List<Sharding> results(HloModuleProto optimized, List<Shape> results, int devices) {
    OpSharding all = optimized.getSpmdOutputSharding();
    boolean tuple = all.getType() == OpSharding.Type.TUPLE;
    if (tuple && all.getTupleShardingsCount() != results.size()) {
      throw new IllegalArgumentException(
          all.getTupleShardingsCount() + " placements of " + results.size() + " results");
    }
    var out = new ArrayList<Sharding>();
    for (int i = 0; i < results.size(); i++) {
      OpSharding own = tuple ? all.getTupleShardings(i) : all;
      out.add(of(own, results.get(i).rank(), devices));
    }
    return out;
  }

  /// Returns XLA's placement of an array of that rank.
  ///
  /// @throws IllegalArgumentException if it is on one device alone
  static Sharding of(OpSharding proto, int rank, int devices) {
    return switch (proto.getType()) {
      case REPLICATED, UNRECOGNIZED -> Sharding.whole(rank, devices);
      case MAXIMAL, TUPLE, MANUAL, UNKNOWN ->
          throw new IllegalArgumentException("a result that is " + proto.getType());
      case OTHER -> {
        long[] dims = proto.getTileAssignmentDimensionsList().stream().mapToLong(d -> d).toArray();
        long copies = Arrays.stream(dims, rank, dims.length).reduce(1, (a, b) -> a * b);
        int[] order = devices(proto);
        int[] tiles = new int[devices];
        for (int i = 0; i < order.length; i++) {
          tiles[order[i]] = (int) (i / copies);
        }
        yield new Sharding(Arrays.copyOf(dims, rank), tiles);
      }
    };
  }

  /// Returns the devices in the order of the tiles: listed, or as an iota that is reshaped and
  /// transposed.
  private static int[] devices(OpSharding proto) {
    if (proto.getIotaReshapeDimsCount() == 0) {
      return proto.getTileAssignmentDevicesList().stream().mapToInt(Long::intValue).toArray();
    }
    return iota(proto.getIotaReshapeDimsList(), proto.getIotaTransposePermList()).stream()
        .mapToInt(Long::intValue)
        .toArray();
  }

  /// Returns the numbers 0, 1, …, reshaped to these dims, transposed, in row-major order.
  static List<Long> iota(List<Long> dims, List<Integer> permutation) {
    List<Integer> order =
        permutation.size() == dims.size()
            ? permutation
            : IntStream.range(0, dims.size()).boxed().toList();
    var devices = new ArrayList<Long>(List.of(0L));
    for (int axis : order) {
      long stride = dims.subList(axis + 1, dims.size()).stream().reduce(1L, Math::multiplyExact);
      var next = new ArrayList<Long>();
      for (long before : devices) {
        for (long i = 0; i < dims.get(axis); i++) {
          next.add(before + i * stride);
        }
      }
      devices = next;
    }
    return devices;
  }

  /// Returns the placement as XLA writes it.
  static OpSharding proto(Sharding sharding) {
    if (sharding.whole()) {
      return Shardings.REPLICATED;
    }
    long[] parts = sharding.parts();
    int[] tiles = sharding.tiles();
    long count = Arrays.stream(parts).reduce(1, (a, b) -> a * b);
    long copies = tiles.length / count;
    var out = OpSharding.newBuilder().setType(OpSharding.Type.OTHER);
    Arrays.stream(parts).forEach(out::addTileAssignmentDimensions);
    if (copies > 1) {
      out.addTileAssignmentDimensions(copies).setReplicateOnLastTileDim(true);
    }
    IntStream.range(0, tiles.length)
        .boxed()
        .sorted(java.util.Comparator.comparing((Integer d) -> tiles[d]))
        .forEach(out::addTileAssignmentDevices);
    return out.build();
  }
}
