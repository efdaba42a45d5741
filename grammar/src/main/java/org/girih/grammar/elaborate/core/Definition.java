package org.girih.grammar.elaborate.core;

import java.util.function.Supplier;
import org.girih.grammar.ast.Item;
import org.girih.grammar.parse.Outline;

/// A def at its place; compared by identity.
public final class Definition {
  private final String name;
  private final boolean documented;
  private final FileScope file;
  private final int position;
  private final Supplier<Item.Def> parse;
  private Item.Def def;

  public Definition(Item.Def def, FileScope file, int position) {
    this.name = def.name();
    this.documented = def.doc().isPresent();
    this.file = file;
    this.position = position;
    this.parse = () -> def;
  }

  /// A def of the standard library, which is parsed when it is first looked into.
  public Definition(Outline.Def def, FileScope file) {
    this.name = def.name();
    this.documented = def.documented();
    this.file = file;
    this.position = 0;
    this.parse = def.item();
  }

  public Item.Def def() {
    if (def == null) {
      def = parse.get();
    }
    return def;
  }

  public String name() {
    return name;
  }

  /// Returns whether it has a doc comment; those of the library that have none are its own.
  public boolean documented() {
    return documented;
  }

  /// Returns what its body sees.
  public Scope scope() {
    return Scope.of(file, position);
  }

  public FileScope file() {
    return file;
  }
}
