package org.girih.grammar.plan;

import java.util.Optional;
import java.util.SortedMap;
import org.girih.grammar.ast.SourceFile;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.source.Source;
import org.girih.ir.source.Span;
import org.girih.ir.type.ArrayType;

/// Answers what the elaborator asks of the file system. Both answer empty after adding a diagnostic
/// that points to where the path was written.
public interface Loader {
  /// A further source file.
  ///
  /// @param from the file that imports; `path` is relative to its folder
  /// @return the file, parsed; the same object each time the same file is asked for
  Optional<SourceFile> source(Source from, String path, Span at, Diagnostics diagnostics);

  /// The types in a data file.
  ///
  /// @return a single type under the empty name (`.npy`, `.txt`), or the arrays by their names
  ///     (`.npz`, `.safetensors`)
  Optional<SortedMap<String, ArrayType>> header(
      Source from, String path, Span at, Diagnostics diagnostics);
}
