package org.girih.grammar.elaborate;

import org.girih.grammar.ast.Item;

/// A def where it stands; compared by identity.
final class Definition {
  private final Item.Def def;
  private final FileScope file;
  private final int position;

  Definition(Item.Def def, FileScope file, int position) {
    this.def = def;
    this.file = file;
    this.position = position;
  }

  Item.Def def() {
    return def;
  }

  String name() {
    return def.name();
  }

  /// What its body sees.
  Scope scope() {
    return Scope.of(file, position);
  }

  FileScope file() {
    return file;
  }
}
