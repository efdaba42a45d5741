package org.girih.grammar.elaborate;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.girih.grammar.ast.Item;
import org.girih.grammar.ast.SourceFile;
import org.girih.grammar.ast.Stmt;
import org.girih.grammar.elaborate.binding.Placing;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Fault;
import org.girih.grammar.elaborate.core.FileScope;
import org.girih.grammar.elaborate.core.Scope;
import org.girih.grammar.elaborate.intrinsic.Library;
import org.girih.grammar.elaborate.program.HostSegments;
import org.girih.grammar.elaborate.program.HostStatements;
import org.girih.grammar.elaborate.program.ProgramArguments;
import org.girih.grammar.plan.Loader;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.source.Span;

/// Makes the files of a program known: what each defines, imports and binds.
final class FileScopes {
  private final Elaboration e;
  private final HostSegments segments;
  private final Loader loader;
  private final ProgramArguments arguments;
  private final LibraryScopes libraries;
  private final Imports imports;
  private final Map<SourceFile, FileScope> files = new IdentityHashMap<>();

  FileScopes(Elaboration e, HostSegments segments, Loader loader, ProgramArguments arguments) {
    this.e = e;
    this.arguments = arguments;
    this.segments = segments;
    this.loader = loader;
    this.libraries = new LibraryScopes(e, this::imports);
    this.imports = new Imports(this, libraries, loader, e.diagnostics());
  }

  private void imports(FileScope scope) {
    imports.of(scope);
  }

  /// Returns what a file defines if it is known; else null.
  FileScope known(SourceFile file) {
    return files.get(file);
  }

  /// Elaborates the statements of a file; returns what it defines.
  ///
  /// @param effects whether its own effects are done, not its `let`s alone
  FileScope scope(SourceFile file, boolean effects) {
    // A file of the standard library, tested by itself, rests on its own functions of the compiler.
    var library = Library.of(file.source());
    var builtins = library.map(Library::inside).orElse(Map.of());
    var below = library.map(l -> libraries.below(l, file)).orElseGet(libraries::prelude);
    var scope = new FileScope(file, Optional.of(below), builtins, _ -> Optional.empty());
    files.put(file, scope);
    FileDefinitions.fill(e, scope);
    mesh(scope, files.size() == 1);
    imports.of(scope);
    statements(scope, effects);
    return scope;
  }

  /// The mesh of the program that runs.
  private void mesh(FileScope scope, boolean main) {
    Span first = null;
    for (Item item : scope.file().items()) {
      if (!(item instanceof Item.Mesh mesh)) {
        continue;
      }
      if (!main || first != null) {
        var d =
            Diagnostic.error(
                Code.BAD_MESH,
                mesh.span(),
                main ? "a second mesh" : "a mesh in a file that is imported");
        e.diagnostics()
            .add(
                main
                    ? d.label(first, "the first one")
                    : d.help("move it to the program that runs; types here may name its axes"));
        continue;
      }
      first = mesh.span();
      try {
        e.mesh(e.in(e.newTrace(), () -> Placing.mesh(e, mesh, Scope.of(scope, 0))));
      } catch (Fault fault) {
        e.diagnostics().add(fault.diagnostic());
      } catch (Fault.Poisoned poisoned) {
        // reported where it failed
      }
    }
  }

  private void statements(FileScope scope, boolean effects) {
    var host = new HostStatements(e, scope, segments, loader, arguments);
    List<Item> items = scope.file().items();
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i) instanceof Item.Host(Stmt stmt)) {
        host.statement(stmt, new HostStatements.Place(scope, i, effects));
      }
    }
  }
}
