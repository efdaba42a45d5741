package org.girih.cli.cross;

import java.util.Locale;

/// A GPU as the text form of XLA's `GpuTargetConfigProto`, from which its compiler takes what it
/// would ask the driver for if the GPU were there.
final class GpuDescription {
  private GpuDescription() {}

  static String text(Chip chip, Chip.Gpu gpu) {
    // What no data sheet needs to say: it has been the same since compute capability 7.5.
    return """
        platform_name: "CUDA"
        device_description_str: "%s"
        dnn_version_info { major: 9 minor: 8 }
        gpu_device_info {
          cuda_compute_capability { major: %d minor: %d }
          core_count: %d
          fpus_per_core: %d
          threads_per_core_limit: %d
          threads_per_block_limit: 1024
          threads_per_warp: 32
          shared_memory_per_block: 49152
          shared_memory_per_block_optin: %d
          shared_memory_per_core: %d
          registers_per_core_limit: 65536
          registers_per_block_limit: 65536
          block_dim_limit_x: 2147483647
          block_dim_limit_y: 65535
          block_dim_limit_z: 65535
          l2_cache_size: %d
          clock_rate_ghz: %s
          memory_bandwidth: %d
          device_memory_size: %d
        }
        """
        .formatted(
            gpu.name(),
            gpu.major(),
            gpu.minor(),
            gpu.cores(),
            gpu.lanes(),
            gpu.threads(),
            gpu.blockMemory() << 10,
            gpu.coreMemory() << 10,
            gpu.cache() << 20,
            String.format(Locale.ROOT, "%.2f", gpu.clock()),
            (long) chip.bandwidth(),
            chip.memory());
  }
}
