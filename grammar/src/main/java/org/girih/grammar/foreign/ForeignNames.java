package org.girih.grammar.foreign;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.girih.ir.diagnostic.CompilerBug;

/// Looks names of other languages up.
public final class ForeignNames {
  /// Names under which programs in Python know libraries of which the prelude has the functions.
  private static final Set<String> LIBRARIES =
      Set.of(
          "np",
          "numpy",
          "jnp",
          "jax",
          "lax",
          "torch",
          "tf",
          "F",
          "flax",
          "linen",
          "optax",
          "scipy",
          "special",
          "math",
          "functional",
          "ops");

  private ForeignNames() {}

  /// Returns the entry of a name.
  public static Optional<ForeignName> find(ForeignName.Kind kind, String written) {
    // The table is read again for each mistake: nothing is kept between elaborations.
    return all().stream()
        .filter(name -> name.kind() == kind && name.written().equals(written))
        .findFirst();
  }

  /// Returns whether it is the name of another language's library.
  public static boolean isLibrary(String name) {
    return LIBRARIES.contains(name);
  }

  /// Returns what stays of a dotted name without the other language's libraries at its beginning:
  /// `random.key` of `jax.random.key`.
  public static List<String> own(List<String> path) {
    int from = 0;
    while (from < path.size() - 1 && isLibrary(path.get(from))) {
      from++;
    }
    return path.subList(from, path.size());
  }

  /// Returns the whole table.
  public static List<ForeignName> all() {
    return lines("names.tsv").map(ForeignName::of).toList();
  }

  /// Returns the lines of a table beside this package's class files, without comments.
  static Stream<String> lines(String table) {
    try (var in = ForeignNames.class.getResourceAsStream(table)) {
      if (in == null) {
        throw new CompilerBug("the table " + table + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"));
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }
}
