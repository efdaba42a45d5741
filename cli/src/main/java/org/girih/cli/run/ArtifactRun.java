package org.girih.cli.run;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.girih.embed.Embed;
import org.girih.embed.ProgramException;
import org.girih.grammar.parse.SourceParser;
import org.girih.grammar.plan.HostPlan.Tree;
import org.girih.hlo.rewrite.ForeignModule;
import org.girih.hlo.verify.HloLimits;
import org.girih.host.array.HostArray;
import org.girih.host.file.DataFiles;
import org.girih.host.file.FileProblem;
import org.girih.host.run.RunProblem;
import org.girih.host.run.RuntimeShapes;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.source.Source;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.runtime.artifact.Artifact;
import org.girih.runtime.artifact.ArtifactException;
import org.girih.runtime.artifact.Manifest;
import org.girih.runtime.artifact.Signature;
import org.girih.runtime.artifact.Signature.Leaf;
import org.girih.runtime.host.ArgumentException;
import org.girih.runtime.host.Device;
import org.girih.runtime.host.DeviceArray;
import org.girih.runtime.host.Function;
import org.girih.runtime.host.Program;
import org.girih.runtime.pjrt.Client;
import org.girih.runtime.status.PjrtException;

/// Calls a function of an artifact.
public final class ArtifactRun implements AutoCloseable {
  private final Artifact artifact;
  private final Device device;
  private final Map<Integer, HostArray> arrays = new HashMap<>();
  private Tree result;

  /// @param client belongs to this from now on
  public ArtifactRun(Artifact artifact, Client client) {
    this.artifact = artifact;
    this.device = Device.of(client);
  }

  /// Returns the result, a tree by the paths of its arrays.
  public Tree result() {
    return result;
  }

  /// Returns an array of the result.
  public HostArray array(Tree.Leaf leaf) {
    return arrays.get(leaf.slot());
  }

  /// Calls a function of the artifact.
  ///
  /// @param entry the function; may be empty if there is one only
  /// @param args `name=@file` for each parameter, or `path=@file.npy` for an array of one; in the
  ///     place of a file an expression, such as `3` or `random.key(7)`
  public void call(Optional<String> entry, List<String> args) throws RunProblem {
    Manifest.Entry wanted = entry(entry);
    verified(wanted);
    Map<String, HostArray> given = given(wanted.signature(), args);
    var device = new ArrayList<DeviceArray>();
    boolean generic = wanted.hlo().isEmpty();
    try (Program program =
        generic ? Embed.load(this.device, artifact) : Program.load(this.device, artifact)) {
      Function function = program.function(wanted.signature().name());
      for (Leaf leaf : function.signature().parameters()) {
        device.add(copy(leaf, given.remove(leaf.path())));
      }
      if (!given.isEmpty()) {
        throw problem(
            Code.BAD_ARGUMENT_VALUE, "`" + function + "` has no parameters " + given.keySet());
      }
      keep(function, function.call(device.toArray(DeviceArray[]::new)));
    } catch (ArtifactException e) {
      throw problem(Code.BAD_ARTIFACT, e.getMessage());
    } catch (ProgramException e) {
      throw new RunProblem(e.diagnostics().getFirst());
    } catch (ArgumentException e) {
      throw problem(Code.BAD_ARGUMENT_VALUE, e.getMessage());
    } catch (PjrtException e) {
      throw problem(Code.PLUGIN_FAILED, "the plugin failed: " + e.getMessage());
    } finally {
      device.forEach(DeviceArray::close);
    }
  }

  private static RunProblem problem(Code code, String message) {
    return new RunProblem(Diagnostic.error(code, message));
  }

  private Manifest.Entry entry(Optional<String> entry) throws RunProblem {
    List<Manifest.Entry> all = artifact.manifest().functions();
    List<String> names = all.stream().map(f -> f.signature().name()).toList();
    if (entry.isEmpty() && all.size() == 1) {
      return all.getFirst();
    }
    String name = entry.orElse("");
    return artifact
        .manifest()
        .function(name)
        .orElseThrow(
            () ->
                new RunProblem(
                    Diagnostic.error(
                            Code.BAD_ENTRY,
                            entry.isEmpty()
                                ? "`" + artifact.name() + "` has several functions"
                                : "no function `" + name + "` in `" + artifact.name() + "`")
                        .help("`--entry` with one of " + String.join(", ", names))));
  }

  /// Refuses a module that was changed, so that it does not reach the plugin, which would not
  /// survive it.
  private void verified(Manifest.Entry entry) throws RunProblem {
    if (entry.hlo().isPresent()) {
      try {
        var read = ForeignModule.read(artifact.file(entry.hlo().get()), HloLimits.none());
        if (read.module().isEmpty()) {
          throw new RunProblem(read.diagnostics().getFirst());
        }
      } catch (ArtifactException e) {
        throw problem(Code.BAD_ARTIFACT, e.getMessage());
      }
    }
  }

  private Map<String, HostArray> given(Signature signature, List<String> args) throws RunProblem {
    var given = new LinkedHashMap<String, HostArray>();
    for (String arg : args) {
      int equals = arg.indexOf('=');
      if (equals <= 0) {
        throw problem(Code.BAD_ARGUMENT_VALUE, "`--arg " + arg + "` is not name=value");
      }
      String name = arg.substring(0, equals);
      String value = arg.substring(equals + 1);
      Map<String, HostArray> arrays =
          value.startsWith("@") ? read(value.substring(1)) : computed(signature, name, value);
      arrays.forEach(
          (inner, array) -> given.put(inner.isEmpty() ? name : name + "." + inner, array));
    }
    return given;
  }

  private static Map<String, HostArray> read(String path) throws RunProblem {
    try {
      return DataFiles.read(Path.of(path));
    } catch (FileProblem e) {
      throw problem(e.code(), e.getMessage());
    }
  }

  /// Returns the arrays of an expression, computed on the device. The type of a parameter that is
  /// one array of known sizes is that of the expression too, so that `3` is an `f32` where one is
  /// wanted.
  private Map<String, HostArray> computed(Signature signature, String name, String value)
      throws RunProblem {
    var diagnostics = new Diagnostics();
    if (SourceParser.expression(new Source("--arg " + name, value), diagnostics).isEmpty()) {
      throw new RunProblem(diagnostics.all().getFirst());
    }
    String type =
        signature.parameters().stream()
            .filter(leaf -> leaf.path().equals(name) && leaf.fixed() && !leaf.key())
            .map(leaf -> " -> " + leaf.type())
            .findFirst()
            .orElse("");
    try (Program program =
        Embed.load(device, "--arg " + name, "def value()" + type + " = " + value + "\n")) {
      Function function = program.function("value");
      var arrays = new LinkedHashMap<String, HostArray>();
      DeviceArray[] results = function.call();
      for (int i = 0; i < results.length; i++) {
        try (DeviceArray each = results[i]) {
          arrays.put(function.signature().results().get(i).path(), host(each));
        }
      }
      return arrays;
    } catch (ProgramException e) {
      throw new RunProblem(e.diagnostics().getFirst());
    } catch (PjrtException e) {
      throw problem(Code.PLUGIN_FAILED, "the plugin failed: " + e.getMessage());
    }
  }

  private DeviceArray copy(Leaf leaf, HostArray array) throws RunProblem {
    if (array == null) {
      throw problem(
          Code.BAD_ARGUMENT_VALUE,
          leaf.key()
              ? "`--arg " + leaf.path() + "=random.key(…)` is missing"
              : "`--arg " + leaf.path() + "=@file` is missing, an array " + leaf.type());
    }
    return device.array(RuntimeShapes.runtime(array.dtype()), array.data(), array.dims());
  }

  private void keep(Function function, DeviceArray[] results) {
    var leaves = new TreeMap<String, Tree>();
    for (int i = 0; i < results.length; i++) {
      try (DeviceArray each = results[i]) {
        HostArray array = host(each);
        arrays.put(i, array);
        leaves.put(
            function.signature().results().get(i).path(),
            new Tree.Leaf(i, ArrayType.of(array.dtype(), array.dims())));
      }
    }
    result = tree(leaves);
  }

  private static HostArray host(DeviceArray array) {
    DType dtype = RuntimeShapes.dtype(array.dtype());
    MemorySegment data = Arena.ofAuto().allocate(Math.max(1, array.size() * dtype.bytes()), 64);
    MemorySegment exact = data.asSlice(0, array.size() * dtype.bytes());
    array.copyTo(exact);
    return new HostArray(dtype, array.dims(), exact);
  }

  /// Returns the tree of leaves by their paths: `a.0`, `a.1` are the items of a tuple.
  private static Tree tree(Map<String, Tree> leaves) {
    if (leaves.containsKey("")) {
      return leaves.get("");
    }
    var inner = new TreeMap<String, Map<String, Tree>>();
    leaves.forEach(
        (path, leaf) -> {
          int dot = path.indexOf('.');
          String head = dot < 0 ? path : path.substring(0, dot);
          inner
              .computeIfAbsent(head, _ -> new TreeMap<>())
              .put(dot < 0 ? "" : path.substring(dot + 1), leaf);
        });
    var fields = new TreeMap<String, Tree>();
    inner.forEach((name, below) -> fields.put(name, tree(below)));
    var items = new ArrayList<Tree>();
    while (fields.containsKey(Integer.toString(items.size()))) {
      items.add(fields.get(Integer.toString(items.size())));
    }
    return items.size() == fields.size() ? new Tree.Tuple(items) : new Tree.Record(fields);
  }

  @Override
  public void close() {
    device.close();
  }
}
