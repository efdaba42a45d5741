package org.girih.embed;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.girih.grammar.ast.SourceFile;
import org.girih.grammar.parse.SourceParser;
import org.girih.grammar.plan.Loader;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.source.Source;
import org.girih.ir.source.Span;
import org.girih.ir.type.ArrayType;
import org.girih.passes.Pipelines;
import org.girih.runtime.artifact.Artifact;
import org.girih.runtime.artifact.ArtifactException;
import org.girih.runtime.host.Device;
import org.girih.runtime.host.Program;
import org.girih.runtime.host.Tree;

/// Compiles programs from source at run time, to call their functions, or to run them whole.
///
/// ```java
/// try (var device = Device.open();
///     var program = Embed.load(device, "square.girih", "def f(x: f32[3]) = x ** 2");
///     var call = program.function("f").prepare()) {
///   float[] y = call.add(1, 2, 3).floats();
/// }
/// ```
///
/// The functions are the defs whose parameters are all annotated. Such a program reads no files: it
/// comes with the sources that it imports and the arrays that it loads. A program that is
/// [run][#run(Device, Path)] does all of its effects: it prints, loads and saves as under
/// `girih run`.
public final class Embed {
  private Embed() {}

  /// Compiles a text and loads it onto a device.
  ///
  /// @param name of the source, for messages
  /// @throws ProgramException if the text is wrong
  public static Program load(Device device, String name, String text) {
    return load(device, name, text, Map.of());
  }

  /// Returns the same with the sources that it imports, by the paths that its imports write.
  public static Program load(Device device, String name, String text, Map<String, String> imports) {
    return load(device, name, text, imports, Map.of());
  }

  /// Returns the same with the arrays that it loads, by the paths that `load` writes: a single
  /// array, as of an `.npy`, has the empty path in its tree. They are copied; the caller goes on to
  /// own them.
  ///
  /// @throws IllegalStateException if one of them is closed or was donated
  public static Program load(
      Device device,
      String name,
      String text,
      Map<String, String> imports,
      Map<String, Tree> loaded) {
    try {
      Artifact artifact = artifact(name, text, imports, loaded);
      return Program.load(device, artifact, new SourceCompiler(artifact));
    } catch (IOException e) {
      throw new IllegalStateException("an artifact in memory cannot be read", e);
    }
  }

  /// Loads an artifact, whose functions may be generic in sizes.
  ///
  /// @throws ArtifactException if a file of it is missing
  public static Program load(Device device, Artifact artifact) throws ArtifactException {
    return Program.load(device, artifact, new SourceCompiler(artifact));
  }

  /// Runs a whole program, as `girih run` does: it prints to standard output, and reads and writes
  /// files by paths that start from its folder.
  ///
  /// @return the warnings
  /// @throws ProgramException if the program is wrong, or its run fails; what it did until then is
  ///     done
  public static List<Diagnostic> run(Device device, Path program) {
    return run(device, program, RunSettings.standard());
  }

  /// Does the same in a world that the caller makes.
  public static List<Diagnostic> run(Device device, Path program, RunSettings settings) {
    return new ProgramRun(device, program, settings).run(Optional.empty());
  }

  /// Runs a text as if it were in a file of this name, which need not be there.
  ///
  /// @return the warnings
  /// @throws ProgramException as [#run(Device, Path)]
  public static List<Diagnostic> run(Device device, String name, String text) {
    return run(device, name, text, RunSettings.standard());
  }

  /// Does the same in a world that the caller makes.
  public static List<Diagnostic> run(
      Device device, String name, String text, RunSettings settings) {
    return new ProgramRun(device, Path.of(name), settings).run(Optional.of(text));
  }

  private static Artifact artifact(
      String name, String text, Map<String, String> imports, Map<String, Tree> loaded)
      throws IOException {
    var diagnostics = new Diagnostics();
    var built =
        SourceParser.parse(new Source(name, text), diagnostics)
            .flatMap(
                file ->
                    new ArtifactBuilder(
                            file,
                            new Texts(imports, loaded, new HashMap<>()),
                            (_, path, _, _) -> Optional.of(bytes(loaded.get(path))),
                            Pipelines.standard(),
                            diagnostics)
                        .build("embedded", name, _ -> true));
    if (built.isEmpty()) {
      throw new ProgramException(diagnostics);
    }
    var bytes = new ByteArrayOutputStream();
    Artifact.write(bytes, built.get().manifest(), built.get().files());
    return Artifact.read(new ByteArrayInputStream(bytes.toByteArray()), name);
  }

  private static SortedMap<String, byte[]> bytes(Tree tree) {
    var bytes = new TreeMap<String, byte[]>();
    tree.arrays().forEach((path, array) -> bytes.put(path, array.bytes()));
    return bytes;
  }

  private record Texts(
      Map<String, String> texts, Map<String, Tree> loaded, Map<String, Optional<SourceFile>> parsed)
      implements Loader {
    @Override
    public Optional<SourceFile> source(Source from, String path, Span at, Diagnostics diagnostics) {
      String text = texts.get(path);
      if (text == null) {
        diagnostics.add(
            Diagnostic.error(
                Code.CANNOT_READ, at, "cannot read `" + path + "`: the program came without it"));
        return Optional.empty();
      }
      return parsed.computeIfAbsent(
          path, _ -> SourceParser.parse(new Source(path, text), diagnostics));
    }

    @Override
    public Optional<SortedMap<String, ArrayType>> header(
        Source from, String path, Span at, Diagnostics diagnostics) {
      Tree tree = loaded.get(path);
      if (tree != null) {
        var types = new TreeMap<String, ArrayType>();
        tree.arrays().forEach((name, array) -> types.put(name, Leaves.type(array)));
        return Optional.of(types);
      }
      diagnostics.add(
          Diagnostic.error(
                  Code.CANNOT_READ, at, "cannot read `" + path + "`: the program came without it")
              .help("give its arrays to Embed.load, or make them arguments"));
      return Optional.empty();
    }
  }
}
