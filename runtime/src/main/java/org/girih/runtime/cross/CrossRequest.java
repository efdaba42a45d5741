package org.girih.runtime.cross;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.girih.runtime.pjrt.Option;

/// A module to be compiled, and the devices that it is for.
///
/// @param library the plugin
/// @param topology the plugin's name of the topology; empty where options state all
/// @param options with which the topology is created; strings only
/// @param client how many devices a client has that replaces a topology, for the CPU, whose plugin
///     describes none; else empty
/// @param replicas how many copies of the program run
/// @param partitions how many parts each copy is cut into; empty for as many as there are devices
/// @param environment what the plugin needs in its environment
public record CrossRequest(
    Path library,
    String topology,
    List<Option.Text> options,
    OptionalInt client,
    int replicas,
    OptionalInt partitions,
    Map<String, String> environment) {
  public CrossRequest {
    options = List.copyOf(options);
    environment = Map.copyOf(environment);
    if (replicas < 1 || partitions.orElse(1) < 1) {
      throw new IllegalArgumentException("replicas and partitions must be positive");
    }
  }
}
