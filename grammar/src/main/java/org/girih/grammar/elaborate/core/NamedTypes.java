package org.girih.grammar.elaborate.core;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.girih.grammar.ast.Item;
import org.girih.ir.diagnostic.Diagnostics;

/// Finds the named types of all files of a program; those made of themselves have no value.
final class NamedTypes {
  private final List<FileScope> files = new ArrayList<>();
  private final Set<Item.TypeDef> endless = new HashSet<>();

  Optional<Item.TypeDef> find(List<String> path) {
    if (path.size() != 1) {
      return Optional.empty();
    }
    var found = type(path.getFirst());
    if (found.filter(endless::contains).isPresent()) {
      throw new Fault.Poisoned();
    }
    return found;
  }

  private Optional<Item.TypeDef> type(String name) {
    return files.stream().flatMap(f -> f.type(name).stream()).findFirst();
  }

  /// Makes a file's types known, and reports those made of themselves.
  void see(FileScope file, Diagnostics diagnostics) {
    files.add(file);
    for (TypeCycles.Cycle cycle : TypeCycles.of(file, this::type)) {
      endless.addAll(cycle.types());
      diagnostics.add(cycle.diagnostic());
    }
  }
}
