package org.girih.grammar.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.girih.grammar.foreign.JaxName;
import org.girih.ir.diagnostic.Code;
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

  /// A name of JAX that is not one here is answered by what is written here for it, alone and with
  /// its module.
  @Test
  void allHaveTheirWayOut() {
    var without = new TreeSet<String>();
    for (JaxName name : JaxName.all()) {
      for (String written : List.of(name.function(), name.full())) {
        boolean plain = written.matches("[A-Za-z]\\w*(\\.[A-Za-z]\\w*)*");
        if (plain && name.girih().isPresent() && !SYNTAX.contains(name.girih().get())) {
          var found =
              Checked.check(new Source("name.girih", "print(" + written + "(1.0))\n")).all();
          boolean unknown = found.stream().anyMatch(d -> d.code() == Code.UNKNOWN_NAME);
          boolean helped =
              found.stream().anyMatch(d -> d.code() == Code.UNKNOWN_NAME && d.help().isPresent());
          if (unknown && !helped) {
            without.add(written);
          }
        }
      }
    }
    assertEquals(Set.of(), without);
  }

  @Test
  void whatIsWrittenElsewhereIsTold() {
    assertEquals(Optional.of("write `tree.norm`"), help("optax.global_norm"));
    assertEquals(Optional.of("after `import signal`, write `signal.welch`"), help("welch"));
    assertEquals(
        Optional.of("after `import stats`, write `stats.norm.logpdf`"),
        help("jax.scipy.stats.norm.logpdf"));
    assertEquals(Optional.of("write `tree.add`"), help("optax.tree_utils.tree_add"));
    assertEquals(
        Optional.of("it is written like `zeros(5) with [1:3] = ones(2)`"),
        help("lax.dynamic_update_slice_in_dim"));
    assertEquals(
        Optional.of("JAX's `jax.lax.custom_root` is not there yet"), help("lax.custom_root"));
    assertEquals(Optional.empty(), help("nothing_of_the_kind"));
  }

  private static Optional<String> help(String name) {
    return Checked.check(new Source("name.girih", "print(" + name + "(1.0))\n")).all().stream()
        .flatMap(d -> d.help().stream())
        .findFirst();
  }
}
