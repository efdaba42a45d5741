package org.girih.runtime.pjrt;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.OptionalLong;
import org.girih.runtime.status.PjrtException;
import org.girih.runtime.status.StatusCode;

/// A device of a client.
public final class PluginDevice {
  private final Client client;
  private final long address;
  private final DeviceDescription description;

  private PluginDevice(Client client, long address, DeviceDescription description) {
    this.client = client;
    this.address = address;
    this.description = description;
  }

  static PluginDevice describe(Client client, long api, long address) {
    try (var arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(JAVA_LONG);
      Native.check(Shim.device_description(api, address, out.address()));
      var description = DeviceDescription.read(api, out.get(JAVA_LONG, 0));
      return new PluginDevice(client, address, description);
    }
  }

  /// Returns what the plugin reports of it.
  public DeviceDescription description() {
    return description;
  }

  /// Returns the number by which device assignments name it.
  public int id() {
    return description.id();
  }

  /// Returns what the plugin calls it: `cpu`, `NVIDIA H100 …`.
  public String kind() {
    return description.kind();
  }

  Client client() {
    return client;
  }

  /// Returns the address, valid while the client is.
  long address() {
    return address;
  }

  /// Bytes on the device.
  ///
  /// @param peak the most that was in use, where the plugin counts it
  /// @param limit what can be allocated, where the plugin knows it
  public record Memory(long inUse, OptionalLong peak, OptionalLong limit) {}

  /// Returns its memory; empty where the plugin reports none, as with the CPU plugins.
  public Optional<Memory> memory() {
    client.acquire();
    try (var arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(JAVA_LONG, 3);
      Native.check(Shim.device_memory(client.plugin().api(), address, out.address()));
      return Optional.of(
          new Memory(
              out.getAtIndex(JAVA_LONG, 0),
              known(out.getAtIndex(JAVA_LONG, 1)),
              known(out.getAtIndex(JAVA_LONG, 2))));
    } catch (PjrtException e) {
      if (e.code() == StatusCode.UNIMPLEMENTED) {
        return Optional.empty();
      }
      throw e;
    } finally {
      client.release();
    }
  }

  private static OptionalLong known(long bytes) {
    return bytes < 0 ? OptionalLong.empty() : OptionalLong.of(bytes);
  }

  @Override
  public String toString() {
    return kind() + ":" + id();
  }
}
