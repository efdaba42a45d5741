package org.girih.cli.cross;

import org.girih.host.figures.ModuleFigures;
import org.girih.runtime.pjrt.Executable;

/// The least time that a step takes, by the roofline model: a device computes at its peak and moves
/// data at its peak, whichever takes longer, and sends what collectives move at the peak of its
/// links, while it does neither.
///
///     seconds = max(flops / peak, bytes / bandwidth) + wire / links
///
/// (Williams, Waterman, Patterson, "Roofline: an insightful visual performance model for multicore
/// architectures", CACM 52(4), 2009; the last term is ours.) A real step is slower: nothing reaches
/// all peaks, float32 products take several passes on a TPU, and latencies are not in it; it can be
/// faster where collectives overlap with computing.
///
/// @param flops floating-point operations of a device
/// @param flopsFrom `plugin` or `program`: what they were counted of, after or before the plugin's
///     own passes
/// @param bytes that a device reads and writes
/// @param compute seconds, as are the others
public record Estimate(
    double flops, String flopsFrom, double bytes, double compute, double memory, double links) {

  /// @param own flops of the whole program, where the plugin does not count
  /// @param optimized figures of the module of each device
  static Estimate of(
      Chip chip, Executable.Cost cost, double own, ModuleFigures optimized, int parts) {
    boolean counted = Double.isFinite(cost.flops());
    double flops = counted ? cost.flops() : own / parts;
    double bytes = Double.isFinite(cost.bytes()) ? cost.bytes() : optimized.bytes();
    return new Estimate(
        flops,
        counted ? "plugin" : "program",
        bytes,
        flops / chip.flops(),
        bytes / chip.bandwidth(),
        optimized.wire() / chip.links());
  }

  double seconds() {
    return Math.max(compute, memory) + links;
  }

  /// Returns the same for work on one device that sends nothing.
  public static double seconds(Chip chip, double flops, double bytes) {
    return Math.max(flops / chip.flops(), bytes / chip.bandwidth());
  }
}
