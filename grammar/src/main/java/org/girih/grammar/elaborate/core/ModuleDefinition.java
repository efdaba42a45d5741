package org.girih.grammar.elaborate.core;

import java.util.List;
import java.util.Optional;
import org.girih.grammar.ast.Item;

/// A module at its place; compared by identity.
///
/// It is kept as two defs: one that takes what makes the module, whose body is never looked at, and
/// one that takes what the module is called on.
public final class ModuleDefinition {
  /// The name under which its body knows the module whose attributes it has.
  public static final String SUPER = "super";

  private final Item.Module module;
  private final Optional<ModuleDefinition> base;
  private final Definition make;
  private final Definition call;

  /// @param module with all its attributes, those that it takes over too
  /// @param base the module that it takes them over from
  public ModuleDefinition(
      Item.Module module, Optional<ModuleDefinition> base, FileScope file, int position) {
    this.module = module;
    this.base = base;
    this.make = new Definition(def(module, module.outer()), file, position);
    this.call = new Definition(def(module, module.inner()), file, position);
  }

  private static Item.Def def(Item.Module m, List<Item.Param> params) {
    return new Item.Def(
        m.span(),
        m.doc(),
        Optional.empty(),
        m.name(),
        m.nameSpan(),
        m.names(),
        params,
        m.result(),
        Optional.empty(),
        m.body());
  }

  public Item.Module module() {
    return module;
  }

  public Optional<ModuleDefinition> base() {
    return base;
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
