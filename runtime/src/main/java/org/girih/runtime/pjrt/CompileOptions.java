package org.girih.runtime.pjrt;

import java.util.List;

/// The devices of a client that a module is compiled to run on.
///
/// @param replicas as of [DeviceAssignment]
/// @param partitions as of [DeviceAssignment]
/// @param devices all of one client, in the order of [DeviceAssignment]
public record CompileOptions(int replicas, int partitions, List<PluginDevice> devices) {
  public CompileOptions {
    devices = List.copyOf(devices);
    Client client = devices.getFirst().client();
    if (devices.stream().anyMatch(d -> d.client() != client)) {
      throw new IllegalArgumentException("the devices are of several clients");
    }
  }

  /// For one copy that these devices share.
  public CompileOptions(List<PluginDevice> devices) {
    this(1, devices.size(), devices);
  }

  /// For one copy, not cut, on this device.
  public CompileOptions(PluginDevice device) {
    this(1, 1, List.of(device));
  }

  /// Returns the device that computes first.
  public PluginDevice device() {
    return devices.getFirst();
  }

  /// Returns the bytes of a `CompileOptionsProto`.
  public byte[] encode() {
    Client client = device().client();
    return new DeviceAssignment(
            replicas, partitions, devices.stream().map(PluginDevice::id).toList())
        .encode(XlaOption.of(client.platform(), client.plugin().apiMinor()));
  }
}
