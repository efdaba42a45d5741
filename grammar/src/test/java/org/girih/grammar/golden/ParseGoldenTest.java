package org.girih.grammar.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.girih.grammar.ast.AstPrinter;
import org.girih.grammar.parse.SourceParser;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.source.Source;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/// `testdata/parse`: programs and their syntax trees.
@Tag("golden")
class ParseGoldenTest {
  @TestFactory
  Stream<DynamicTest> trees() {
    return Goldens.in("parse", ".girih", ".ast").tests(ParseGoldenTest::tree);
  }

  private static String tree(Path path) {
    var diagnostics = new Diagnostics();
    var source = new Source(path.getFileName().toString(), Goldens.read(path));
    var file = SourceParser.parse(source, diagnostics);
    assertEquals(List.of(), diagnostics.all());
    return AstPrinter.print(file.orElseThrow());
  }
}
