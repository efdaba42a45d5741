package org.girih.embed;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.girih.grammar.ast.SourceFile;
import org.girih.grammar.elaborate.Elaborator;
import org.girih.grammar.plan.Callable;
import org.girih.grammar.plan.EntryCall;
import org.girih.grammar.plan.Loader;
import org.girih.grammar.plan.Step;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.source.Source;
import org.girih.ir.source.Span;
import org.girih.ir.type.ArrayType;
import org.girih.passes.Pipeline;
import org.girih.runtime.artifact.Manifest;
import org.girih.runtime.artifact.Signature;
import org.girih.runtime.artifact.Signature.Leaf;

/// Makes the artifact of a file: of the defs that can be called from outside, those whose sizes are
/// numbers are compiled to modules; with those that are generic in sizes travel the sources. The
/// arrays that the file loads become weights.
public final class ArtifactBuilder {
  /// Reads what `load` names.
  public interface Data {
    /// Returns the bytes of the arrays in a file, by name: dense, last axis fastest, little-endian.
    ///
    /// @return empty after a diagnostic
    Optional<SortedMap<String, byte[]>> read(
        Source from, String path, Span at, Diagnostics diagnostics);
  }

  /// The result of a build.
  ///
  /// @param files those that the manifest names
  /// @param callables what the file's defs take and return, also those that cannot be called
  public record Built(Manifest manifest, Map<String, byte[]> files, List<Callable> callables) {}

  private final SourceFile file;
  private final RecordingLoader loader;
  private final Data data;
  private final Pipeline passes;
  private final Diagnostics diagnostics;
  private final Map<String, byte[]> files = new TreeMap<>();
  private final List<Manifest.Weight> weights = new ArrayList<>();
  private final Map<List<String>, Integer> numbers = new LinkedHashMap<>();

  /// @param passes from what the elaborator makes to what the emitter takes
  /// @param diagnostics takes what is wrong
  public ArtifactBuilder(
      SourceFile file, Loader loader, Data data, Pipeline passes, Diagnostics diagnostics) {
    this.file = file;
    this.loader = new RecordingLoader(loader);
    this.data = data;
    this.passes = passes;
    this.diagnostics = diagnostics;
  }

  /// Builds the artifact.
  ///
  /// @param girih the version to name in the manifest
  /// @param program the name of the program
  /// @param wanted which defs, by name; those that cannot be called from outside are left out
  /// @return empty after a diagnostic
  public Optional<Built> build(String girih, String program, Predicate<String> wanted) {
    Optional<List<Callable>> all = Elaborator.callables(file, loader, diagnostics);
    if (all.isEmpty()) {
      return Optional.empty();
    }
    var functions = new ArrayList<Manifest.Entry>();
    for (Callable callable : all.get()) {
      if (callable.refusal().isEmpty() && wanted.test(callable.name())) {
        entry(callable).ifPresent(functions::add);
      }
    }
    if (diagnostics.hasErrors()) {
      return Optional.empty();
    }
    boolean generic = functions.stream().anyMatch(f -> f.hlo().isEmpty());
    var sources = generic ? sources() : List.<Manifest.Source>of();
    var manifest = new Manifest(girih, program, functions, weights, List.of(), sources);
    return Optional.of(new Built(manifest, files, all.get()));
  }

  private Optional<Manifest.Entry> entry(Callable callable) {
    var params = new ArrayList<Leaf>();
    for (Callable.Param param : callable.params()) {
      params.addAll(Leaves.of(param.type(), param.name()));
    }
    if (params.stream().allMatch(Leaf::fixed)) {
      return fixed(callable, params);
    }
    var inputs = new ArrayList<>(everyWeight());
    inputs.addAll(params);
    var signature =
        new Signature(
            callable.name(),
            callable.doc().orElse(""),
            inputs,
            Leaves.of(callable.result().orElseThrow(), ""));
    return Optional.of(new Manifest.Entry(signature, Optional.empty()));
  }

  private Optional<Manifest.Entry> fixed(Callable callable, List<Leaf> params) {
    Set<String> keys =
        params.stream().filter(Leaf::key).map(Leaf::path).collect(Collectors.toSet());
    var call = new EntryCall(callable.name(), Map.of());
    return CompiledCall.of(file, call, loader, passes, diagnostics)
        .map(
            compiled -> {
              var inputs = new ArrayList<Leaf>();
              for (CompiledCall.Input input : compiled.inputs()) {
                inputs.add(
                    switch (input) {
                      case CompiledCall.Input.Given(String path, ArrayType type) ->
                          Leaves.leaf(path, type, keys.contains(path), OptionalInt.empty());
                      case CompiledCall.Input.Loaded(var load, String name, ArrayType type) ->
                          weight(load, name, type);
                    });
              }
              var results =
                  compiled.results().stream()
                      .map(r -> Leaves.leaf(r.path(), r.type(), false, OptionalInt.empty()))
                      .toList();
              var signature =
                  new Signature(callable.name(), callable.doc().orElse(""), inputs, results);
              String hlo = callable.name() + ".hlo.pb";
              files.put(hlo, compiled.module().toByteArray());
              return new Manifest.Entry(signature, Optional.of(hlo));
            });
  }

  /// Returns the input that a loaded array is; its bytes are read when it is first asked for.
  private Leaf weight(Step.Load load, String name, ArrayType type) {
    var key = List.of(load.path(), name);
    Integer known = numbers.get(key);
    if (known == null) {
      known = weights.size();
      numbers.put(key, known);
      String at = "weights/" + known + ".bin";
      byte[] bytes =
          data.read(load.at().source(), load.path(), load.at(), diagnostics)
              .map(arrays -> arrays.get(name))
              .orElse(new byte[0]);
      files.put(at, bytes);
      Leaf leaf = Leaves.leaf(path(load, name), type, false, OptionalInt.empty());
      weights.add(new Manifest.Weight(load.path(), name, leaf, at));
    }
    return Leaves.leaf(path(load, name), type, false, OptionalInt.of(known));
  }

  private static String path(Step.Load load, String name) {
    return name.isEmpty() ? load.path() : load.path() + "." + name;
  }

  /// Returns all arrays that the file loads: which of them a generic def uses is known at its
  /// calls.
  private List<Leaf> everyWeight() {
    var leaves = new ArrayList<Leaf>();
    Elaborator.elaborate(file, Optional.empty(), loader, diagnostics)
        .ifPresent(
            plan ->
                plan.steps().stream()
                    .filter(Step.Load.class::isInstance)
                    .map(Step.Load.class::cast)
                    .forEach(
                        load ->
                            load.tree()
                                .leaves(
                                    "",
                                    (name, leaf) -> leaves.add(weight(load, name, leaf.type())))));
    return leaves;
  }

  private List<Manifest.Source> sources() {
    var sources = new ArrayList<Manifest.Source>();
    add(sources, "", file.source());
    loader
        .imported()
        .forEach(
            (path, imported) -> {
              if (imported.size() > 1) {
                diagnostics.add(
                    Diagnostic.error(
                            Code.BAD_IMPORT,
                            "two files are imported as `" + path + "` from different folders")
                        .help("give one of them another name"));
              }
              add(sources, path, imported.iterator().next().source());
            });
    return sources;
  }

  private void add(List<Manifest.Source> sources, String path, Source source) {
    String at = "sources/" + sources.size() + ".girih";
    files.put(at, source.text().getBytes(StandardCharsets.UTF_8));
    sources.add(new Manifest.Source(path, at));
  }
}
