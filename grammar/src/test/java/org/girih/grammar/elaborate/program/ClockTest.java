package org.girih.grammar.elaborate.program;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.girih.grammar.ast.SourceFile;
import org.girih.grammar.elaborate.Elaborator;
import org.girih.grammar.parse.SourceParser;
import org.girih.grammar.plan.Loader;
import org.girih.grammar.plan.Step;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.source.Source;
import org.girih.ir.source.Span;
import org.girih.ir.type.ArrayType;
import org.junit.jupiter.api.Test;

/// Where the clock is read among the other steps.
class ClockTest {
  private static final Loader NO_FILES =
      new Loader() {
        @Override
        public Optional<SourceFile> source(
            Source from, String path, Span at, Diagnostics diagnostics) {
          throw new AssertionError(path);
        }

        @Override
        public Optional<SortedMap<String, ArrayType>> header(
            Source from, String path, Span at, Diagnostics diagnostics) {
          throw new AssertionError(path);
        }
      };

  private static List<String> steps(String text) {
    var diagnostics = new Diagnostics();
    return SourceParser.parse(new Source("t.girih", text), diagnostics)
        .flatMap(file -> Elaborator.elaborate(file, Optional.empty(), NO_FILES, diagnostics))
        .orElseThrow(() -> new AssertionError(diagnostics.all().toString()))
        .steps()
        .stream()
        .filter(step -> !(step instanceof Step.Release))
        .map(step -> step.getClass().getSimpleName())
        .toList();
  }

  @Test
  void betweenWhatPrecedesAndWhatFollows() {
    String text =
        """
        let x = arange(9) * 2
        let t = clock()
        let y = sum(x + 1)
        let u = clock()
        print(y, u - t)
        """;
    assertEquals(List.of("Run", "Clock", "Run", "Clock", "Run", "Print"), steps(text));
  }

  @Test
  void amongEffectsInTheirOrder() {
    String text =
        """
        print("begin")
        let t = clock()
        print("end")
        let u = clock()
        print(u - t)
        """;
    assertEquals(List.of("Print", "Clock", "Print", "Clock", "Run", "Print"), steps(text));
  }
}
