package org.girih.grammar.foreign;

import java.util.Comparator;
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
    return ForeignNames.lines("jax.tsv").map(JaxName::of).toList();
  }

  /// Returns the function of a name; where modules have several, that of the module whose last part
  /// is `parent`, then one that is here.
  public static Optional<JaxName> find(String name, String parent) {
    if (parent.equals("tree_utils") && name.startsWith("tree_")) {
      return row(name.substring("tree_".length()), "tree");
    }
    Optional<JaxName> member = row(parent + "." + name, "stats");
    return member.isPresent() ? member : row(name, parent);
  }

  /// Returns whether it is a member of what the function belongs to: `logpdf` of `norm`.
  public boolean isMember() {
    return function.contains(".");
  }

  private static Optional<JaxName> row(String name, String parent) {
    return all().stream()
        .filter(row -> row.function().equals(name))
        .max(
            Comparator.comparing((JaxName row) -> row.plainModule().endsWith("." + parent))
                .thenComparing(row -> row.girih().isPresent()));
  }

  /// Returns whether it has a name here, not an expression in its place.
  public boolean named() {
    return girih().filter(text -> text.matches("[a-z]\\w*(\\.\\w+)*")).isPresent();
  }

  private String plainModule() {
    return module.replaceAll(" .*", "");
  }

  /// Returns its name with the module's, `optax.adam`.
  public String full() {
    return plainModule() + "." + function;
  }
}
