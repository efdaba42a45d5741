package org.girih.grammar.elaborate.array;

import java.util.ArrayList;
import java.util.List;
import org.girih.grammar.elaborate.core.Affine;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.op.Reshape;
import org.girih.ir.op.Slice;
import org.girih.ir.type.Dim;

/// Takes an array apart along its first axis.
public final class Rows {
  private Rows() {}

  /// Returns the slices along the first axis, whose size is known.
  public static List<Val> of(Elaboration e, Val.Array array) {
    var rows = new ArrayList<Val>();
    long size = array.type().dim(0).known().orElseThrow();
    for (long i = 0; i < size; i++) {
      var start = new ArrayList<Dim>();
      var limit = new ArrayList<>(array.type().dims());
      var stride = new ArrayList<Long>();
      for (int k = 0; k < array.rank(); k++) {
        start.add(Dim.of(k == 0 ? i : 0));
        stride.add(1L);
      }
      limit.set(0, Dim.of(i + 1));
      var slice = e.emit1(new Slice(start, limit, stride), array);
      var row = e.emit1(new Reshape(array.type().dims().subList(1, array.rank())), slice);
      rows.add(array.key() == null ? row : row.as(array.key().at(0, Affine.of(i))));
    }
    return rows;
  }
}
