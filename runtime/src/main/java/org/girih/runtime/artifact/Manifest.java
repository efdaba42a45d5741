package org.girih.runtime.artifact;

import java.util.List;
import java.util.Optional;

/// The contents of an artifact, but for the bytes.
///
/// @param girih the version that made it
/// @param program the name of its source, for people
/// @param functions what can be called
/// @param weights the arrays that the program loads, in the order of their numbers
/// @param executables compiled functions, each for one target
/// @param sources the sources of functions that are generic in sizes; the first is the program's
public record Manifest(
    String girih,
    String program,
    List<Entry> functions,
    List<Weight> weights,
    List<Binary> executables,
    List<Source> sources) {
  /// The format that this version writes; it reads this and older ones.
  public static final int FORMAT = 1;

  public Manifest {
    functions = List.copyOf(functions);
    weights = List.copyOf(weights);
    executables = List.copyOf(executables);
    sources = List.copyOf(sources);
  }

  /// A function.
  ///
  /// @param hlo the file of its module; empty for one that is generic in sizes
  public record Entry(Signature signature, Optional<String> hlo) {}

  /// An array that the program loads.
  ///
  /// @param data the path as the source writes it: `digits.safetensors`
  /// @param name the array's name there; empty for a file of one array
  /// @param leaf its type
  /// @param file where its bytes are: dense, last axis fastest, little-endian
  public record Weight(String data, String name, Signature.Leaf leaf, String file) {}

  /// A compiled function.
  ///
  /// @param function its name
  /// @param target what it runs on, for people: `cpu`
  /// @param key what it needs: the plugin's content and the CPU's features
  /// @param file where its bytes are
  public record Binary(String function, String target, String key, String file) {}

  /// A source file.
  ///
  /// @param path as the sources that import it write it
  /// @param file where its text is
  public record Source(String path, String file) {}

  /// Returns the function of that name.
  public Optional<Entry> function(String name) {
    return functions.stream().filter(f -> f.signature().name().equals(name)).findFirst();
  }
}
