package org.girih.grammar.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.diagnostic.Renderer;
import org.girih.ir.source.Source;
import org.girih.ir.source.Span;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/// `testdata/diagnostics` and `testdata/messages`: wrong programs, and what is printed of them,
/// with neither a plugin nor a command. In `diagnostics`, a line where an error is expected ends in
/// `#~ E0001`.
@Tag("golden")
class DiagnosticsGoldenTest {
  private static final Pattern MARK = Pattern.compile("#~((?: E\\d{4})+)\\s*$");
  private static final Goldens FOLDER = Goldens.in("diagnostics", ".girih", ".out");

  private static final Goldens MESSAGES = Goldens.in("messages", ".girih", ".out");

  @TestFactory
  Stream<DynamicTest> diagnostics() {
    return FOLDER.tests(
        path -> {
          Source source = source(path);
          List<Diagnostic> found = Checked.check(source).all();
          assertEquals(marked(source), places(found), "codes by line");
          return rendered(found);
        });
  }

  @TestFactory
  Stream<DynamicTest> messages() {
    return MESSAGES.tests(path -> rendered(Checked.check(source(path)).all()));
  }

  private static Source source(Path path) {
    return new Source(path.getFileName().toString(), Goldens.read(path));
  }

  private static String rendered(List<Diagnostic> found) {
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
}
