package org.girih.runtime.cross;

import org.girih.runtime.pjrt.CompiledProgram;

/// The compiled program, and where the time went.
///
/// @param compiled as read back from the executable
/// @param platformVersion what the plugin reports of itself
/// @param apiVersion of the PJRT C API that the plugin has
/// @param deviceKind what the plugin calls the devices
/// @param devices how many the topology has
/// @param processes how many hosts they are spread over
/// @param seconds of each step
public record CrossResult(
    CompiledProgram compiled,
    String platformVersion,
    String apiVersion,
    String deviceKind,
    int devices,
    int processes,
    Seconds seconds) {

  /// The time that each step took, in seconds.
  ///
  /// @param process from the start of the child to the end of it, all others included
  /// @param plugin loading the library
  /// @param topology describing the devices
  /// @param compile compiling, and reading back what was made
  public record Seconds(double process, double plugin, double topology, double compile) {}
}
