package org.girih.grammar.elaborate.core;

import org.girih.grammar.ast.Item;

/// A def at its place; compared by identity.
public final class Definition {
  private final Item.Def def;
  private final FileScope file;
  private final int position;

  public Definition(Item.Def def, FileScope file, int position) {
    this.def = def;
    this.file = file;
    this.position = position;
  }

  public Item.Def def() {
    return def;
  }

  public String name() {
    return def.name();
  }

  /// Returns what its body sees.
  public Scope scope() {
    return Scope.of(file, position);
  }

  public FileScope file() {
    return file;
  }
}
