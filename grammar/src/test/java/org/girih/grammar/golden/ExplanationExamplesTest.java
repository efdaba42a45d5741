package org.girih.grammar.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.source.Source;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The examples in the explanations of what is found without running: the first has the error that
/// is explained, the second has none.
class ExplanationExamplesTest {
  @TestFactory
  Stream<DynamicTest> examples() {
    return Arrays.stream(Code.values())
        .filter(code -> code.text().compareTo("E0600") < 0)
        .filter(code -> code != Code.BAD_ENTRY)
        .filter(code -> !fenced(code).isEmpty())
        .map(code -> DynamicTest.dynamicTest(code.text(), () -> check(code)));
  }

  private static void check(Code code) {
    List<String> examples = fenced(code);
    List<Code> wrong = codes(examples.getFirst());
    assertTrue(wrong.contains(code), "the wrong example has " + wrong);
    for (String right : examples.subList(1, examples.size())) {
      assertEquals(List.of(), codes(right), right);
    }
  }

  private static List<Code> codes(String program) {
    return Checked.check(new Source("example.girih", program)).all().stream()
        .map(Diagnostic::code)
        .toList();
  }

  private static List<String> fenced(Code code) {
    var blocks = new ArrayList<String>();
    String[] parts = code.explanation().split("(?m)^```\\n");
    for (int i = 1; i < parts.length; i += 2) {
      blocks.add(parts[i]);
    }
    return blocks;
  }
}
