package org.girih.ir.program;

import java.util.List;
import org.girih.ir.op.FuncRef;

/// A function that the outside calls, with the names of its flat parameters and results.
///
/// @param params leaf paths, one a parameter: `params.0.w`
/// @param results leaf paths, one a result; the empty path where the result is a single array
public record Entry(FuncRef func, List<String> params, List<String> results) {
  public Entry {
    params = List.copyOf(params);
    results = List.copyOf(results);
  }
}
