package org.girih.grammar.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.stream.Stream;
import org.girih.grammar.ast.Item;
import org.girih.grammar.ast.SourceFile;
import org.girih.grammar.elaborate.Elaborator;
import org.girih.grammar.parse.SourceParser;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.source.Source;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The defs of the standard library, checked for all sizes, dtypes and ranks that they say they
/// take.
class LibraryCheckTest {
  @TestFactory
  Stream<DynamicTest> nothingIsWrong() {
    return Elaborator.library().stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.source().name(),
                    () -> assertEquals(List.of(), Checked.library(file).all())));
  }

  /// The check sees what is wrong in a file of the library.
  @Test
  void whatIsWrongIsFound() {
    var source = new Source("girih:tree.girih", "def f[t: float, n](x: t[n]) -> t[n] = x[1:]\n");
    SourceFile file = SourceParser.parse(source, new Diagnostics()).orElseThrow();
    List<Diagnostic> found = Checked.library(file).all();
    assertEquals(List.of(Code.ANNOTATION_DIFFERS), found.stream().map(Diagnostic::code).toList());
  }

  /// Modules say what they take, but for the one that takes any layers.
  @Test
  void modulesSayWhatTheyTake() {
    Elaborator.library().stream()
        .flatMap(file -> file.items().stream())
        .filter(item -> item instanceof Item.Module)
        .map(item -> (Item.Module) item)
        .filter(module -> !module.name().equals("Sequential"))
        .forEach(module -> assertFalse(module.names().isEmpty(), module.name()));
  }
}
