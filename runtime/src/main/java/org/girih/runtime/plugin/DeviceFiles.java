package org.girih.runtime.plugin;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Finds whether this machine has devices of a platform, by the files that their drivers make. A
/// plugin asked instead would look for TPUs at a metadata server for minutes.
public final class DeviceFiles {
  private DeviceFiles() {}

  /// Returns what is looked for, below `/`; empty for the CPU, which is always there.
  public static List<String> of(Platform platform) {
    return switch (platform) {
      case CPU -> List.of();
      case CUDA -> List.of("dev/nvidia0", "dev/nvidiactl", "dev/dxg");
      case TPU -> List.of("dev/accel0", "dev/vfio/0");
    };
  }

  /// @param root `/`
  public static boolean present(Platform platform, Path root) {
    List<String> files = of(platform);
    return files.isEmpty() || files.stream().anyMatch(f -> Files.exists(root.resolve(f)));
  }
}
