package org.girih.grammar.golden;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.girih.grammar.ast.Item;
import org.girih.grammar.ast.SourceFile;
import org.girih.grammar.elaborate.Elaborator;
import org.girih.grammar.parse.SourceParser;
import org.girih.grammar.plan.EntryCall;
import org.girih.grammar.plan.HostPlan;
import org.girih.grammar.plan.Loader;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.source.Source;
import org.girih.ir.source.Span;
import org.girih.ir.type.ArrayType;

/// What the compiler says of a program and its benches without running them.
final class Checked {
  private Checked() {}

  static Diagnostics check(Source source) {
    var diagnostics = new Diagnostics();
    SourceParser.parse(source, diagnostics)
        .ifPresent(
            file -> {
              Elaborator.elaborate(file, Optional.empty(), new NoFiles(), diagnostics);
              for (Item item : file.items()) {
                if (item instanceof Item.Bench bench) {
                  var own = new Diagnostics();
                  Elaborator.bench(file, bench, new NoFiles(), own);
                  own.all().forEach(diagnostics::add);
                }
              }
            });
    return diagnostics;
  }

  /// What the compiler says of a library.
  static Diagnostics library(SourceFile file) {
    var diagnostics = new Diagnostics();
    Elaborator.elaborate(file, Optional.empty(), new NoFiles(), diagnostics);
    return diagnostics;
  }

  /// Elaborates a program, or the def `f` of a file without effects.
  static Optional<HostPlan> plan(SourceFile file, Diagnostics diagnostics) {
    var call = new EntryCall("f", Map.of());
    return Elaborator.elaborate(
        file,
        Elaborator.isProgram(file) ? Optional.empty() : Optional.of(call),
        new NoFiles(),
        diagnostics);
  }

  /// The programs of the tests stand alone.
  private static final class NoFiles implements Loader {
    @Override
    public Optional<SourceFile> source(Source from, String path, Span at, Diagnostics all) {
      all.add(Diagnostic.error(Code.CANNOT_READ, at, "cannot read `" + path + "`"));
      return Optional.empty();
    }

    @Override
    public Optional<SortedMap<String, ArrayType>> header(
        Source from, String path, Span at, Diagnostics all) {
      all.add(Diagnostic.error(Code.CANNOT_READ, at, "cannot read `" + path + "`"));
      return Optional.empty();
    }
  }
}
