package org.girih.runtime.pjrt;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.girih.runtime.status.PjrtException;

/// Devices that need not be there, for which a plugin compiles all the same.
public final class Topology extends Handle {
  private final Plugin plugin;
  private final String platform;
  private final String platformVersion;
  private final List<DeviceDescription> devices;

  private Topology(Plugin plugin, long address) {
    super(address);
    this.plugin = plugin;
    try (var arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(JAVA_LONG, 6);
      Native.check(Shim.topology_read(plugin.api(), address, out.address()));
      long[] o = out.toArray(JAVA_LONG);
      platform = Native.string(o[0], o[1]);
      platformVersion = Native.string(o[2], o[3]);
      MemorySegment addresses = Native.memory(o[4], o[5] * JAVA_LONG.byteSize());
      devices =
          IntStream.range(0, (int) o[5])
              .mapToObj(
                  i -> DeviceDescription.read(plugin.api(), addresses.getAtIndex(JAVA_LONG, i)))
              .toList();
    } catch (PjrtException e) {
      Native.ignore(Shim.topology_destroy(plugin.api(), address));
      throw e;
    }
  }

  /// @param name the plugin's name of it: `v5e:4x4`; empty where options state all
  /// @param options of the plugin
  /// @throws PjrtException as the plugin refuses the name or an option
  public static Topology create(Plugin plugin, String name, List<Option> options) {
    if (name.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("the name of a topology holds a NUL character");
    }
    try (var arena = Arena.ofConfined()) {
      var given = Option.Arrays.of(arena, options);
      MemorySegment out = arena.allocate(JAVA_LONG);
      Native.check(
          Shim.topology_create(
              plugin.api(),
              arena.allocateFrom(name).address(),
              given.names(),
              given.values(),
              given.kinds(),
              options.size(),
              out.address()));
      return new Topology(plugin, out.get(JAVA_LONG, 0));
    }
  }

  /// Returns `cuda`, `tpu`.
  public String platform() {
    return platform;
  }

  /// Returns the version of its platform, as the plugin reports it.
  public String platformVersion() {
    return platformVersion;
  }

  /// Returns the devices, in the plugin's order.
  public List<DeviceDescription> devices() {
    return devices;
  }

  /// Compiles a module for devices of this topology, on a thread of its own with a large stack.
  ///
  /// @param hloModuleProto the bytes of an `HloModuleProto`; the plugin trusts them, so they must
  ///     have been verified
  /// @throws IllegalArgumentException if the assignment names a device that the topology has not
  /// @throws PjrtException as the plugin refused the module
  public CompiledProgram compile(byte[] hloModuleProto, DeviceAssignment assignment) {
    var known = new HashSet<Integer>();
    devices.forEach(d -> known.add(d.id()));
    if (!known.containsAll(assignment.devices())) {
      throw new IllegalArgumentException(
          "the topology has " + devices.size() + " devices; the assignment names others");
    }
    LapackLibrary.need(hloModuleProto, platform, false);
    return Compilation.run(
        this, hloModuleProto, topology -> compile(topology, hloModuleProto, assignment), _ -> {});
  }

  private CompiledProgram compile(long topology, byte[] module, DeviceAssignment assignment) {
    byte[] options = assignment.encode(XlaOption.of(platform, plugin.apiMinor()));
    try (var arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(JAVA_LONG);
      Native.check(
          Shim.topology_compile(
              plugin.api(),
              topology,
              arena.allocateFrom(JAVA_BYTE, module).address(),
              module.length,
              arena.allocateFrom(JAVA_BYTE, options).address(),
              options.length,
              out.address()));
      long executable = out.get(JAVA_LONG, 0);
      try {
        return CompiledProgram.read(plugin.api(), executable);
      } finally {
        Native.ignore(Shim.executable_destroy(plugin.api(), 0, executable));
      }
    }
  }

  @Override
  void destroy(long address) {
    Native.ignore(Shim.topology_destroy(plugin.api(), address));
  }

  @Override
  String what() {
    return "the topology";
  }
}
