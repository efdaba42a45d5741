package org.girih.grammar.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.girih.grammar.elaborate.Elaborator;
import org.junit.jupiter.api.Test;

class ReferenceTest {
  private static final Reference REFERENCE = Reference.read();

  @Test
  void everyPublicNameIsThere() {
    assertEquals(
        new TreeSet<>(Elaborator.publicNames()),
        REFERENCE.entries().stream()
            .map(e -> e.space() + "." + e.name())
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  /// A function of the compiler without a text, or a text without a function, fails here.
  @Test
  void everyPublicNameHasAText() {
    assertEquals(
        List.of(),
        REFERENCE.entries().stream()
            .filter(e -> e.text().isBlank())
            .map(e -> e.space() + "." + e.name())
            .toList());
    var names =
        REFERENCE.entries().stream()
            .map(e -> e.space() + "." + e.name())
            .collect(Collectors.toSet());
    assertEquals(
        List.of(),
        Table.lines("docs.tsv")
            .map(l -> l.split("\t")[0])
            .filter(n -> !names.contains(n))
            .toList());
  }

  @Test
  void signaturesAreOneLine() {
    for (ReferenceEntry entry : REFERENCE.entries()) {
      assertTrue(entry.signature().startsWith(entry.name()), entry.signature());
      assertTrue(!entry.signature().contains("\n"), entry.signature());
    }
  }

  @Test
  void namesAreFoundAsTheyAreWritten() {
    ReferenceEntry relu = REFERENCE.find("nn.relu").orElseThrow();
    assertTrue(relu.jax().contains("jax.nn.relu"), relu.toString());
    assertEquals("sum", REFERENCE.find("prelude.sum").orElseThrow().written());
    assertTrue(REFERENCE.find("stats.norm.logpdf").orElseThrow().signature().contains("loc = 0"));
  }
}
