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

  /// Returns the type of a name as a file sees it: its own first, then those of the files that its
  /// types come from; `lib.Batch` is one of an import.
  Optional<Item.TypeDef> find(List<String> path, FileScope from) {
    var found =
        path.size() == 1
            ? from.type(path.getFirst()).or(() -> type(path.getFirst()))
            : imported(path, from).flatMap(file -> file.type(path.getLast()));
    if (found.filter(endless::contains).isPresent()) {
      throw new Fault.Poisoned();
    }
    return found;
  }

  Optional<SumType> sum(List<String> path, FileScope from) {
    String name = path.getLast();
    return path.size() == 1
        ? from.sum(name).or(() -> files.stream().flatMap(f -> f.sum(name).stream()).findFirst())
        : imported(path, from).flatMap(file -> file.sum(name));
  }

  private static Optional<FileScope> imported(List<String> path, FileScope from) {
    return path.size() == 2 ? from.imported(path.getFirst()) : Optional.empty();
  }

  boolean isVariant(String name) {
    return files.stream().anyMatch(f -> f.variant(name).isPresent());
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
