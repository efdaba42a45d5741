package org.girih.host.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.girih.grammar.ast.SourceFile;
import org.girih.grammar.parse.SourceParser;
import org.girih.grammar.plan.Loader;
import org.girih.grammar.plan.Step;
import org.girih.host.file.DataFiles;
import org.girih.host.file.FileProblem;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.source.Source;
import org.girih.ir.source.SourceReader;
import org.girih.ir.source.Span;
import org.girih.ir.type.ArrayType;

/// Sources and data files, by paths relative to the file that names them.
public final class FileLoader implements Loader {
  private static final long MAX_SOURCE = 64L << 20;

  private final Map<Path, Optional<SourceFile>> sources = new HashMap<>();
  private final Map<Source, Path> folders = new IdentityHashMap<>();
  private final Set<Path> data = new TreeSet<>();

  /// Returns the file that a command names.
  public Optional<SourceFile> main(Path path, Diagnostics diagnostics) {
    return source(path, path.toString(), Optional.empty(), diagnostics);
  }

  /// Returns the text of a file that a command names, which nothing is known of but that it is
  /// text.
  public static Optional<Source> read(Path path, Diagnostics diagnostics) {
    return text(path, path.toString(), Optional.empty(), diagnostics);
  }

  /// Returns a text as if it were in a file of this path, which need not be there.
  public Optional<SourceFile> main(Path path, String text, Diagnostics diagnostics) {
    Optional<SourceFile> file = parsed(path, new Source(path.toString(), text), diagnostics);
    sources.put(path.toAbsolutePath().normalize(), file);
    return file;
  }

  /// Returns all sources that were read, by their paths.
  public SortedMap<Path, Source> sources() {
    var out = new TreeMap<Path, Source>();
    sources.forEach((path, file) -> file.ifPresent(f -> out.put(path, f.source())));
    return out;
  }

  /// Returns all files that were asked for, sources and data, also those that are not there.
  public Set<Path> files() {
    var all = new TreeSet<>(data);
    all.addAll(sources.keySet());
    return all;
  }

  /// Returns the files that steps write, as far as their names are known before they run.
  public Set<Path> written(List<Step> steps) {
    var out = new TreeSet<Path>();
    FileEffects.written(steps, this::resolve)
        .forEach(path -> out.add(path.toAbsolutePath().normalize()));
    return out;
  }

  /// Returns where a path that a source names leads.
  public Path resolve(Source from, String path) {
    return folders.getOrDefault(from, Path.of("")).resolve(path);
  }

  @Override
  public Optional<SourceFile> source(Source from, String path, Span at, Diagnostics diagnostics) {
    try {
      return source(resolve(from, path), path, Optional.of(at), diagnostics);
    } catch (InvalidPathException e) {
      diagnostics.add(Diagnostic.error(Code.CANNOT_READ, at, "`" + path + "` is not a path"));
      return Optional.empty();
    }
  }

  private Optional<SourceFile> source(
      Path path, String shown, Optional<Span> at, Diagnostics diagnostics) {
    Path key = path.toAbsolutePath().normalize();
    Optional<SourceFile> known = sources.get(key);
    if (known != null) {
      return known;
    }
    Optional<SourceFile> file =
        text(path, shown, at, diagnostics).flatMap(source -> parsed(path, source, diagnostics));
    sources.put(key, file);
    return file;
  }

  private Optional<SourceFile> parsed(Path path, Source source, Diagnostics diagnostics) {
    folders.put(source, path.toAbsolutePath().getParent());
    return SourceParser.parse(source, diagnostics);
  }

  private static Optional<Source> text(
      Path path, String shown, Optional<Span> at, Diagnostics diagnostics) {
    String problem;
    Code code = Code.CANNOT_READ;
    try {
      if (!Files.isRegularFile(path)) {
        problem = Files.exists(path) ? "it is not a file" : "no such file";
      } else if (Files.size(path) > MAX_SOURCE) {
        problem = "it is larger than " + (MAX_SOURCE >> 20) + " MiB";
      } else {
        switch (SourceReader.decode(path.toString(), Files.readAllBytes(path))) {
          case SourceReader.Decoded.Text(Source source) -> {
            return Optional.of(source);
          }
          case SourceReader.Decoded.Malformed malformed -> {
            problem = malformed.message();
            code = Code.NOT_UTF8;
          }
        }
      }
    } catch (IOException e) {
      problem =
          e instanceof java.nio.file.AccessDeniedException ? "access is denied" : e.getMessage();
    }
    String message = "cannot read `" + shown + "`: " + problem;
    Code found = code;
    diagnostics.add(
        at.map(span -> Diagnostic.error(found, span, message))
            .orElseGet(() -> Diagnostic.error(found, message)));
    return Optional.empty();
  }

  @Override
  public Optional<SortedMap<String, ArrayType>> header(
      Source from, String path, Span at, Diagnostics diagnostics) {
    try {
      Path file = resolve(from, path);
      data.add(file.toAbsolutePath().normalize());
      return Optional.of(DataFiles.header(file));
    } catch (FileProblem problem) {
      diagnostics.add(Diagnostic.error(problem.code(), at, problem.getMessage()));
    } catch (InvalidPathException e) {
      diagnostics.add(Diagnostic.error(Code.CANNOT_READ, at, "`" + path + "` is not a path"));
    }
    return Optional.empty();
  }
}
