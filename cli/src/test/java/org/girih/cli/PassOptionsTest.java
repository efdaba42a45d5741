package org.girih.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `-O`, `--time-passes`, `--pass`, `--print-after`, `--verify-each` and `--diff`, as a user types
/// them.
class PassOptionsTest {
  @TempDir private Path folder;
  private String file;

  @BeforeEach
  void program() throws IOException {
    Path path = folder.resolve("f.girih");
    Files.writeString(
        path,
        """
        let w = arange(4.0)
        print(scan((c, i) -> (c + sum(sin(w)), c), 0.0, arange(3)))
        """);
    file = path.toString();
  }

  private Session optimized(String... options) {
    String[] args = new String[4 + options.length];
    System.arraycopy(new String[] {"show", file, "--stage", "optimized"}, 0, args, 0, 4);
    System.arraycopy(options, 0, args, 4, options.length);
    Session session = Session.run(args);
    assertEquals(0, session.code(), session.err());
    return session;
  }

  /// Whether the sine stands before the loop.
  private static boolean hoisted(String text) {
    return text.indexOf("sin ") > text.indexOf("func @main");
  }

  @Test
  void levels() {
    String none = optimized("-O0").out();
    String functions = optimized("-O", "1").out();
    String all = optimized("-O2").out();
    assertTrue(none.contains("iota") && !hoisted(none), none);
    assertFalse(functions.contains("dtype = i32") || hoisted(functions), functions);
    assertTrue(hoisted(all), all);
    assertEquals(all, optimized().out());
    var printed = new HashSet<String>();
    for (String level : new String[] {"-O0", "-O1", "-O2"}) {
      printed.add(Session.run("run", file, level).out());
      printed.add(Session.run("run", file, level, "--check").out());
    }
    assertEquals(1, printed.size(), printed.toString());
    assertTrue(printed.iterator().next().startsWith("(5."), printed.toString());
  }

  @Test
  void anotherOrderOnlyIfAsked() throws IOException {
    Path path = folder.resolve("g.girih");
    Files.writeString(
        path,
        """
        let a = sin(reshape(arange(12000.0), (100, 120)))
        let b = cos(reshape(arange(13200.0), (120, 110)))
        print(sum((a @ b) @ arange(110.0)) + 0.1 + 0.2)
        """);
    file = path.toString();
    String usual = optimized().out();
    String other = optimized("--reassociate").out();
    assertTrue(usual.contains("f32[100, 110] = dot"), usual);
    assertFalse(other.contains("f32[100, 110] = dot"), other);
    double due = Double.parseDouble(Session.run("run", file).out().strip());
    double got = Double.parseDouble(Session.run("run", file, "--reassociate").out().strip());
    assertEquals(due, got, 1e-3 * Math.abs(due));
    assertEquals(0, Session.run("run", file, "--reassociate", "--check").code());
  }

  @Test
  void benchesAndArtifactsHaveLevels() throws IOException {
    Path path = folder.resolve("h.girih");
    Files.writeString(path, "def f(x: f32[3]) -> f32[3] { x + 0.0 * 1.0 + (x * 1.0 - x) }\n");
    var sizes = new HashSet<Long>();
    for (String level : new String[] {"-O0", "-O2"}) {
      Path made = folder.resolve("h" + level + ".girihx");
      Session session =
          Session.run("build", path.toString(), "--hlo-only", "-o", made.toString(), level);
      assertEquals(0, session.code(), session.err());
      sizes.add(Files.size(made));
      Session bench =
          Session.run(
              "bench",
              path.toString(),
              "--entry",
              "f",
              "--arg",
              "x=[1.0, 2.0, 3.0]",
              "--samples",
              "1",
              level);
      assertEquals(0, bench.code(), bench.err());
    }
    assertEquals(2, sizes.size(), "what is optimised is another program");
    Session java =
        Session.run(
            "java", path.toString(), "-O1", "--time-passes", "-d", folder.resolve("s").toString());
    assertEquals(0, java.code(), java.err());
  }

  @Test
  void aLevelThatThereIsNot() {
    Session session = Session.run("run", file, "-O3");
    assertEquals(2, session.code());
    assertTrue(session.err().contains("`3` is not 0, 1 or 2"), session.err());
  }

  @Test
  void builtAtALevel() throws IOException {
    var texts = new HashSet<String>();
    for (String level : new String[] {"-O1", "-O2"}) {
      Path out = folder.resolve("out" + level);
      Session build = Session.run("build", file, level, "-o", out.toString());
      assertEquals(0, build.code(), build.err());
      try (Stream<Path> files = Files.list(out)) {
        var text = new StringBuilder();
        for (Path each : files.filter(f -> f.toString().endsWith(".hlo.txt")).sorted().toList()) {
          text.append(Files.readString(each));
        }
        assertTrue(text.toString().contains("HloModule"), text.toString());
        texts.add(text.toString());
      }
    }
    assertEquals(2, texts.size());
  }

  @Test
  void aPassThatComesLater() {
    String program = Session.ROOT.resolve("testdata/ops/vmap/exec.tir").toString();
    Session early = Session.run("opt", program, "--pass", "dead_code");
    assertEquals(1, early.code());
    assertTrue(early.err().startsWith("error[E0904]: pass dead_code takes no"), early.err());
    assertEquals("", early.out());
    String[] passes = {"opt", program, "--pass=expand", "--pass=erase_rules", "--pass=dead_code"};
    assertEquals(0, Session.run(passes).code());
    String rules = Session.ROOT.resolve("testdata/ops/custom_vjp/exec.tir").toString();
    assertEquals(1, Session.run("opt", rules, "--pass=cse").code());
    assertEquals(0, Session.run("opt", rules, passes[2], passes[3], "--pass=cse").code());
  }

  @Test
  void timesOfPasses() {
    String err = optimized("--time-passes").err();
    assertTrue(err.matches("(?s) +ms +share +equations +pass\n.*"), err);
    assertTrue(err.matches("(?s).*\\d\\.\\d +\\d+\\.\\d% +\\d+ → \\d+ +hoist\n.*"), err);
    assertTrue(err.matches("(?s).* 100.0% +\\d+ → \\d+ +all passes\n"), err);
    assertFalse(optimized("-O1", "--time-passes").err().contains("hoist"));
    assertEquals("", optimized().err());
    assertTrue(Session.run("run", file, "--time-passes").err().contains("all passes"));
  }

  @Test
  void diffs() {
    String hoist = optimized("--diff", "--print-after", "hoist").out();
    assertTrue(
        hoist.matches(
            "(?s)--- @\\S+ before hoist\n\\+\\+\\+ @\\S+ after hoist\n@@ -1,6 \\+1,4 @@\n-func .*"
                + "\n-  %\\d+: f32\\[4\\] = sin .*\n\\+  %\\d+: f32\\[4\\] = sin .*"),
        hoist);
    String all = optimized("--diff").out();
    assertTrue(all.contains("before all passes") && all.contains("\n-  "), all);
    Session none = optimized("--diff", "--print-after", "hoist", "-O1");
    assertEquals("", none.out());
    assertEquals("pass `hoist` did not run\n", none.err());
    String alone = optimized("--diff", "--pass", "hoist").out();
    assertTrue(
        alone.matches("(?s).*\\n-  %\\d+: f32\\[4\\] = sin .*\\n\\+  %\\d+: f32\\[4\\] = sin .*"),
        alone);
    assertTrue(alone.contains("\n-func @loop.body(") && !alone.contains("hoist"), alone);
  }

  @Test
  void diffsOfWhat() {
    Session stage = Session.run("show", file, "--diff");
    assertEquals(2, stage.code());
    assertTrue(stage.err().contains("--stage optimized"), stage.err());
    Session both = Session.run("show", file, "--stage", "optimized", "--diff", "--cost");
    assertEquals(2, both.code());
    assertTrue(both.err().contains("one of them"), both.err());
  }

  @Test
  void passesThatThereAreNot() {
    Session near = Session.run("show", file, "--stage", "optimized", "--pass", "hosit");
    assertEquals(2, near.code());
    assertTrue(near.err().contains("unknown pass `hosit`. Did you mean `hoist`?"), near.err());
    Session far = Session.run("run", file, "--print-after", "no");
    assertEquals(2, far.code());
    assertTrue(far.err().contains("unknown pass `no`; the passes are prune_functions"), far.err());
    Session checks = Session.run("run", file, "--pass", "functionalize_checks");
    assertEquals(2, checks.code());
    assertTrue(checks.err().contains("run with `girih run --check`"), checks.err());
  }

  @Test
  void passesAlone() {
    String alone = optimized("--pass", "hoist", "--pass", "dead_code").out();
    assertTrue(hoisted(alone), alone);
    assertFalse(hoisted(optimized("--pass", "simplify", "--pass", "cse").out()));
    String usual = Session.run("run", file).out();
    assertEquals(usual, Session.run("run", file, "--pass", "cse").out());
    assertEquals(usual, Session.run("run", file, "--pass", "cse", "--check").out());
    String must = optimized("--pass", "expand").out();
    assertEquals(optimized("-O0").out(), must);
  }

  @Test
  void programsAfterPasses() throws IOException {
    Session run = Session.run("run", file, "--print-after", "hoist");
    assertEquals(Session.run("run", file).out(), run.out());
    assertTrue(run.err().startsWith("# after hoist\nfunc @"), run.err());
    assertEquals(1, run.err().split("# after ", -1).length - 1, run.err());
    // What is printed is a program that `opt` reads.
    Path tir = Files.writeString(folder.resolve("after.tir"), run.err());
    Session opt = Session.run("opt", tir.toString(), "--pass", "dead_code", "--verify-each");
    assertEquals(0, opt.code(), opt.err());
    Session all = Session.run("run", file, "--print-after", "all", "--check");
    assertTrue(all.err().contains("# after expand_lanes_apart\n"), all.err());
    assertTrue(all.err().contains("# after functionalize_checks\n"), all.err());
    assertTrue(all.err().contains("# after merge_functions\n"), all.err());
    Session typed = Session.run("show", file, "--print-after", "cse");
    assertEquals("pass `cse` did not run\n", typed.err());
    Session early = Session.run("show", file, "--stage", "transformed", "--print-after", "expand");
    assertTrue(early.err().startsWith("# after expand\nfunc @"), early.err());
  }

  @Test
  void eachPassIsVerified() {
    String usual = Session.run("run", file).out();
    assertEquals(usual, Session.run("run", file, "--verify-each").out());
    assertEquals(usual, Session.run("run", file, "--verify-each", "--check").out());
    assertEquals(optimized().out(), optimized("--verify-each").out());
  }

  @Test
  void optAtALevel() throws IOException {
    Path tir = folder.resolve("f.tir");
    Files.writeString(tir, optimized("-O0").out());
    String plain = Session.run("opt", tir.toString()).out();
    String all = Session.run("opt", tir.toString(), "-O2", "--time-passes").out();
    assertFalse(hoisted(plain), plain);
    assertTrue(hoisted(all), all);
  }
}
