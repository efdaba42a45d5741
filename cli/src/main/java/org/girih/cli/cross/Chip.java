package org.girih.cli.cross;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.girih.runtime.plugin.Platform;

/// The figures of a chip that decide how fast a program can be and whether it fits.
///
/// Of TPUs from v3 on: Google Cloud's pages `cloud.google.com/tpu/docs/v3`, `v4`, `v5e`, `v5p`,
/// `v6e` and `tpu7x`, tables of key specifications; the links of v5e and later are half of the
/// "bidirectional inter-chip interconnect bandwidth per chip" there. Of v2, and of the links of v2
/// and v3 (496 and 656 Gbit/s, four a chip): Jouppi et al., "A domain-specific supercomputer for
/// training deep neural networks", CACM 63(7), 2020, table 3 and section 3. Of the links of v4 (six
/// of 50 GB/s): Jouppi et al., "TPU v4: an optically reconfigurable supercomputer", ISCA 2023,
/// table 4. Of GPUs: NVIDIA's data sheets "A100 Tensor Core GPU", "H100", "H200", "L4", "HGX B200",
/// dense figures, NVLink in one direction, and the CUDA C++ programming guide, table "Technical
/// specifications per compute capability".
///
/// Rates are per chip and in one direction; a chip may be several devices to the program.
public enum Chip {
  V2(Platform.TPU, "v2", 2, gib(16), 46e12, 700e9, 4 * 496e9 / 8, new Torus(2, 16, 256)),
  V3(Platform.TPU, "v3", 2, gib(32), 123e12, 900e9, 4 * 656e9 / 8, new Torus(2, 32, 1024)),
  V4(Platform.TPU, "v4", 2, gib(32), 275e12, 1200e9, 6 * 50e9, new Torus(3, 64, 4096)),
  V5E(Platform.TPU, "v5e", 1, gib(16), 197e12, 819e9, 400e9 / 2, new Torus(2, 16, 256)),
  V5P(Platform.TPU, "v5p", 1, gib(95), 459e12, 2765e9, 1200e9 / 2, new Torus(3, 64, 8960)),
  V6E(Platform.TPU, "v6e", 1, gib(32), 918e12, 1638e9, 800e9 / 2, new Torus(2, 16, 256)),
  V7X(Platform.TPU, "7x", 2, gib(192), 2307e12, 7380e9, 1200e9 / 2, new Torus(3, 64, 9216)),
  A100(
      Platform.CUDA,
      "a100",
      1,
      80_000_000_000L,
      312e12,
      2039e9,
      300e9,
      new Gpu("NVIDIA A100-SXM4-80GB", 8, 0, 108, 64, 2048, 163, 164, 40, 1.41)),
  H100(
      Platform.CUDA,
      "h100",
      1,
      80_000_000_000L,
      989e12,
      3350e9,
      450e9,
      new Gpu("NVIDIA H100 80GB HBM3", 9, 0, 132, 128, 2048, 227, 228, 50, 1.98)),
  H200(
      Platform.CUDA,
      "h200",
      1,
      141_000_000_000L,
      989e12,
      4800e9,
      450e9,
      new Gpu("NVIDIA H200", 9, 0, 132, 128, 2048, 227, 228, 50, 1.98)),
  L4(
      Platform.CUDA,
      "l4",
      1,
      24_000_000_000L,
      121e12,
      300e9,
      32e9,
      new Gpu("NVIDIA L4", 8, 9, 58, 128, 1536, 99, 100, 48, 2.04)),
  B200(
      Platform.CUDA,
      "b200",
      1,
      180_000_000_000L,
      2250e12,
      8000e9,
      900e9,
      new Gpu("NVIDIA B200", 10, 0, 148, 128, 2048, 227, 228, 126, 1.97));

  /// The way in which chips are joined, or what a compiler must know of one.
  public sealed interface Make {}

  /// A torus of TPU chips.
  ///
  /// @param axes how many axes it has
  /// @param side the most chips along an axis
  /// @param chips the most there are in all
  public record Torus(int axes, int side, int chips) implements Make {}

  /// A GPU as XLA's compiler sees it.
  ///
  /// @param name what the driver calls it
  /// @param major its compute capability, as `minor`
  /// @param cores streaming multiprocessors
  /// @param lanes 32-bit floating-point units of each
  /// @param threads the most that are resident on each
  /// @param blockMemory kB of shared memory that a block may ask for
  /// @param coreMemory kB of shared memory of each
  /// @param cache MB of the second-level cache
  /// @param clock in GHz
  public record Gpu(
      String name,
      int major,
      int minor,
      int cores,
      int lanes,
      int threads,
      int blockMemory,
      int coreMemory,
      int cache,
      double clock)
      implements Make {}

  private final Platform platform;
  private final String text;
  private final int devices;
  private final long memory;
  private final double flops;
  private final double bandwidth;
  private final double links;
  private final Make make;

  Chip(
      Platform platform,
      String text,
      int devices,
      long memory,
      double flops,
      double bandwidth,
      double links,
      Make make) {
    this.platform = platform;
    this.text = text;
    this.devices = devices;
    this.memory = memory;
    this.flops = flops;
    this.bandwidth = bandwidth;
    this.links = links;
    this.make = make;
  }

  private static long gib(long n) {
    return n << 30;
  }

  public static List<Chip> of(Platform platform) {
    return Arrays.stream(values()).filter(c -> c.platform == platform).toList();
  }

  static Optional<Chip> of(Platform platform, String text) {
    return of(platform).stream().filter(c -> c.text.equals(text)).findFirst();
  }

  public Platform platform() {
    return platform;
  }

  /// Returns `v5e`, `h100`.
  public String text() {
    return text;
  }

  public Make make() {
    return make;
  }

  /// Returns how many devices of the program a chip is: its cores, where they compute apart.
  public int devices() {
    return devices;
  }

  /// Returns the bytes of memory of each device.
  public long memory() {
    return memory / devices;
  }

  /// Returns floating-point operations a second of each device, in matrix products of bfloat16.
  public double flops() {
    return flops / devices;
  }

  /// Returns the bytes a second between each device and its memory.
  public double bandwidth() {
    return bandwidth / devices;
  }

  /// Returns the bytes a second that each device can send to others.
  public double links() {
    return links / devices;
  }
}
