package org.girih.embed;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.girih.grammar.ast.SourceFile;
import org.girih.grammar.plan.Loader;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.source.Source;
import org.girih.ir.source.Span;
import org.girih.ir.type.ArrayType;

/// Remembers which files were imported, under the paths by which they were.
final class RecordingLoader implements Loader {
  private final Loader loader;
  private final Map<String, Set<SourceFile>> imported = new LinkedHashMap<>();

  RecordingLoader(Loader loader) {
    this.loader = loader;
  }

  Map<String, Set<SourceFile>> imported() {
    return imported;
  }

  @Override
  public Optional<SourceFile> source(Source from, String path, Span at, Diagnostics diagnostics) {
    Optional<SourceFile> file = loader.source(from, path, at, diagnostics);
    file.ifPresent(f -> imported.computeIfAbsent(path, _ -> new LinkedHashSet<>()).add(f));
    return file;
  }

  @Override
  public Optional<SortedMap<String, ArrayType>> header(
      Source from, String path, Span at, Diagnostics diagnostics) {
    return loader.header(from, path, at, diagnostics);
  }
}
