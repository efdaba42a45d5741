package org.girih.runtime.host;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.girih.runtime.artifact.Artifact;
import org.girih.runtime.artifact.ArtifactException;
import org.girih.runtime.artifact.Manifest;
import org.girih.runtime.artifact.Signature;
import org.girih.runtime.artifact.Signature.Leaf;
import org.girih.runtime.cache.ExecutableKey;
import org.girih.runtime.pjrt.Executable;
import org.girih.runtime.pjrt.Shape;
import org.girih.runtime.status.PjrtException;

/// A built program on a device: its weights lie there, and its functions can be called, by any
/// number of threads. Functions are compiled at their first call, unless the artifact brings an
/// executable that fits. A module that lies in an artifact is verified before it is compiled: a
/// call of one that is refused is an IllegalStateException.
public final class Program implements AutoCloseable {
  private final Device device;
  private final Artifact artifact;
  private final Compiler compiler;
  private final List<DeviceArray> weights = new ArrayList<>();
  private final Map<String, Function> functions = new LinkedHashMap<>();
  private final Executables compiled = new Executables(this::make);
  private String key;

  private Program(Device device, Artifact artifact, Compiler compiler) {
    this.device = device;
    this.artifact = artifact;
    this.compiler = compiler;
  }

  /// Loads a program whose functions have numbers as sizes; one that is generic in sizes reports at
  /// its call that it needs a [Compiler].
  ///
  /// @throws ArtifactException if the artifact lacks a file that its manifest names
  public static Program load(Device device, Artifact artifact) throws ArtifactException {
    return load(
        device,
        artifact,
        (function, _) -> {
          throw new IllegalStateException(
              "`"
                  + function.name()
                  + "` is generic in sizes: load the program with the compiler of girih-embed");
        });
  }

  /// Loads a program; `compiler` compiles its functions that are generic in sizes, once for each
  /// combination of sizes.
  ///
  /// @throws ArtifactException if the artifact lacks a file that its manifest names
  public static Program load(Device device, Artifact artifact, Compiler compiler)
      throws ArtifactException {
    var program = new Program(device, artifact, compiler);
    try {
      program.fill();
      return program;
    } catch (ArtifactException | RuntimeException e) {
      program.close();
      throw e;
    }
  }

  private void fill() throws ArtifactException {
    Manifest manifest = artifact.manifest();
    for (Manifest.Weight weight : manifest.weights()) {
      MemorySegment bytes = MemorySegment.ofArray(artifact.file(weight.file()));
      Shape shape = weight.leaf().shape();
      weights.add(new DeviceArray(device, device.client().bufferFromHost(bytes, shape), false));
    }
    for (Manifest.Entry entry : manifest.functions()) {
      Signature signature = entry.signature();
      var inputs = new DeviceArray[signature.inputs().size()];
      for (int i = 0; i < inputs.length; i++) {
        Leaf leaf = signature.inputs().get(i);
        inputs[i] = leaf.weight().isPresent() ? weights.get(leaf.weight().getAsInt()) : null;
      }
      functions.put(signature.name(), new Function(this, signature, inputs, compiled));
    }
  }

  public Device device() {
    return device;
  }

  /// Returns the names of its functions.
  public Set<String> functions() {
    return functions.keySet();
  }

  /// Returns a function.
  ///
  /// @throws IllegalArgumentException if the program has none of that name
  public Function function(String name) {
    Function function = functions.get(name);
    if (function == null) {
      throw new IllegalArgumentException(
          "no function `" + name + "` in " + artifact.name() + ": there are " + functions());
    }
    return function;
  }

  /// Returns how many executables there are by now: one for each function and combination of sizes
  /// that was called, and one more for each choice of donated arguments.
  public int compiled() {
    return compiled.count();
  }

  private Executables.Ready make(Signature signature, List<Shape> inputs, List<Integer> donated) {
    var file = artifact.manifest().function(signature.name()).flatMap(Manifest.Entry::hlo);
    Compiler.Module module =
        file.isPresent() ? stored(file.get(), inputs) : compiler.compile(signature, inputs);
    // What the compiler makes is its own; what lies in a file may be anybody's.
    UnaryOperator<byte[]> verified =
        file.isPresent() ? hlo -> StoredModule.verified(hlo, place(signature)) : hlo -> hlo;
    List<Integer> used = module.inputs();
    List<Shape> shapes = used.stream().map(inputs::get).toList();
    UnaryOperator<byte[]> aliased =
        donated.isEmpty() ? hlo -> hlo : aliased(signature, inputs, used, donated);
    byte[] hlo = module.hlo();
    byte[] identity = aliased.apply(file.isPresent() ? StoredModule.identity(hlo) : hlo);
    Supplier<byte[]> whole = () -> aliased.apply(verified.apply(hlo));
    return new Executables.Ready(
        (donated.isEmpty() ? brought(signature, shapes) : Optional.<Executable>empty())
            .orElseGet(() -> device.compile(identity, whole, shapes)),
        used.stream().mapToInt(i -> i).toArray(),
        used.equals(IntStream.range(0, inputs.size()).boxed().toList()));
  }

  /// Returns the executable that the artifact brings, if it fits plugin and processor.
  private Optional<Executable> brought(Signature signature, List<Shape> inputs) {
    for (Manifest.Binary binary : artifact.manifest().executables()) {
      if (binary.function().equals(signature.name()) && binary.key().equals(key())) {
        try {
          return Optional.of(device.client().load(artifact.file(binary.file()), inputs));
        } catch (PjrtException | ArtifactException _) {
          return Optional.empty(); // the module is there: it is compiled
        }
      }
    }
    return Optional.empty();
  }

  /// Returns the key of executables that fit; one that none has if the plugin's file cannot be
  /// read.
  private synchronized String key() {
    if (key == null) {
      try {
        key = ExecutableKey.of(device.client(), System.getenv());
      } catch (IOException e) {
        key = "unknown: " + e.getMessage();
      }
    }
    return key;
  }

  /// Returns how messages call a function's module.
  private String place(Signature signature) {
    return "`" + signature.name() + "` of " + artifact.name();
  }

  /// Returns what lets results lie where donated inputs lie.
  private UnaryOperator<byte[]> aliased(
      Signature signature, List<Shape> inputs, List<Integer> used, List<Integer> donated) {
    List<Shape> results =
        signature.results().stream().allMatch(Leaf::fixed)
            ? signature.results().stream().map(Leaf::shape).toList()
            : compiled.get(signature, inputs, List.of()).executable().results();
    List<Shape> shapes = used.stream().map(inputs::get).toList();
    List<Integer> parameters =
        donated.stream().map(used::indexOf).filter(number -> number >= 0).toList();
    return hlo -> Donation.alias(hlo, shapes, results, parameters);
  }

  /// Returns a module that lies in the artifact.
  private Compiler.Module stored(String file, List<Shape> inputs) {
    try {
      List<Integer> all = IntStream.range(0, inputs.size()).boxed().toList();
      return new Compiler.Module(artifact.file(file), all);
    } catch (ArtifactException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /// Frees executables and weights once no call uses them; results live on.
  @Override
  public void close() {
    compiled.close();
    weights.forEach(DeviceArray::close);
  }
}
