package org.girih.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.girih.runtime.plugin.PluginPackage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `debug.print` and `assert` in functions: what a program tells while it computes.
class DebugPrintTest {
  private static final Path RUN = Session.ROOT.resolve("testdata/run");

  @TempDir Path folder;

  private Session run(String program, String... options) throws IOException {
    Path file = Files.writeString(folder.resolve("p.girih"), program);
    var arguments = new java.util.ArrayList<>(List.of("run", file.toString()));
    arguments.addAll(List.of(options));
    return Session.run(arguments.toArray(String[]::new));
  }

  static List<PluginPackage> plugins() {
    return List.of(PluginPackage.CPU_81, PluginPackage.CPU_106, PluginPackage.CPU);
  }

  /// The lines are those that JAX prints for the same program; their order, which JAX leaves open
  /// among lanes, is that of `debug_print.out` on every plugin.
  @ParameterizedTest
  @MethodSource("plugins")
  void printsWhatJaxPrints(PluginPackage plugin) throws IOException {
    Session session =
        Session.run(Session.on(plugin), "run", RUN.resolve("debug_print.girih").toString());
    List<String> jax = Files.readAllLines(RUN.resolve("debug_print.expected"));
    assertEquals(jax.stream().sorted().toList(), session.err().lines().sorted().toList());
    assertEquals("exit 0\n" + session.err(), Files.readString(RUN.resolve("debug_print.out")));
  }

  /// Each iteration has its line, and nothing is lost.
  @Test
  void many() throws IOException {
    Session session =
        run(
            """
            def f(x) = loop x for i in 0..3000 {
              debug.print("{i} {sum(x)}")
              x + 1
            }
            debug.print("{sum(f(zeros(8)))}")
            """);
    assertEquals(0, session.code(), session.err());
    List<String> lines = session.err().lines().toList();
    assertEquals(3001, lines.size());
    assertEquals("2999 23992.0", lines.get(2999));
  }

  /// What is printed precedes what the host prints behind it, and a run that fails has printed all
  /// that it did before.
  @Test
  void precedesWhatFollows() throws IOException {
    Session session =
        run(
            """
            def f(x) {
              debug.print("x is {x}")
              log(x)
            }
            let y = f(-1.0)
            assert y > 0
            """);
    assertEquals(1, session.code());
    assertTrue(session.err().startsWith("x is -1.0\nerror[E0706]"), session.err());
  }

  @Test
  void assertsAreLookedAtWhenChecked() throws IOException {
    String program =
        """
        def f(x: f32) -> f32 {
          assert x > 0, "x is {x}, not positive"
          log(x)
        }
        print(vmap(x -> grad(f)(x))([1.0, -2.0]))
        """;
    assertEquals("[ 1.  -0.5]\n", run(program).out());
    Session checked = run(program, "--check");
    assertEquals(1, checked.code());
    assertTrue(
        checked.err().startsWith("error[E0706]: x is -2.0, not positive in lane 1\n"),
        checked.err());
  }

  /// Formats are looked at before the run, of what may never be printed too.
  @Test
  void wrongFormatsAreErrors() throws IOException {
    String printed = "def f(x: f32) {\n  debug.print(\"{x:q}\")\n  x\n}\nprint(f(1.0))\n";
    String told = "def f(x: f32) {\n  assert x > 0, \"{x:.2d}\"\n  x\n}\nprint(f(-1.0))\n";
    for (String program : List.of(printed, told)) {
      Session session = run(program, "--check");
      assertEquals(1, session.code());
      assertTrue(session.err().startsWith("error[E0004]"), session.err());
    }
  }

  @Test
  void longTexts() throws IOException {
    String text = "é\\\"".repeat(20_000);
    Session session =
        run("def f(x) {\n  debug.print(\"" + text + "{x}\")\n  x\n}\nprint(f(1.0))\n");
    assertEquals("é\"".repeat(20_000) + "1.0\n", session.err());
  }

  @Test
  void artifactsLeaveItOut() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("q.girih"),
            "def f(x: f32) -> f32 {\n  debug.print(\"{x}\")\n  x * 2\n}\n");
    Session built =
        Session.run(
            "build",
            file.toString(),
            "--entry",
            "f",
            "-o",
            folder.resolve("f.girihx").toString(),
            "--hlo-only");
    assertEquals(0, built.code(), built.err());
    assertTrue(built.err().startsWith("warning[E0717]"), built.err());
  }
}
