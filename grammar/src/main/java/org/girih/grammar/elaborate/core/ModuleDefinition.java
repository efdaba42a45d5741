package org.girih.grammar.elaborate.core;

import org.girih.grammar.ast.Item;

/// A module at its place; compared by identity.
///
/// It is kept as two defs: one that takes what makes the module, whose body is never looked at, and
/// one that takes what the module is called on.
public final class ModuleDefinition {
  private final Item.Module module;
  private final Definition make;
  private final Definition call;

  public ModuleDefinition(Item.Module module, FileScope file, int position) {
    this.module = module;
    this.make = new Definition(def(module, module.outer()), file, position);
    this.call = new Definition(def(module, module.inner()), file, position);
  }

  private static Item.Def def(Item.Module m, java.util.List<Item.Param> params) {
    return new Item.Def(
        m.span(),
        m.doc(),
        java.util.Optional.empty(),
        m.name(),
        m.nameSpan(),
        java.util.List.of(),
        params,
        m.result(),
        java.util.Optional.empty(),
        m.body());
  }

  public Item.Module module() {
    return module;
  }

  public String name() {
    return module.name();
  }

  /// Returns the file that it is in.
  public FileScope file() {
    return make.file();
  }

  /// `Dense(features)`.
  public Definition make() {
    return make;
  }

  /// `Dense(features)(x)`, the part in the second brackets.
  public Definition call() {
    return call;
  }
}
