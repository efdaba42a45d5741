package org.girih.ir.program;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.girih.ir.op.FuncRef;

/// A function that the outside calls, with the names of its flat parameters and results.
///
/// @param params leaf paths, one a parameter: `params.0.w`
/// @param results leaf paths, one a result; the empty path where the result is a single array
/// @param donated for each parameter that the caller gives away, the result that takes its memory;
///     both have the same type, and no result takes the memory of two
public record Entry(
    FuncRef func, List<String> params, List<String> results, SortedMap<Integer, Integer> donated) {
  public Entry {
    params = List.copyOf(params);
    results = List.copyOf(results);
    donated = Collections.unmodifiableSortedMap(new TreeMap<>(donated));
  }

  /// An entry whose caller keeps all that it passes.
  public Entry(FuncRef func, List<String> params, List<String> results) {
    this(func, params, results, Collections.emptySortedMap());
  }
}
