package org.girih.grammar.elaborate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.girih.grammar.ast.Item;
import org.girih.grammar.elaborate.array.Binding;
import org.girih.grammar.elaborate.core.FileScope;
import org.girih.grammar.elaborate.core.ModuleDefinition;
import org.girih.grammar.elaborate.core.Spelling;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.diagnostic.Diagnostics;

/// Takes up the modules of a file, of which some are other names of others (`module B = A`), and
/// some take over the attributes of others (`module B(...A)(x)`).
final class ModuleBases {
  private final FileScope scope;
  private final Diagnostics diagnostics;
  private final Set<String> open = new HashSet<>();

  private ModuleBases(FileScope scope, Diagnostics diagnostics) {
    this.scope = scope;
    this.diagnostics = diagnostics;
  }

  static void fill(FileScope scope, Diagnostics diagnostics) {
    var bases = new ModuleBases(scope, diagnostics);
    List<Item> items = scope.file().items();
    for (int i = 0; i < items.size(); i++) {
      bases.define(items.get(i), i);
    }
  }

  /// Makes an item known, if it is a module that is not known yet.
  private void define(Item item, int position) {
    switch (item) {
      case Item.Module module when !scope.modules().containsKey(module.name()) -> {
        open.add(module.name());
        Optional<ModuleDefinition> base = module.base().flatMap(this::find);
        var whole = base.map(b -> with(module, b.module().outer())).orElse(module);
        put(module.name(), new ModuleDefinition(whole, base, scope, position));
      }
      case Item.ModuleName other when !scope.modules().containsKey(other.name()) -> {
        open.add(other.name());
        find(other.of())
            .ifPresent(
                of ->
                    put(
                        other.name(),
                        new ModuleDefinition(
                            named(of.module(), other), of.base(), scope, position)));
      }
      case Item _ -> {}
    }
  }

  private void put(String name, ModuleDefinition definition) {
    scope.modules().put(name, definition);
  }

  /// Returns the module of the file that a name means; it is made known first.
  private Optional<ModuleDefinition> find(Item.Base base) {
    String name = String.join(".", base.path());
    List<Item> items = scope.file().items();
    for (int i = 0; i < items.size() && !open.contains(name); i++) {
      if (name(items.get(i)).filter(name::equals).isPresent()) {
        define(items.get(i), i);
      }
    }
    Optional<ModuleDefinition> found = Optional.ofNullable(scope.modules().get(name));
    if (found.isEmpty()) {
      diagnostics.add(unknown(base, name));
    }
    return found;
  }

  private Diagnostic unknown(Item.Base base, String name) {
    if (open.contains(name)) {
      return Diagnostic.error(
          Code.UNKNOWN_NAME, base.span(), "`" + name + "` is defined by itself");
    }
    var unknown =
        Diagnostic.error(
            Code.UNKNOWN_NAME, base.span(), "`" + name + "` is not a module of this file");
    var near =
        Spelling.nearest(name, scope.file().items().stream().flatMap(item -> name(item).stream()));
    return unknown.help(
        near.map(n -> "did you mean `" + n + "`?")
            .orElse("make one in the body of a module: `" + name + "(…)(x)`"));
  }

  private static Optional<String> name(Item item) {
    return switch (item) {
      case Item.Module module -> Optional.of(module.name());
      case Item.ModuleName module -> Optional.of(module.name());
      case Item _ -> Optional.empty();
    };
  }

  /// The module with those attributes before its own; an attribute of its own that has the same
  /// name takes the place of the one that is taken over.
  private static Item.Module with(Item.Module module, List<Item.Param> taken) {
    var outer = new ArrayList<Item.Param>();
    var own = new ArrayList<>(module.outer());
    for (Item.Param param : taken) {
      String name = Binding.param(param).name();
      Optional<Item.Param> again =
          own.stream().filter(p -> Binding.param(p).name().equals(name)).findFirst();
      outer.add(again.orElse(param));
      again.ifPresent(own::remove);
    }
    outer.addAll(own);
    return new Item.Module(
        module.span(),
        module.doc(),
        module.name(),
        module.nameSpan(),
        module.names(),
        module.base(),
        outer,
        module.inner(),
        module.result(),
        module.body());
  }

  private static Item.Module named(Item.Module of, Item.ModuleName other) {
    return new Item.Module(
        other.span(),
        other.doc(),
        other.name(),
        other.nameSpan(),
        of.names(),
        of.base(),
        of.outer(),
        of.inner(),
        of.result(),
        of.body());
  }
}
