package org.girih.grammar.reference;

import java.util.List;
import java.util.Optional;

/// A function of JAX, Flax or Optax, and what is written here for it.
///
/// @param module `jax.numpy`
/// @param function its name there
/// @param girih a name or an expression; empty where there is nothing yet
public record JaxName(String module, String function, Optional<String> girih) {
  static JaxName of(String line) {
    String[] cells = line.split("\t");
    return new JaxName(
        cells[0], cells[1], cells[2].equals("-") ? Optional.empty() : Optional.of(cells[2]));
  }

  /// Returns the whole table, in its order.
  public static List<JaxName> all() {
    return Table.lines("jax.tsv").map(JaxName::of).toList();
  }

  /// Returns its name with the module's, `optax.adam`.
  public String full() {
    return module.replaceAll(" .*", "") + "." + function;
  }
}
