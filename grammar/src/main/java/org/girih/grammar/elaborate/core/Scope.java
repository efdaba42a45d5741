package org.girih.grammar.elaborate.core;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Names in sight: those of the blocks, inside out, then those of the file.
///
/// A `let` puts its names into the scope of its block and may shadow earlier ones; a lambda copies
/// what it uses when it is made, so it does not see that.
public final class Scope {
  private final Map<String, Val> names = new HashMap<>();
  private final Scope outer;
  private final FileScope file;
  private final int position;
  private final boolean host;

  private Scope(Scope outer, FileScope file, int position, boolean host) {
    this.host = host;
    this.outer = outer;
    this.file = file;
    this.position = position;
  }

  /// Returns what is seen at an item of a file.
  public static Scope of(FileScope file, int position) {
    return new Scope(null, file, position, false);
  }

  /// Returns what a statement of the host program sees.
  public static Scope host(FileScope file, int position) {
    return new Scope(null, file, position, true);
  }

  /// Returns whether it is that of the host program, not of a def.
  public boolean host() {
    return host;
  }

  /// A block inside of this.
  public Scope inner() {
    return new Scope(this, file, position, host);
  }

  public FileScope file() {
    return file;
  }

  /// Returns what the file shows at the same place.
  Scope outermost() {
    return new Scope(null, file, position, host);
  }

  public void bind(String name, Val val) {
    names.put(name, val);
  }

  /// Returns what the blocks bind.
  public Optional<Val> local(String name) {
    for (Scope scope = this; scope != null; scope = scope.outer) {
      Val val = scope.names.get(name);
      if (val != null) {
        return Optional.of(val);
      }
    }
    return Optional.empty();
  }

  public Optional<Val> find(String name) {
    return local(name).or(() -> file.find(name, position));
  }

  /// Returns what a statement of the file has bound to the name.
  public Optional<Val> value(String name) {
    return file.value(name, position);
  }

  /// All names in sight, for did-you-mean.
  public Stream<String> all() {
    var mine = names.keySet().stream();
    return Stream.concat(mine, outer == null ? file.names() : outer.all());
  }
}
