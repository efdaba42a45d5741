package org.girih.cli.run;

import java.lang.foreign.ValueLayout;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.girih.embed.ArtifactBuilder;
import org.girih.host.file.DataFiles;
import org.girih.host.file.FileProblem;
import org.girih.host.run.FileLoader;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.source.Source;
import org.girih.ir.source.Span;

/// The arrays of the files that a program loads, for its artifact.
public record WeightFiles(FileLoader loader) implements ArtifactBuilder.Data {
  @Override
  public Optional<SortedMap<String, byte[]>> read(
      Source from, String path, Span at, Diagnostics diagnostics) {
    try {
      var bytes = new TreeMap<String, byte[]>();
      DataFiles.read(loader.resolve(from, path))
          .forEach((name, array) -> bytes.put(name, array.data().toArray(ValueLayout.JAVA_BYTE)));
      return Optional.of(bytes);
    } catch (FileProblem e) {
      diagnostics.add(Diagnostic.error(e.code(), at, e.getMessage()));
      return Optional.empty();
    }
  }
}
