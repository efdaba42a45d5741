package org.girih.host.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.girih.hlo.emit.Shardings;
import org.girih.hlo.proto.OpSharding;
import org.girih.ir.op.Shard;
import org.girih.runtime.pjrt.Sharding;
import org.junit.jupiter.api.Test;

/// Placements as XLA writes them, and as the runtime holds them.
class PlacementsTest {
  /// The devices of `numpy.arange(8).reshape(2, 4).T.ravel()`, and of three dimensions.
  @Test
  void devicesAsAnIota() {
    assertEquals(
        List.of(0L, 4L, 1L, 5L, 2L, 6L, 3L, 7L), Placements.iota(List.of(2L, 4L), List.of(1, 0)));
    assertEquals(
        List.of(0L, 2L, 4L, 6L, 1L, 3L, 5L, 7L),
        Placements.iota(List.of(2L, 2L, 2L), List.of(2, 0, 1)));
    assertEquals(List.of(0L, 1L, 2L), Placements.iota(List.of(3L), List.of()));
  }

  /// The same tiles, listed one by one and as an iota: `devices=[2,1,2]<=[2,2]T(1,0)
  /// last_tile_dim_replicate`.
  @Test
  void listsAndIotasAgree() {
    var listed =
        OpSharding.newBuilder()
            .setType(OpSharding.Type.OTHER)
            .addAllTileAssignmentDimensions(List.of(2L, 1L, 2L))
            .setReplicateOnLastTileDim(true)
            .addAllTileAssignmentDevices(List.of(0L, 2L, 1L, 3L))
            .build();
    var iota =
        listed.toBuilder()
            .clearTileAssignmentDevices()
            .addAllIotaReshapeDims(List.of(2L, 2L))
            .addAllIotaTransposePerm(List.of(1, 0))
            .build();
    var due = new Sharding(new long[] {2, 1}, new int[] {0, 1, 0, 1});
    assertEquals(due, Placements.of(listed, 2, 4));
    assertEquals(due, Placements.of(iota, 2, 4));
  }

  /// On a mesh of 2 by 3 devices: `x as [_ @ b, _ @ a]` gives device 3 a + … the tile of its
  /// coordinates.
  @Test
  void tilesFollowTheCoordinatesOfDevices() {
    var shard = new Shard(List.of(2L, 3L), List.of(List.of(1), List.of(0)), List.of());
    // Device d has the coordinates (d / 3, d % 3), and so the tile d % 3 * 2 + d / 3.
    var due = new Sharding(new long[] {3, 2}, new int[] {0, 2, 4, 1, 3, 5});
    assertEquals(due, Placements.of(Shardings.of(shard), 2, 6));
    assertEquals(due, Placements.of(Placements.proto(due), 2, 6));
  }

  @Test
  void anAxisThatSplitsNothingRepeats() {
    var shard = new Shard(List.of(2L, 3L), List.of(List.of(1), List.of()), List.of());
    var due = new Sharding(new long[] {3, 1}, new int[] {0, 1, 2, 0, 1, 2});
    assertEquals(due, Placements.of(Shardings.of(shard), 2, 6));
    var both = new Shard(List.of(2L, 3L), List.of(List.of(1, 0)), List.of());
    assertEquals(
        new Sharding(new long[] {6}, new int[] {0, 2, 4, 1, 3, 5}),
        Placements.of(Shardings.of(both), 1, 6));
  }

  @Test
  void whatIsOnOneDeviceAloneIsRefused() {
    var maximal = OpSharding.newBuilder().setType(OpSharding.Type.MAXIMAL).build();
    assertThrows(IllegalArgumentException.class, () -> Placements.of(maximal, 2, 4));
  }
}
