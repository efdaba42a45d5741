package org.girih.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.girih.grammar.reference.Reference;
import org.junit.jupiter.api.Test;

class DocCommandTest {
  private static String doc(String... name) {
    var command = new java.util.ArrayList<>(List.of("doc"));
    command.addAll(List.of(name));
    Session got = Session.run(command.toArray(String[]::new));
    assertEquals(0, got.code(), got.err());
    return got.out();
  }

  @Test
  void aFunctionOfALibrary() {
    assertEquals(
        """
        nn.relu[t: real, ...b](x: t[...b]) -> t[...b]
            max(x, 0); its derivative at 0 is 0.
            In JAX: jax.nn.relu, flax.linen.relu
        """,
        doc("nn.relu"));
  }

  @Test
  void aFunctionOfTheCompilerByJaxsName() {
    String sum = doc("sum");
    assertTrue(sum.startsWith("sum(x, axis = none, dtype = none, keepdims = false"), sum);
    assertEquals(doc("prelude.sum"), doc("jnp.sum"));
    assertEquals(doc("optim.adam"), doc("optax.adam"));
    assertEquals(doc("nn.relu"), doc("relu"));
  }

  @Test
  void librariesAndTheirSpaces() {
    String all = doc();
    Reference.read().spaces().keySet().forEach(s -> assertTrue(all.contains(s + "\n"), s));
    String stats = doc("stats");
    assertTrue(stats.contains("stats.sem\n") && stats.contains("stats.norm\n"), stats);
    assertTrue(doc("stats.norm").contains("stats.norm.logpdf\n"));
  }

  @Test
  void linesAreAsWideAsTheTerminal() {
    Session got = Session.run(Map.of("COLUMNS", "40"), "doc", "optim");
    assertEquals(
        List.of(),
        got.out().lines().filter(l -> l.length() > 40 && l.strip().contains(" ")).toList());
  }

  @Test
  void whatIsNotThere() {
    Session near = Session.run("doc", "nn.Dens");
    assertEquals(2, near.code());
    assertTrue(near.err().contains("did you mean `nn.Dense`?"), near.err());
    assertTrue(Session.run("doc", "nonsense").err().contains("lists the libraries"));
  }
}
