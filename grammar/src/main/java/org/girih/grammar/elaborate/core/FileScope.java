package org.girih.grammar.elaborate.core;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.girih.grammar.ast.BoundNames;
import org.girih.grammar.ast.Item;
import org.girih.grammar.ast.SourceFile;
import org.girih.grammar.ast.Stmt;

/// The definitions of a file: defs and types, seen everywhere in it; top-level `let`s, seen below
/// the statement that binds them; what it imports; and, behind all, the prelude.
public final class FileScope {
  private final SourceFile file;
  private final Optional<FileScope> prelude;
  private final Map<String, Val> builtins;
  private final Function<String, Optional<Val>> implicit;
  private final Map<String, Definition> defs = new LinkedHashMap<>();
  private final Map<String, ModuleDefinition> modules = new LinkedHashMap<>();
  private final Map<String, Definition> rules = new HashMap<>();
  private final Map<String, Item.TypeDef> types = new HashMap<>();
  private final Map<String, SumType> sums = new LinkedHashMap<>();
  private final Map<String, Val.Namespace> imports = new HashMap<>();
  private final Map<String, FileScope> importedFiles = new HashMap<>();
  private final Map<String, NavigableMap<Integer, Val>> lets = new HashMap<>();
  private final Set<String> rebound = new HashSet<>();

  /// @param builtins functions of the compiler, which only this file and what is built on it see
  /// @param implicit libraries that are seen without import, by name
  public FileScope(
      SourceFile file,
      Optional<FileScope> prelude,
      Map<String, Val> builtins,
      Function<String, Optional<Val>> implicit) {
    this.file = file;
    this.implicit = implicit;
    this.prelude = prelude;
    this.builtins = builtins;
    for (Item item : file.items()) {
      if (item instanceof Item.Host(Stmt stmt) && !(stmt instanceof Stmt.Let)) {
        rebound.addAll(BoundNames.of(java.util.List.of(stmt)));
      }
    }
  }

  public SourceFile file() {
    return file;
  }

  /// The functions of the compiler that it rests on.
  Map<String, Val> builtins() {
    return builtins;
  }

  public Map<String, ModuleDefinition> modules() {
    return modules;
  }

  public Map<String, Definition> defs() {
    return defs;
  }

  /// Returns the def that is the derivative of another.
  public Optional<Definition> rule(String name) {
    return Optional.ofNullable(rules.get(name));
  }

  /// Makes a def the derivative of another; returns the one that was before.
  public Optional<Definition> rule(String name, Definition rule) {
    return Optional.ofNullable(rules.put(name, rule));
  }

  public Map<String, Val.Namespace> imports() {
    return imports;
  }

  public Map<String, Item.TypeDef> types() {
    return types;
  }

  /// The sum types that it defines.
  public Map<String, SumType> sums() {
    return sums;
  }

  Optional<SumType> sum(String name) {
    return Optional.ofNullable(sums.get(name)).or(() -> prelude.flatMap(p -> p.sum(name)));
  }

  /// Returns what the name of a variant of its own types means.
  public Optional<Val> variant(String name) {
    return sums.values().stream()
        .filter(type -> type.number(name).isPresent())
        .map(type -> type.value(type.number(name).getAsInt()))
        .findFirst();
  }

  /// Makes the types of an imported file known.
  public void imported(String alias, FileScope other) {
    importedFiles.put(alias, other);
  }

  Optional<FileScope> imported(String alias) {
    return Optional.ofNullable(importedFiles.get(alias));
  }

  Optional<Item.TypeDef> type(String name) {
    return Optional.ofNullable(types.get(name)).or(() -> prelude.flatMap(p -> p.type(name)));
  }

  /// Binds a name from the statement at this position on.
  public void let(String name, int position, Val val) {
    lets.computeIfAbsent(name, _ -> new TreeMap<>()).put(position, val);
  }

  /// The value that a statement above this position has bound to a name.
  public Optional<Val> value(String name, int position) {
    return Optional.ofNullable(lets.get(name))
        .map(versions -> versions.lowerEntry(position))
        .map(java.util.Map.Entry::getValue);
  }

  /// Returns whether a host loop binds the name again, so that defs cannot tell which value is
  /// meant.
  public boolean rebound(String name) {
    return rebound.contains(name);
  }

  /// The value of a name, seen from the item at this position.
  public Optional<Val> find(String name, int position) {
    var versions = lets.get(name);
    if (versions != null) {
      var seen = versions.lowerEntry(position);
      if (seen != null) {
        return Optional.of(seen.getValue());
      }
    }
    Definition def = defs.get(name);
    if (def != null) {
      return Optional.of(new Val.DefFn(def));
    }
    ModuleDefinition module = modules.get(name);
    if (module != null) {
      return Optional.of(new Val.ModuleFn(module));
    }
    Optional<Val> variant = variant(name);
    if (variant.isPresent()) {
      return variant;
    }
    Val imported = imports.get(name);
    if (imported != null) {
      return Optional.of(imported);
    }
    return Optional.ofNullable(builtins.get(name))
        .or(() -> prelude.flatMap(p -> p.offered(name, inLibrary())))
        .or(() -> implicit.apply(name));
  }

  private boolean inLibrary() {
    return file.source().isLibrary();
  }

  /// The value of a name of the prelude, seen from another file: defs with a doc comment, and
  /// functions of the compiler that are not the library's own. The library sees all of it.
  private Optional<Val> offered(String name, boolean library) {
    Definition def = defs.get(name);
    boolean hidden =
        def == null
            ? builtins.get(name) instanceof Val.Builtin(var intrinsic) && intrinsic.library()
            : !def.documented();
    return hidden && !library ? implicit.apply(name) : find(name, Integer.MAX_VALUE);
  }

  /// Returns what it offers other files, as [#offered] says.
  public SortedMap<String, Val> offers() {
    var out = new TreeMap<String, Val>();
    names().distinct().forEach(n -> offered(n, false).ifPresent(val -> out.put(n, val)));
    return out;
  }

  /// Returns whether the file itself gives the name a meaning.
  boolean names(String name) {
    return lets.containsKey(name)
        || defs.containsKey(name)
        || modules.containsKey(name)
        || imports.containsKey(name);
  }

  Stream<String> names() {
    return Stream.of(
            lets.keySet().stream(),
            defs.keySet().stream(),
            modules.keySet().stream(),
            imports.keySet().stream(),
            types.keySet().stream(),
            sums.keySet().stream(),
            sums.values().stream().flatMap(s -> s.variants().stream()),
            builtins.keySet().stream(),
            prelude.stream()
                .flatMap(p -> p.names().filter(n -> p.offered(n, inLibrary()).isPresent())))
        .flatMap(s -> s);
  }
}
