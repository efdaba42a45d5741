package org.girih.embed;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.girih.grammar.ast.SourceFile;
import org.girih.grammar.parse.SourceParser;
import org.girih.grammar.plan.EntryCall;
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
import org.girih.runtime.artifact.Manifest;
import org.girih.runtime.artifact.Signature;
import org.girih.runtime.artifact.Signature.Leaf;
import org.girih.runtime.host.Compiler;
import org.girih.runtime.pjrt.Shape;

/// Compiles the functions of an artifact that are generic in sizes, from the sources that it has.
/// Any number of threads may use it.
public final class SourceCompiler implements Compiler {
  private final SourceFile file;
  private final Sources sources;

  /// @throws ArtifactException if a source is missing
  /// @throws ProgramException if one does not parse: it was written by another version
  public SourceCompiler(Artifact artifact) throws ArtifactException {
    this(artifact.manifest(), texts(artifact));
  }

  private SourceCompiler(Manifest manifest, Map<String, String> texts) {
    var diagnostics = new Diagnostics();
    var parsed = new HashMap<String, SourceFile>();
    texts.forEach(
        (path, text) ->
            SourceParser.parse(
                    new Source(path.isEmpty() ? manifest.program() : path, text), diagnostics)
                .ifPresent(f -> parsed.put(path, f)));
    if (diagnostics.hasErrors()) {
      throw new ProgramException(diagnostics);
    }
    this.file = parsed.get("");
    this.sources = new Sources(parsed, manifest.weights());
  }

  private static Map<String, String> texts(Artifact artifact) throws ArtifactException {
    var texts = new HashMap<String, String>();
    for (Manifest.Source source : artifact.manifest().sources()) {
      texts.put(source.path(), new String(artifact.file(source.file()), StandardCharsets.UTF_8));
    }
    return texts;
  }

  @Override
  public Module compile(Signature function, List<Shape> inputs) {
    if (file == null) {
      throw damaged("`" + function.name() + "` is generic, and its source is missing");
    }
    var types = new HashMap<String, SortedMap<String, ArrayType>>();
    var keys = new HashMap<String, Set<String>>();
    var numbers = new HashMap<String, Integer>();
    for (int i = 0; i < inputs.size(); i++) {
      Leaf leaf = function.inputs().get(i);
      numbers.put(leaf.path(), i);
      if (leaf.weight().isEmpty()) {
        int dot = leaf.path().indexOf('.');
        String param = dot < 0 ? leaf.path() : leaf.path().substring(0, dot);
        String rest = dot < 0 ? "" : leaf.path().substring(dot + 1);
        types.computeIfAbsent(param, _ -> new TreeMap<>()).put(rest, Leaves.type(inputs.get(i)));
        if (leaf.key()) {
          keys.computeIfAbsent(param, _ -> new HashSet<>()).add(rest);
        }
      }
    }
    var args = new HashMap<String, EntryCall.Arg>();
    types.forEach(
        (param, arrays) ->
            args.put(param, new EntryCall.Arg.Arrays(arrays, keys.getOrDefault(param, Set.of()))));
    var diagnostics = new Diagnostics();
    var compiled =
        CompiledCall.of(
            file, new EntryCall(function.name(), args), sources, Pipelines.standard(), diagnostics);
    if (compiled.isEmpty()) {
      throw new ProgramException(diagnostics);
    }
    for (CompiledCall.Input input : compiled.get().inputs()) {
      if (!numbers.containsKey(path(input))) {
        throw damaged("`" + function.name() + "` has no input `" + path(input) + "`");
      }
    }
    List<Integer> used =
        compiled.get().inputs().stream().map(input -> numbers.get(path(input))).toList();
    return new Module(compiled.get().module().toByteArray(), used);
  }

  /// Reports an artifact whose manifest does not fit its sources.
  private static ProgramException damaged(String what) {
    var diagnostics = new Diagnostics();
    diagnostics.add(
        Diagnostic.error(Code.BAD_ARTIFACT, "the artifact is damaged: " + what)
            .help("build it again with `girih build`"));
    return new ProgramException(diagnostics);
  }

  private static String path(CompiledCall.Input input) {
    return switch (input) {
      case CompiledCall.Input.Given(String path, _) -> path;
      case CompiledCall.Input.Loaded(var load, String name, _) ->
          name.isEmpty() ? load.path() : load.path() + "." + name;
    };
  }

  /// The sources and the types of the weights, in the place of the file system.
  private record Sources(Map<String, SourceFile> files, List<Manifest.Weight> weights)
      implements Loader {
    @Override
    public Optional<SourceFile> source(Source from, String path, Span at, Diagnostics diagnostics) {
      return found(Optional.ofNullable(files.get(path)), path, at, diagnostics);
    }

    @Override
    public Optional<SortedMap<String, ArrayType>> header(
        Source from, String path, Span at, Diagnostics diagnostics) {
      var types = new TreeMap<String, ArrayType>();
      for (Manifest.Weight weight : weights) {
        if (weight.data().equals(path)) {
          types.put(weight.name(), Leaves.type(weight.leaf().shape()));
        }
      }
      return found(types.isEmpty() ? Optional.empty() : Optional.of(types), path, at, diagnostics);
    }

    private static <T> Optional<T> found(
        Optional<T> what, String path, Span at, Diagnostics diagnostics) {
      if (what.isEmpty()) {
        diagnostics.add(
            Diagnostic.error(
                Code.CANNOT_READ, at, "cannot read `" + path + "`: the program came without it"));
      }
      return what;
    }
  }
}
