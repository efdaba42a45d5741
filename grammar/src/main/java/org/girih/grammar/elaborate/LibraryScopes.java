package org.girih.grammar.elaborate;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.girih.grammar.ast.SourceFile;
import org.girih.grammar.elaborate.core.Definition;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.FileScope;
import org.girih.grammar.elaborate.core.ModuleDefinition;
import org.girih.grammar.elaborate.core.SumType;
import org.girih.grammar.elaborate.core.Val;
import org.girih.grammar.elaborate.intrinsic.Library;
import org.girih.grammar.parse.Outline;

/// Makes the files of the standard library known, each when a program first needs it.
final class LibraryScopes {
  private final Elaboration e;
  private final Consumer<FileScope> imports;
  private final Map<Library, Val.Namespace> libraries = new EnumMap<>(Library.class);
  private final Map<Library, FileScope> scopes = new EnumMap<>(Library.class);
  private FileScope prelude;

  /// @param imports does the imports of a library's file
  LibraryScopes(Elaboration e, Consumer<FileScope> imports) {
    this.e = e;
    this.imports = imports;
  }

  /// Returns what every file sees without import.
  FileScope prelude() {
    if (prelude == null) {
      prelude =
          scope(
              Library.PRELUDE.outlines(), Library.PRELUDE, Optional.empty(), this::implicitLibrary);
    }
    return prelude;
  }

  private Optional<Val> implicitLibrary(String name) {
    return Library.implicit(name).map(this::library);
  }

  /// Returns the prelude's public names, for `prelude.sum` where a `sum` of the file hides it.
  private Val.Namespace named() {
    var all = new Val.Namespace(Library.PRELUDE.title(), prelude().offers());
    libraries.put(Library.PRELUDE, all);
    return all;
  }

  /// Makes files that share a scope known.
  private FileScope scope(
      List<Outline> files,
      Library library,
      Optional<FileScope> below,
      Function<String, Optional<Val>> implicit) {
    var items = files.stream().flatMap(f -> f.items().stream()).toList();
    var defs = files.stream().flatMap(f -> f.defs().stream()).toList();
    var file = new SourceFile(files.getFirst().source(), Optional.empty(), items);
    return FileDefinitions.fill(e, new FileScope(file, below, library.inside(), implicit), defs);
  }

  /// Returns what a file of a library, tested by itself, rests on.
  FileScope below(Library library, SourceFile file) {
    library(library);
    return library.hasSpace(file.source()) ? scopes.get(library) : prelude();
  }

  /// A library: what its files document, its spaces, and the functions of the compiler that it
  /// offers.
  Val.Namespace library(Library library) {
    Val.Namespace known = libraries.get(library);
    if (known != null) {
      return known;
    }
    if (library == Library.PRELUDE) {
      return named();
    }
    var members = new TreeMap<>(library.builtins());
    var all = new Val.Namespace(library.title(), members);
    libraries.put(library, all);
    library
        .again()
        .forEach(n -> members.put(n, prelude().find(n, Integer.MAX_VALUE).orElseThrow()));
    FileScope own = documented(library.outlines(), library, prelude(), members);
    scopes.put(library, own);
    for (String name : library.spaces()) {
      var inside = new TreeMap<String, Val>();
      documented(library.outlines(name), library, own, inside);
      members.put(name, new Val.Namespace(library.title() + "." + name, inside));
    }
    return all;
  }

  /// Makes files that share a scope known; adds what they have for programs.
  private FileScope documented(
      List<Outline> files, Library library, FileScope below, Map<String, Val> members) {
    FileScope scope = scope(files, library, Optional.of(below), _ -> Optional.empty());
    imports.accept(scope);
    // A def or a module of the same name hides a variant.
    for (SumType sum : scope.sums().values()) {
      sum.variants().forEach(name -> members.put(name, scope.variant(name).orElseThrow()));
    }
    for (Definition definition : scope.defs().values()) {
      if (definition.documented()) {
        members.put(definition.name(), new Val.DefFn(definition));
      }
    }
    for (ModuleDefinition module : scope.modules().values()) {
      members.put(module.name(), new Val.ModuleFn(module));
    }
    return scope;
  }
}
