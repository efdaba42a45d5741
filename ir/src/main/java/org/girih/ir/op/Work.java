package org.girih.ir.op;

import java.util.List;
import org.girih.ir.diagnostic.CompilerBug;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Dim;

/// The work that an op does, on arrays whose sizes are numbers.
///
/// @param flops operations on elements
/// @param transcendentals one for each element that an elementary function makes, also where it
///     becomes a formula of several instructions
/// @param moves how it meets memory
public record Work(double flops, double transcendentals, Moves moves) {
  /// Tells how an op meets memory.
  public sealed interface Moves {
    /// It makes each element from those at its place: such neighbours share a loop, and what is
    /// between them stays in registers.
    record Pointwise() implements Moves {}

    /// A reduction, which shares the loop of what it reads.
    record Reduces() implements Moves {}

    /// Another name for what is there.
    record Renames() implements Moves {}

    /// It reads all of its operands and writes all of its results.
    record Whole() implements Moves {}

    /// This many bytes, where that is less: parts of arrays are read, or written in place.
    record Part(double bytes) implements Moves {}

    /// Its work is in the functions that it names.
    record Inside() implements Moves {}
  }

  /// The work of an op that only gives its operand another type or name.
  static final Work RENAMES = new Work(0, 0, new Moves.Renames());

  /// The work of control flow.
  static final Work INSIDE = new Work(0, 0, new Moves.Inside());

  /// @param each operations for an element of the result
  static Work pointwise(List<ArrayType> out, int each) {
    return new Work(each * elements(out.getFirst()), 0, new Moves.Pointwise());
  }

  /// Returns the work of a transcendental function of each element.
  static Work elementary(List<ArrayType> out) {
    return new Work(0, elements(out.getFirst()), new Moves.Pointwise());
  }

  /// Returns one operation less than there are elements, for each element of the result.
  static Work reduces(List<ArrayType> in, List<ArrayType> out) {
    double less = elements(in.getFirst()) - elements(out.getFirst());
    return new Work(Math.max(0, less), 0, new Moves.Reduces());
  }

  static Work whole(double flops) {
    return new Work(flops, 0, new Moves.Whole());
  }

  /// Returns as many passes as doublings reach over the axis; or the comparisons of a sort by
  /// merging.
  static Work doublings(List<ArrayType> out, int axis) {
    ArrayType made = out.getFirst();
    long size = size(made.dim(axis));
    int passes = size <= 1 ? 0 : 64 - Long.numberOfLeadingZeros(size - 1);
    return whole(elements(made) * passes);
  }

  static Work part(double flops, double bytes) {
    return new Work(flops, 0, new Moves.Part(bytes));
  }

  /// Reads and writes what updates touch.
  ///
  /// @param in an array, positions, updates
  /// @param each operations for an element of the updates
  static Work scatter(List<ArrayType> in, int each) {
    ArrayType updates = in.get(2);
    return part(each * elements(updates), bytes(in.get(1)) + 3 * bytes(updates));
  }

  public static long size(Dim dim) {
    return dim.known().orElseThrow(() -> new CompilerBug("a size is not known: " + dim));
  }

  static double elements(ArrayType type) {
    double product = 1;
    for (Dim dim : type.dims()) {
      product *= size(dim);
    }
    return product;
  }

  /// Returns the bytes, without the padding that a device may add.
  public static double bytes(ArrayType type) {
    return Math.ceil(elements(type) * type.dtype().bits() / 8);
  }

  /// Returns what is wrong where an op is counted that the passes erase.
  static CompilerBug left(Op op) {
    return new CompilerBug(op.primitive() + " is left after the passes");
  }
}
