package org.girih.grammar.elaborate;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.girih.grammar.ast.SourceFile;
import org.girih.grammar.elaborate.core.Definition;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.FileScope;
import org.girih.grammar.elaborate.core.ModuleDefinition;
import org.girih.grammar.elaborate.core.Val;
import org.girih.grammar.elaborate.intrinsic.Libraries;
import org.girih.grammar.elaborate.intrinsic.Prelude;

/// Makes the files of the standard library known, each when a program first needs it.
final class LibraryScopes {
  private final Elaboration e;
  private final Consumer<FileScope> imports;
  private final Map<String, Val.Namespace> libraries = new HashMap<>();
  private FileScope prelude;

  /// @param imports does the imports of a library's file
  LibraryScopes(Elaboration e, Consumer<FileScope> imports) {
    this.e = e;
    this.imports = imports;
  }

  /// Returns what every file sees without import.
  FileScope prelude() {
    if (prelude == null) {
      SourceFile file = Libraries.file("prelude").orElseThrow();
      var builtins = Libraries.inside("prelude");
      builtins.putAll(Prelude.builtins());
      prelude =
          Definitions.fill(
              e, new FileScope(file, Optional.empty(), builtins, this::implicitLibrary));
    }
    return prelude;
  }

  private Optional<Val> implicitLibrary(String name) {
    return Libraries.implicit(name) ? Optional.of(library(name)) : Optional.empty();
  }

  /// A library: what its file documents, and the functions of the compiler that bear its name.
  Val.Namespace library(String name) {
    Val.Namespace known = libraries.get(name);
    if (known != null) {
      return known;
    }
    var members = new TreeMap<>(Libraries.builtins(name));
    var all = new Val.Namespace(name, members);
    libraries.put(name, all);
    Libraries.again(name)
        .forEach(n -> members.put(n, prelude().find(n, Integer.MAX_VALUE).orElseThrow()));
    Libraries.file(name)
        .ifPresent(
            file -> {
              var scope =
                  new FileScope(
                      file, Optional.of(prelude()), Libraries.inside(name), _ -> Optional.empty());
              Definitions.fill(e, scope);
              imports.accept(scope);
              for (Definition definition : scope.defs().values()) {
                if (definition.def().doc().isPresent()) {
                  members.put(definition.name(), new Val.DefFn(definition));
                }
              }
              for (ModuleDefinition module : scope.modules().values()) {
                members.put(module.name(), new Val.ModuleFn(module));
              }
            });
    return all;
  }
}
