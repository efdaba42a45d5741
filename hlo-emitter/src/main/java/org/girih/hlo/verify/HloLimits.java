package org.girih.hlo.verify;

/// The limits on what a module may ask for.
///
/// @param valueBytes the most bytes that one array may have, parameters, results and everything
/// between: XLA allocates what it does not fuse, and answers late, or by a signal, when there is
/// not that much
public record HloLimits(long valueBytes) {
  /// The depth to which computations may call each other. XLA's passes recurse over the call graph;
  /// both CPU plugins took 4,000 levels on a stack of 64 MiB.
  public static final int CALL_DEPTH = 2_000;

  /// The depth to which loops and branches may nest: each level costs XLA a pass over all below it
  /// (100 levels of `while` compiled in 6 s, 400 did not in 100 s).
  public static final int CONTROL_DEPTH = 100;

  /// The most instructions that there may be once every call has a copy of its callee, as XLA's
  /// `FlattenCallGraph` makes them.
  public static final long INSTRUCTIONS = 300_000;

  /// The number of instructions that a loop or a branch counts for, its computations besides: XLA's
  /// passes go through each computation again and again.
  public static final long CONTROL_INSTRUCTIONS = 25;

  /// The most instructions, with a copy of each callee, of a computation that another op applies to
  /// elements: XLA emits it once for each place that reads the result.
  public static final long APPLIED_INSTRUCTIONS = 1_000;

  /// Returns the limits for a machine with that much memory.
  public static HloLimits ofMemory(long bytes) {
    return new HloLimits(bytes);
  }

  /// Returns no limit but XLA's own: an array's bytes are counted in 64 bits.
  public static HloLimits none() {
    return new HloLimits(Long.MAX_VALUE);
  }
}
