package org.girih.ir.cost;

/// Counts of what is done. They are doubles since products of sizes leave 64 bits; up to 2⁵³ they
/// are exact.
///
/// @param flops operations on elements, of any dtype
/// @param transcendentals exponentials, logarithms, roots, sines and their like
/// @param bytes read from memory and written to it
public record Cost(double flops, double transcendentals, double bytes) {
  public static final Cost NONE = new Cost(0, 0, 0);

  public Cost plus(Cost other) {
    return new Cost(
        flops + other.flops, transcendentals + other.transcendentals, bytes + other.bytes);
  }

  public Cost times(double count) {
    return new Cost(flops * count, transcendentals * count, bytes * count);
  }

  /// Returns the operations for each byte that is moved, transcendental ones counted as one; 0
  /// where nothing is moved.
  public double intensity() {
    return bytes == 0 ? 0 : operations() / bytes;
  }

  /// Returns the operations of both kinds.
  public double operations() {
    return flops + transcendentals;
  }
}
