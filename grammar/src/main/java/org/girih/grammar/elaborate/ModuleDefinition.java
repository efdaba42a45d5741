package org.girih.grammar.elaborate;

import org.girih.grammar.ast.Item;

/// A module where it stands; compared by identity.
///
/// It is kept as two defs: one that takes what makes the module, whose body is never looked at, and
/// one that takes what the module is called on.
final class ModuleDefinition {
  private final Item.Module module;
  private final Definition make;
  private final Definition call;

  ModuleDefinition(Item.Module module, FileScope file, int position) {
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
        m.body());
  }

  Item.Module module() {
    return module;
  }

  String name() {
    return module.name();
  }

  /// `Dense(features)`.
  Definition make() {
    return make;
  }

  /// `Dense(features)(x)`, the part in the second brackets.
  Definition call() {
    return call;
  }
}
