package org.girih.grammar.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.girih.grammar.parse.SourceParser;
import org.girih.grammar.plan.HostPlan;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.program.Checker;
import org.girih.ir.program.Program;
import org.girih.ir.source.Source;
import org.girih.ir.text.TirPrinter;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/// `testdata/typed`: what the elaborator makes of a program, or of its def `f`, before any pass;
/// one rule each.
/// The numbers that such programs give are compared elsewhere; here their form can be read.
@Tag("golden")
class TypedGoldenTest {
  private static final Goldens FOLDER = Goldens.in("typed", ".girih", ".tir");

  @TestFactory
  Stream<DynamicTest> programs() {
    return FOLDER.tests(TypedGoldenTest::typed);
  }

  private static String typed(Path path) {
    var diagnostics = new Diagnostics();
    var source = new Source(path.getFileName().toString(), Goldens.read(path));
    Program program =
        SourceParser.parse(source, diagnostics)
            .flatMap(file -> Checked.plan(file, diagnostics))
            .map(HostPlan::program)
            .orElseThrow(() -> new AssertionError(diagnostics.all()));
    assertEquals(List.of(), diagnostics.all());
    assertEquals(Optional.empty(), Checker.check(program));
    return TirPrinter.print(program);
  }
}
