package org.girih.grammar.elaborate;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.girih.grammar.elaborate.core.Definition;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.FileScope;
import org.girih.grammar.elaborate.core.ModuleDefinition;
import org.girih.grammar.elaborate.core.SumType;
import org.girih.grammar.elaborate.core.Val;
import org.girih.grammar.elaborate.intrinsic.Library;

/// Makes the files of the standard library known, each when a program first needs it.
final class LibraryScopes {
  private final Elaboration e;
  private final Consumer<FileScope> imports;
  private final Map<Library, Val.Namespace> libraries = new EnumMap<>(Library.class);
  private FileScope prelude;

  /// @param imports does the imports of a library's file
  LibraryScopes(Elaboration e, Consumer<FileScope> imports) {
    this.e = e;
    this.imports = imports;
  }

  /// Returns what every file sees without import.
  FileScope prelude() {
    if (prelude == null) {
      prelude = scope(Library.PRELUDE, Optional.empty(), this::implicitLibrary);
    }
    return prelude;
  }

  private Optional<Val> implicitLibrary(String name) {
    return Library.implicit(name).map(this::library);
  }

  private FileScope scope(
      Library library, Optional<FileScope> prelude, Function<String, Optional<Val>> implicit) {
    return Definitions.fill(e, new FileScope(library.parse(), prelude, library.inside(), implicit));
  }

  /// A library: what its files document, and the functions of the compiler that it offers.
  Val.Namespace library(Library library) {
    Val.Namespace known = libraries.get(library);
    if (known != null) {
      return known;
    }
    var members = new TreeMap<>(library.builtins());
    var all = new Val.Namespace(library.title(), members);
    libraries.put(library, all);
    library
        .again()
        .forEach(n -> members.put(n, prelude().find(n, Integer.MAX_VALUE).orElseThrow()));
    FileScope scope = scope(library, Optional.of(prelude()), _ -> Optional.empty());
    imports.accept(scope);
    // A def or a module of the same name hides a variant.
    for (SumType sum : scope.sums().values()) {
      sum.variants().forEach(name -> members.put(name, scope.variant(name).orElseThrow()));
    }
    for (Definition definition : scope.defs().values()) {
      if (definition.def().doc().isPresent()) {
        members.put(definition.name(), new Val.DefFn(definition));
      }
    }
    for (ModuleDefinition module : scope.modules().values()) {
      members.put(module.name(), new Val.ModuleFn(module));
    }
    return all;
  }
}
