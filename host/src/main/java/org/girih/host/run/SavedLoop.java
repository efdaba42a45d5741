package org.girih.host.run;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.girih.host.array.HostArray;

/// The content of a checkpoint: a loop between two iterations, and what its numbers were computed
/// from.
///
/// @param loop its number among the outermost loops
/// @param next the counter of the iteration that comes next
/// @param carry what each iteration hands to the next
/// @param inputs the sources and data that were read
record SavedLoop(long loop, long next, List<HostArray> carry, List<Inputs.Input> inputs) {
  private static final long FORMAT = 2;

  private static final String PLACE = "girih.place";
  private static final String INPUTS = "girih.inputs";

  /// Returns it as the arrays of a file.
  SortedMap<String, HostArray> arrays() {
    var arrays = new TreeMap<String, HostArray>();
    arrays.put(PLACE, HostArray.of(FORMAT, loop, next));
    arrays.put(INPUTS, HostArray.of(Inputs.bytes(inputs)));
    for (int i = 0; i < carry.size(); i++) {
      arrays.put("carry." + i, carry.get(i));
    }
    return arrays;
  }

  /// Reads it from the arrays of a file.
  ///
  /// @throws IOException if they are not such as [#arrays] makes
  static SavedLoop of(SortedMap<String, HostArray> arrays) throws IOException {
    HostArray place = arrays.get(PLACE);
    HostArray inputs = arrays.get(INPUTS);
    if (place == null || inputs == null || place.size() != 3 || place.integer(0) != FORMAT) {
      throw new IOException("it was written by another version of Girih");
    }
    var carry = new ArrayList<HostArray>();
    while (arrays.containsKey("carry." + carry.size())) {
      carry.add(arrays.get("carry." + carry.size()));
    }
    byte[] bytes = inputs.data().toArray(ValueLayout.JAVA_BYTE);
    return new SavedLoop(place.integer(1), place.integer(2), carry, Inputs.of(bytes));
  }
}
