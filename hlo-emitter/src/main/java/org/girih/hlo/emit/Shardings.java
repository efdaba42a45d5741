package org.girih.hlo.emit;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.girih.hlo.proto.OpSharding;
import org.girih.ir.op.Shard;
import org.girih.ir.type.ArrayType;

/// Placements as XLA writes them: tiles, and the device of each.
public final class Shardings {
  /// Whole on each device.
  public static final OpSharding REPLICATED =
      OpSharding.newBuilder().setType(OpSharding.Type.REPLICATED).build();

  private Shardings() {}

  /// Returns the tiles of a placement; open dimensions count as whole.
  ///
  /// Devices are numbered row-major over the mesh. The list of devices runs over the tiles
  /// row-major, and over the devices that hold the same tile last.
  public static OpSharding of(Shard shard) {
    var out = OpSharding.newBuilder().setType(OpSharding.Type.OTHER);
    var order = new ArrayList<Integer>();
    boolean whole = true;
    for (int i = 0; i < shard.split().size(); i++) {
      out.addTileAssignmentDimensions(shard.parts(i));
      whole &= shard.parts(i) == 1;
      order.addAll(shard.split().get(i));
    }
    if (whole) {
      return REPLICATED;
    }
    List<Integer> rest = shard.repeated();
    long copies = rest.stream().mapToLong(shard.mesh()::get).reduce(1, Math::multiplyExact);
    if (copies > 1) {
      out.addTileAssignmentDimensions(copies).setReplicateOnLastTileDim(true);
    }
    order.addAll(rest);
    return out.addAllTileAssignmentDevices(devices(shard.mesh(), order)).build();
  }

  /// Returns the numbers of all devices of a mesh, with its axes taken in another order.
  private static List<Long> devices(List<Long> mesh, List<Integer> order) {
    var devices = new ArrayList<Long>(List.of(0L));
    for (int axis : order) {
      long stride =
          IntStream.range(axis + 1, mesh.size()).mapToLong(mesh::get).reduce(1, (a, b) -> a * b);
      var next = new ArrayList<Long>();
      for (long before : devices) {
        for (long i = 0; i < mesh.get(axis); i++) {
          next.add(before + i * stride);
        }
      }
      devices = next;
    }
    return devices;
  }

  /// Returns the value, with its last dimension whole on each device where there are several.
  static Instr wholeRows(ComputationBuilder b, Instr x) {
    int last = x.type().rank() - 1;
    if (!b.module().partitioned() || x.type().dim(last).known().orElseThrow() < 2) {
      return x;
    }
    List<Integer> open = IntStream.range(0, last).boxed().toList();
    var split = IntStream.rangeClosed(0, last).mapToObj(_ -> List.<Integer>of()).toList();
    return constrain(b, new Shard(List.of(), split, open), x, x.type());
  }

  /// Returns the value, whole on each device where there are several: for what the partitioner or
  /// the collectives of a plugin do not do right.
  static Instr whole(ComputationBuilder b, Instr x) {
    if (!b.module().partitioned()) {
      return x;
    }
    var instruction = b.instruction("custom-call", HloShapes.of(x.type()), List.of(x));
    instruction.setCustomCallTarget("Sharding").setSharding(REPLICATED);
    return new Instr(b.add(instruction), x.type());
  }

  /// Returns the value behind a constraint of the partitioner.
  static Instr constrain(ComputationBuilder b, Shard shard, Instr x, ArrayType out) {
    var instruction = b.instruction("custom-call", HloShapes.of(out), List.of(x));
    instruction.setCustomCallTarget("Sharding").setSharding(of(shard));
    if (!shard.open().isEmpty()) {
      String open =
          shard.open().stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
      instruction.setBackendConfig(ByteString.copyFromUtf8("unspecified_dims=" + open));
    }
    return new Instr(b.add(instruction), out);
  }
}
