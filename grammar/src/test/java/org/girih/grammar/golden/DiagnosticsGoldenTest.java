package org.girih.grammar.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.girih.grammar.ast.SourceFile;
import org.girih.grammar.elaborate.Elaborator;
import org.girih.grammar.elaborate.Loader;
import org.girih.grammar.parse.SourceParser;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.diagnostic.Renderer;
import org.girih.ir.source.Source;
import org.girih.ir.source.Span;
import org.girih.ir.type.ArrayType;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// `testdata/diagnostics`: wrong programs, and what is printed of them. Where an error is expected
/// its line ends in `#~ E0001`; what stands in the `.out` file is compared besides.
class DiagnosticsGoldenTest {
  private static final Pattern MARK = Pattern.compile("#~((?: E\\d{4})+)\\s*$");
  private static final Goldens FOLDER = Goldens.in("diagnostics", ".girih", ".out");

  @TestFactory
  Stream<DynamicTest> messages() {
    return FOLDER.tests(DiagnosticsGoldenTest::rendered);
  }

  /// All that the compiler says of a program without running it.
  private static Diagnostics check(Source source) {
    var diagnostics = new Diagnostics();
    SourceParser.parse(source, diagnostics)
        .ifPresent(
            file -> Elaborator.elaborate(file, Optional.empty(), new NoFiles(), diagnostics));
    return diagnostics;
  }

  private static String rendered(Path path) {
    var source = new Source(path.getFileName().toString(), Goldens.read(path));
    List<Diagnostic> found = check(source).all();
    assertEquals(marked(source), places(found), "codes by line");
    var renderer = new Renderer(false, 100);
    return found.stream().map(renderer::render).collect(Collectors.joining("\n"));
  }

  /// `4 E0103`: a line and a code, in the order of the lines.
  private static List<String> marked(Source source) {
    var marks = new ArrayList<String>();
    String[] lines = source.text().split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      var mark = MARK.matcher(lines[i]);
      if (mark.find()) {
        for (String code : mark.group(1).trim().split(" ")) {
          marks.add(place(i + 1, code));
        }
      }
    }
    Collections.sort(marks);
    return marks;
  }

  private static List<String> places(List<Diagnostic> found) {
    return found.stream()
        .map(d -> place(d.span().map(DiagnosticsGoldenTest::line).orElse(0), d.code().text()))
        .sorted()
        .toList();
  }

  private static int line(Span span) {
    return span.source().line(span.start());
  }

  private static String place(int line, String code) {
    return String.format("%5d %s", line, code);
  }

  /// The programs of this folder stand alone.
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
