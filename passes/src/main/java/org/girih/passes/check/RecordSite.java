package org.girih.passes.check;

import java.util.List;
import org.girih.ir.op.Op;
import org.girih.ir.program.Origin;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;

/// The meaning of a number in a record; sites are numbered from 1.
public sealed interface RecordSite {
  Origin origin();

  /// An equation that made a NaN or an infinity.
  ///
  /// @param type of its result, which the place counts in
  /// @param shown dtypes of the values in the record: the result's, then those of operands at the
  ///     same place; a complex one takes two numbers
  record NotFinite(Origin origin, Op op, ArrayType type, List<DType> shown) implements RecordSite {
    public NotFinite {
      shown = List.copyOf(shown);
    }
  }

  /// An equation that got a position outside of its array; the record's first value is the
  /// position, counted from the front.
  ///
  /// @param indices the type of the positions, which the place counts in
  /// @param bounds one for each entry of an index vector
  record OutOfBounds(Origin origin, ArrayType indices, List<Bound> bounds) implements RecordSite {
    public OutOfBounds {
      bounds = List.copyOf(bounds);
    }
  }

  /// An assertion that does not hold.
  ///
  /// @param template the message, in which `{0}` is the first of the values in the record
  /// @param type of the condition, which the place counts in
  /// @param shown dtypes of the values
  record Asserted(Origin origin, String template, ArrayType type, List<DType> shown)
      implements RecordSite {
    public Asserted {
      shown = List.copyOf(shown);
    }
  }

  /// A position is in bounds from 0 to `size - block`.
  record Bound(long size, long block) {}

  /// A loop, or the lanes of a `vmap` one after the other.
  record Loop(Origin origin, boolean lanes) implements RecordSite {}

  /// A call in the user's program of what is not.
  record Call(Origin origin) implements RecordSite {}
}
