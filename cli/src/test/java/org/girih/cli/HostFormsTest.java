package org.girih.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// What a program of the host says and takes: arguments, standard input, names of files with values
/// of the run, formats of arrays, functions and variants as text. Expected numbers are sums and
/// products of a few digits.
@Isolated("standard input is the process's")
class HostFormsTest {
  @TempDir Path folder;

  @Test
  void formsOfTheGolden() {
    assertEquals(
        """
        0: 0.75
        1: 2.75
        warm(2.75) 5.5
        [   2.750    5.500]
        a 1
        b 2
        """,
        Session.run("run", golden("host_forms")).out());
  }

  @Test
  void functionsAreShownWithTheirSignatures() {
    String out = Session.run("run", golden("print_functions")).out();
    assertTrue(out.startsWith("MLP(features = (12, 8, 4), act = relu)\n"), out);
    assertTrue(out.contains("def loss[n](x: f32[n]) -> f32 grad(loss) x -> x + 1 exp(x)"), out);
    assertTrue(out.contains("\n        features = 12,\n"), out);
  }

  @Test
  void argumentsHaveTheKindOfWhatStandsInForThem() throws Exception {
    String program =
        "print(arg(\"n\", 3), arg(\"rate\", 0.5), arg(\"name\", \"x\"), arg(\"fast\", false))\n";
    assertEquals("3 0.5 x False\n", run(program).out());
    assertEquals(
        "4 2.0 a-b True\n",
        run(program, "--arg", "n=4", "--arg", "rate=2", "--arg", "name=a-b", "--arg", "fast=true")
            .out());
    Session wrong = run(program, "--arg", "n=1.5");
    assertTrue(wrong.err().contains("`--arg n`: expected an integer, got 1.5"), wrong.err());
    assertEquals(1, wrong.code());
    Session unknown = run(program, "--arg", "rates=2");
    assertTrue(
        unknown.err().startsWith("error[E0607]: the program does not ask for"), unknown.err());
    assertTrue(unknown.err().contains("did you mean `rate`?"), unknown.err());
  }

  @Test
  void argumentsAreArraysOfFiles() throws Exception {
    Path file = folder.resolve("x.npy");
    run("save(\"" + file + "\", [1.0, 2.0])\n");
    assertEquals("3.0\n", run("print(sum(arg(\"x\", 0.0)))\n", "--arg", "x=@" + file).out());
  }

  @Test
  void filesHaveNamesOfTheRun() throws Exception {
    run(
        "let x = 1.0\nfor i in 0..3 {\n  let x = x * 2\n  save(\""
            + folder
            + "/at_{i}_{x:.0f}.npy\", x)\n}\n");
    for (String name : new String[] {"at_0_2.npy", "at_1_4.npy", "at_2_8.npy"}) {
      assertTrue(Files.exists(folder.resolve(name)), name);
    }
    assertEquals(
        "12.0\n",
        run("print(load(\"" + folder + "/at_1_4.npy\") + load(\"" + folder + "/at_2_8.npy\"))\n")
            .out());
  }

  @Test
  void aProgramComesFromStandardInput() {
    assertEquals("7\n", withInput("print(arg(\"n\", 3) + 4)\n", "run", "-").out());
    assertEquals("9\n", withInput("print(arg(\"n\", 3) + 4)\n", "run", "-", "--arg", "n=5").out());
    Session wrong = withInput("let x = [1.0\n", "check", "-");
    assertTrue(wrong.err().contains("--> standard input:1:9"), wrong.err());
  }

  @Test
  void warningsGoAway() throws Exception {
    String program = "let unused = 1\nprint(2)\n";
    assertTrue(run(program).err().startsWith("warning[E0216]"));
    assertEquals("", run(program, "--no-warnings").err());
    assertEquals("", run("let _unused = 1\nprint(2)\n").err());
  }

  @Test
  void privateNamesAreNotSeen() throws Exception {
    Files.writeString(folder.resolve("lib.girih"), "def _one() = 1\ndef two() = _one() + 1\n");
    assertEquals("2\n", run("import \"lib.girih\" as lib\nprint(lib.two())\n").out());
    Session hidden = run("import \"lib.girih\" as lib\nprint(lib._one())\n");
    assertTrue(hidden.err().startsWith("error[E0201]: no `_one` in lib"), hidden.err());
  }

  @Test
  void typesOfAnImportedFile() throws Exception {
    Files.writeString(
        folder.resolve("lib.girih"),
        "type Batch[n] = {x: f32[n, 2], y: f32[n]}\ntype Mode = first | last\n"
            + "def pick(m: Mode, x) = match m { first -> x[0], last -> x[-1] }\n");
    assertEquals(
        "3.0 1.0 3.0\n",
        run("""
                import "lib.girih" as lib
                def total[n](b: lib.Batch[n]) -> f32 = sum(b.y)
                let b = {x = ones((3, 2)), y = [1.0, 1.0, 1.0]}
                print(total(b), lib.pick(first, [1.0, 3.0]), lib.pick(lib.last, [1.0, 3.0]))
                """)
            .out());
  }

  private static String golden(String name) {
    return Session.ROOT.resolve("testdata/run/" + name + ".girih").toString();
  }

  private static Session withInput(String text, String... args) {
    var before = System.in;
    System.setIn(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    try {
      return Session.run(args);
    } finally {
      System.setIn(before);
    }
  }

  private Session run(String program, String... options) throws Exception {
    var args = new java.util.ArrayList<String>();
    args.add("run");
    args.add(Files.writeString(folder.resolve("t.girih"), program).toString());
    args.addAll(java.util.List.of(options));
    return Session.run(args.toArray(String[]::new));
  }
}
