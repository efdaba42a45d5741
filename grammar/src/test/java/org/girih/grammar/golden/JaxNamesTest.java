package org.girih.grammar.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.girih.grammar.reference.JaxName;
import org.girih.ir.diagnostic.Severity;
import org.girih.ir.source.Source;
import org.junit.jupiter.api.Test;

/// What the table says is written here for a function of JAX is known to the compiler.
class JaxNamesTest {
  /// Not expressions: statements, rules and what reads files.
  private static final Set<String> SYNTAX = Set.of("@jvp", "@vjp", "debug.print", "load", "save");

  @Test
  void allThatIsThereIsKnown() {
    List<String> written =
        JaxName.all().stream()
            .flatMap(name -> name.girih().stream())
            .distinct()
            .filter(g -> !SYNTAX.contains(g))
            .toList();
    String program = written.stream().map(g -> "let _ = " + g + "\n").collect(Collectors.joining());
    String imports =
        "import image, integrate, interpolate, lax, nn, optim, optimize, signal, sparse, stats\n";
    assertEquals(
        List.of(),
        Checked.check(new Source("names.girih", imports + program)).all().stream()
            .filter(d -> d.severity() == Severity.ERROR)
            .map(d -> d.message())
            .toList());
  }
}
