package org.girih.grammar.elaborate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.girih.grammar.ast.BoundNames;
import org.girih.grammar.ast.Item;
import org.girih.grammar.ast.SourceFile;
import org.girih.grammar.ast.Stmt;
import org.girih.grammar.elaborate.core.FileScope;
import org.girih.grammar.elaborate.core.Val;
import org.girih.grammar.elaborate.core.WayOut;
import org.girih.grammar.elaborate.intrinsic.Library;
import org.girih.grammar.elaborate.program.HostStatements;
import org.girih.grammar.plan.Loader;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.diagnostic.Diagnostics;

/// Does the imports of files: libraries by name, files by path.
final class Imports {
  private final FileScopes files;
  private final LibraryScopes libraries;
  private final Loader loader;
  private final Diagnostics diagnostics;
  private final Set<SourceFile> importing = Collections.newSetFromMap(new IdentityHashMap<>());

  Imports(FileScopes files, LibraryScopes libraries, Loader loader, Diagnostics diagnostics) {
    this.files = files;
    this.libraries = libraries;
    this.loader = loader;
    this.diagnostics = diagnostics;
  }

  /// Does the imports of a file.
  void of(FileScope scope) {
    importing.add(scope.file());
    for (Item item : scope.file().items()) {
      if (item instanceof Item.Import(_, var importees)) {
        importees.forEach(i -> importOne(scope, i));
      }
    }
    importing.remove(scope.file());
  }

  private void importOne(FileScope scope, Item.Importee importee) {
    Optional<Library> library =
        importee.file() ? Optional.empty() : Library.importable(importee.path());
    if (library.isPresent()) {
      scope.imports().put(importee.alias(), libraries.library(library.get()));
      return;
    }
    if (!importee.file()) {
      var unknown =
          Diagnostic.error(
              Code.BAD_IMPORT, importee.span(), "no library `" + importee.path() + "`");
      diagnostics.add(
          WayOut.ofImport(unknown, importee.span(), importee.path())
              .orElseGet(
                  () ->
                      unknown.help(
                          "a file is imported by its path: `import \"lib.girih\" as lib`")));
      scope.imports().put(importee.alias(), new Val.Namespace(importee.path(), poisoned()));
      return;
    }
    var file = loader.source(scope.file().source(), importee.path(), importee.span(), diagnostics);
    if (file.isEmpty()) {
      scope.imports().put(importee.alias(), new Val.Namespace(importee.path(), poisoned()));
      return;
    }
    if (importing.contains(file.get())) {
      diagnostics.add(
          Diagnostic.error(
                  Code.IMPORT_CYCLE,
                  importee.span(),
                  "`"
                      + importee.path()
                      + "` imports this file, by way of "
                      + importing.stream().map(f -> f.source().name()).toList())
              .help("move what both need into a third file"));
      return;
    }
    FileScope other = files.known(file.get());
    if (other == null) {
      if (HostStatements.isProgram(file.get().items())) {
        diagnostics.add(
            Diagnostic.error(
                    Code.BAD_IMPORT,
                    importee.span(),
                    "`" + importee.path() + "` has effects: only a library is imported")
                .help("a library has no statement but `let`"));
        return;
      }
      other = files.scope(file.get(), true);
    }
    var members = new TreeMap<String, Val>();
    for (String name : exported(other)) {
      other.find(name, Integer.MAX_VALUE).ifPresent(v -> members.put(name, v));
    }
    scope.imports().put(importee.alias(), new Val.Namespace(importee.alias(), members));
    scope.imported(importee.alias(), other);
  }

  /// A namespace of which every member is poisoned already would hide that it is missing; an empty
  /// one reports each use once more, so uses of a failed import are silenced by name.
  private static TreeMap<String, Val> poisoned() {
    return new PoisonedMembers();
  }

  private static final class PoisonedMembers extends TreeMap<String, Val> {
    private static final long serialVersionUID = 1L;

    @Override
    public Val get(Object key) {
      return new Val.Poison();
    }
  }

  /// Returns what others see of a file; names that begin with `_` are its own.
  private static List<String> exported(FileScope scope) {
    var names = new ArrayList<>(scope.defs().keySet());
    names.addAll(scope.modules().keySet());
    scope.sums().values().forEach(sum -> names.addAll(sum.variants()));
    for (Item item : scope.file().items()) {
      if (item instanceof Item.Host(Stmt.Let let)) {
        names.addAll(BoundNames.of(let.pattern()));
      }
    }
    names.removeIf(name -> name.startsWith("_"));
    return names;
  }
}
