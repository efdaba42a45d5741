package org.girih.grammar.reference;

import java.util.List;

/// A public name of the standard library.
///
/// @param space the library or its space, `nn` or `stats.norm`
/// @param name in there
/// @param signature as it is written, in one line
/// @param text what it does, in sentences; lines are broken as they are in the source
/// @param jax names in JAX, Flax and Optax, `jax.numpy.sum`
public record ReferenceEntry(
    String space, String name, String signature, String text, List<String> jax) {
  /// Returns how programs write it: `nn.relu`, and `sum` of what every file sees.
  public String written() {
    return space.equals(Reference.PRELUDE) ? name : space + "." + name;
  }

  /// Returns the first sentence of its text.
  public String summary() {
    String line = text.replaceAll("\\s+", " ");
    int end = line.indexOf(". ");
    return end < 0 ? line : line.substring(0, end + 1);
  }
}
