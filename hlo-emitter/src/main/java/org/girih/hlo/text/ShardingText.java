package org.girih.hlo.text;

import java.util.List;
import java.util.stream.Collectors;
import org.girih.hlo.proto.OpSharding;

/// Placements as `HloSharding::ToString` writes them: `{devices=[4,1]0,1,2,3}`.
public final class ShardingText {
  private ShardingText() {}

  /// Returns a placement; that of a tuple is a list.
  public static String of(OpSharding sharding) {
    return switch (sharding.getType()) {
      case REPLICATED -> "{replicated}";
      case MANUAL -> "{manual}";
      case UNKNOWN, UNRECOGNIZED -> "{unknown}";
      case MAXIMAL ->
          "{maximal device="
              + sharding.getTileAssignmentDevicesList().stream().findFirst().orElse(0L)
              + "}";
      case TUPLE ->
          sharding.getTupleShardingsList().stream()
              .map(ShardingText::of)
              .collect(Collectors.joining(", ", "{", "}"));
      case OTHER -> tiles(sharding);
    };
  }

  private static String tiles(OpSharding sharding) {
    var out = new StringBuilder("{devices=[");
    out.append(join(sharding.getTileAssignmentDimensionsList())).append(']');
    if (sharding.getIotaReshapeDimsCount() > 0) {
      out.append("<=[").append(join(sharding.getIotaReshapeDimsList())).append(']');
      if (sharding.getIotaTransposePermCount() > 1) {
        out.append("T(").append(join(sharding.getIotaTransposePermList())).append(')');
      }
    } else {
      out.append(join(sharding.getTileAssignmentDevicesList()));
    }
    if (sharding.getReplicateOnLastTileDim()) {
      out.append(" last_tile_dim_replicate");
    }
    if (sharding.getLastTileDimsCount() > 0) {
      out.append(" last_tile_dims={")
          .append(
              sharding.getLastTileDimsList().stream()
                  .map(t -> t.name().toLowerCase(java.util.Locale.ROOT))
                  .collect(Collectors.joining(", ")))
          .append('}');
    }
    return out.append('}').toString();
  }

  private static String join(List<?> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
  }
}
