package org.girih.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Every example runs and prints what NumPy, SciPy or JAX computes, as [Expectation] compares it.
class ExamplesTest {
  /// What takes more than ten seconds.
  private static final Set<String> SLOW =
      Set.of("digits_cnn.girih", "dqn.girih", "sonnets.girih", "transformer.girih");

  /// What others import: it runs for nobody.
  private static final Set<String> LIBRARIES = Set.of("cartpole.girih");

  @TestFactory
  Stream<DynamicTest> examples() throws IOException {
    return examples(name -> !SLOW.contains(name));
  }

  @Tag("full")
  @TestFactory
  Stream<DynamicTest> slowExamples() throws IOException {
    return examples(SLOW::contains);
  }

  private static Stream<DynamicTest> examples(Predicate<String> which) throws IOException {
    try (var all = Files.list(Session.ROOT.resolve("examples"))) {
      return all.filter(p -> p.toString().endsWith(".girih")).sorted().toList().stream()
          .filter(p -> !LIBRARIES.contains(p.getFileName().toString()))
          .filter(p -> which.test(p.getFileName().toString()))
          .map(p -> DynamicTest.dynamicTest(p.getFileName().toString(), () -> run(p)));
    }
  }

  /// Training under `--check` finds nothing, and gives the same numbers.
  @Test
  void checked() throws IOException {
    run(Session.ROOT.resolve("examples/digits_mlp.girih"), "--check");
  }

  @Test
  void theCartMovesByTheEquations(@TempDir Path folder) throws IOException {
    Path library = Session.ROOT.resolve("examples/cartpole.girih");
    Path program =
        Files.writeString(
            folder.resolve("p.girih"),
            """
            import "%s" as cartpole
            let actions = where(arange(40) < 20, i32(arange(40) %% 3 == 0), 1)
            let follow = (s, a) -> { let s = cartpole.push(s, a)
              (s, s) }
            let (_, states) = scan(follow, [0.01, -0.02, 0.03, 0.04], actions)
            print(states)
            print(i32(vmap(cartpole.fallen)(states)))
            """
                .formatted(library));
    Session session = Session.run("run", program.toString());
    assertEquals(0, session.code(), session.err());
    Expectation.of("cartpole").hold(session.out());
    Session own = Session.run("test", library.toString());
    assertEquals(0, own.code(), own.err() + own.out());
  }

  private static void run(Path file, String... options) throws IOException {
    Session session =
        Session.run(
            Stream.concat(Stream.of("run", file.toString()), Stream.of(options))
                .toArray(String[]::new));
    assertEquals(0, session.code(), session.err());
    Expectation.of(file.getFileName().toString().replace(".girih", "")).hold(session.out());
  }
}
