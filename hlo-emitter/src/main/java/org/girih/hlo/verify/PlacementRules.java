package org.girih.hlo.verify;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Map;
import org.girih.hlo.proto.OpSharding;

/// Checks where the parts of values are. Rules: those that XLA's `HloSharding` states for its
/// protos; a list of devices holds each once, from 0 without gaps.
final class PlacementRules {
  private static final long MAX_DEVICES = 1 << 20;

  private PlacementRules() {}

  static void addTo(Map<String, Rule> rules) {
    rules.put(
        "custom-call",
        Rule.of(
            PlacementRules::call,
            Field.CUSTOM_CALL_TARGET,
            Field.FOREIGN,
            Field.SHARDING,
            Field.BACKEND_CONFIG));
  }

  static void parameter(Site s) {
    s.count(0);
    if (s.proto().hasSharding()) {
      tiles(s, s.proto().getSharding(), s.result());
    }
  }

  private static void call(Site s) {
    switch (s.proto().getCustomCallTarget()) {
      case "Sharding" -> constrain(s);
      case ForeignRules.FACTOR -> ForeignRules.factor(s);
      case ForeignRules.PRINT -> ForeignRules.print(s);
      default ->
          s.require(
              false, "custom call of \"%s\"", HloVerifier.shown(s.proto().getCustomCallTarget()));
    }
  }

  private static void constrain(Site s) {
    s.count(1);
    s.gives(s.operand(0));
    s.require(s.proto().hasSharding(), "an empty placement");
    tiles(s, s.proto().getSharding(), s.result());
    open(s, s.proto().getBackendConfig().toStringUtf8(), s.result().dims().size());
  }

  /// Checks `unspecified_dims=[0,2]`, or nothing.
  private static void open(Site s, String config, int rank) {
    if (config.isEmpty()) {
      return;
    }
    s.require(
        config.matches("unspecified_dims=\\[[0-9]{1,3}(,[0-9]{1,3})*\\]"),
        "backend_config \"%s\"",
        HloVerifier.shown(config));
    var dims = new ArrayList<Long>();
    for (String dim : config.substring(config.indexOf('[') + 1, config.length() - 1).split(",")) {
      dims.add(Long.parseLong(dim));
    }
    s.axes(dims, rank, "unspecified_dims");
  }

  private static void tiles(Site s, OpSharding sharding, HloShape.Array shape) {
    s.require(sharding.getUnknownFields().isEmpty(), "a sharding with fields that Girih lacks");
    s.require(
        sharding.getTupleShardingsCount() == 0
            && sharding.getLastTileDimsCount() == 0
            && sharding.getIotaReshapeDimsCount() == 0
            && sharding.getIotaTransposePermCount() == 0,
        "a sharding in another form than tiles and devices");
    switch (sharding.getType()) {
      case REPLICATED ->
          s.require(
              sharding.getTileAssignmentDimensionsCount() == 0
                  && sharding.getTileAssignmentDevicesCount() == 0
                  && !sharding.getReplicateOnLastTileDim(),
              "a replicated value with tiles");
      case OTHER -> {
        int rank = shape.dims().size() + (sharding.getReplicateOnLastTileDim() ? 1 : 0);
        s.require(
            sharding.getTileAssignmentDimensionsCount() == rank,
            "tiles %s of %s",
            sharding.getTileAssignmentDimensionsList(),
            shape);
        long count = 1;
        for (long tiles : sharding.getTileAssignmentDimensionsList()) {
          s.require(tiles >= 1 && tiles <= MAX_DEVICES, "%d tiles", tiles);
          count *= tiles;
          s.require(count <= MAX_DEVICES, "more than %d devices", MAX_DEVICES);
        }
        var devices = new ArrayList<>(sharding.getTileAssignmentDevicesList());
        Collections.sort(devices);
        s.require(devices.size() == count, "%d devices for %d tiles", devices.size(), count);
        for (int i = 0; i < devices.size(); i++) {
          s.require(devices.get(i) == i, "devices %s", sharding.getTileAssignmentDevicesList());
        }
      }
      case MAXIMAL, TUPLE, MANUAL, UNKNOWN, UNRECOGNIZED ->
          s.require(false, "a sharding of type %s", sharding.getType());
    }
  }
}
