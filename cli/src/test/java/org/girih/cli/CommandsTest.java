package org.girih.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import org.girih.host.array.HostArray;
import org.girih.host.file.DataFiles;
import org.girih.host.file.FileProblem;
import org.girih.runtime.plugin.PluginPackage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands, as a user types them.
class CommandsTest {
  @TempDir private Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void runOfALibraryChecksIt() throws IOException {
    Path file = file("lib.girih", "def f[n](x: f32[n]) -> f32[n] = x * 2\n");
    assertEquals(new Session(0, "", ""), Session.run("run", file.toString()));
  }

  @Test
  void aFileIsNamedBehindAnAt() throws IOException {
    String program = file("f.girih", "def f(x) = sum(x)\n").toString();
    String data = folder.resolve("x.npy").toString();
    assertEquals(
        "",
        Session.run("run", file("s.girih", "save(\"" + data + "\", [1.0])\n").toString()).err());
    Session got = Session.run("run", program, "--entry", "f", "--arg", "x=" + data);
    assertEquals(1, got.code());
    assertTrue(got.err().contains("write `--arg x=@" + data + "`"), got.err());
    // A program that asks for a string means the name.
    String asks = file("p.girih", "let x = load(arg(\"file\", \"x.npy\"))\nprint(x)\n").toString();
    assertEquals("[1.]\n", Session.run("run", asks, "--arg", "file=" + data).out());
  }

  @Test
  void entryTakesArguments() throws IOException {
    Path file = file("f.girih", "def f(x, n) = reshape(x, (n, -1)) + 1\n");
    Session session =
        Session.run("run", file.toString(), "--entry", "f", "--arg", "x=arange(6)", "--arg", "n=2");
    assertEquals("[[1 2 3]\n [4 5 6]]\n", session.out(), session.err());
  }

  @Test
  void theGradientIsShownWithItsPlaces() throws IOException {
    Path file = file("f.girih", "def f(x: f32[3]) = sum(sin(x))\n");
    Session session = Session.run("show", file.toString(), "--entry", "f", "--stage", "gradient");
    assertEquals(0, session.code(), session.err());
    assertTrue(session.out().contains("entry @main.gradient"), session.out());
    assertTrue(session.out().matches("(?s).*= cos %0  # \\S*f.girih:1:24\n.*"), session.out());
  }

  @Test
  void buildWritesWhatExecRuns() throws IOException, FileProblem {
    Path file = file("f.girih", "def f(x: f32[3], y: f32[3]) = (x + y, x * y)\n");
    Path out = folder.resolve("out");
    Session build = Session.run("build", file.toString(), "--entry", "f", "-o", out.toString());
    assertEquals(0, build.code(), build.err());
    assertTrue(Files.readString(out.resolve("f.json")).contains("\"name\" : \"y\""));
    Path x = folder.resolve("x.npy");
    var arrays = new TreeMap<String, HostArray>();
    arrays.put("", HostArray.of(1f, 2f, 3f));
    DataFiles.write(x, arrays);
    Session exec =
        Session.run(
            "exec", out.resolve("f.hlo.pb").toString(), "--arg", "0=@" + x, "--arg", "1=@" + x);
    assertEquals("[2. 4. 6.]\n[1. 4. 9.]\n", exec.out(), exec.err());
  }

  @Test
  void execRefusesWhatIsNoModule() throws IOException {
    Path file = file("f.hlo.pb", "this is no module");
    Session session = Session.run("exec", file.toString());
    assertEquals(1, session.code());
    assertTrue(session.err().startsWith("error[E0802]"), session.err());
  }

  @Test
  void savesAreReadBack() throws IOException {
    Path file =
        file(
            "save.girih",
            """
            save("out.npz", {a = arange(3), b = {c = ones((2, 2)), d = true}})
            save("one.npy", f64(arange(4)))
            """);
    Session save = Session.run("run", file.toString());
    assertEquals(0, save.code(), save.err());
    Path read =
        file("read.girih", "let x = load(\"one.npy\")\nlet y = load(\"out.npz\")\nprint(x, y.a)\n");
    Session load = Session.run("run", read.toString());
    assertEquals("[0. 1. 2. 3.] [0 1 2]\n", load.out(), load.err());
  }

  @Test
  void importsSeeDefsAndLets() throws IOException {
    file("lib.girih", "let scale = 3\ndef times(x) = x * scale\n");
    Path main = file("main.girih", "import \"lib.girih\" as lib\nprint(lib.times(arange(3)))\n");
    Session session = Session.run("run", main.toString());
    assertEquals("[0 3 6]\n", session.out(), session.err());
  }

  @Test
  void importCyclesAreErrors() throws IOException {
    file("a.girih", "import \"b.girih\" as b\ndef f(x) = x\n");
    Path b = file("b.girih", "import \"a.girih\" as a\ndef g(x) = x\n");
    Session session = Session.run("check", b.toString());
    assertEquals(1, session.code());
    assertTrue(session.err().startsWith("error[E0603]"), session.err());
  }

  @Test
  void usageErrorsExitWithTwo() {
    assertEquals(2, Session.run("frobnicate").code());
    assertEquals(2, Session.run("run").code());
    assertEquals(2, Session.run("explain", "E9999").code());
  }

  @Test
  void aMissingFileIsTheUsersError() {
    Session session = Session.run("run", folder.resolve("none.girih").toString());
    assertEquals(1, session.code());
    assertTrue(session.err().startsWith("error[E0601]"), session.err());
  }

  @Test
  void aWrongPluginIsNamed() throws IOException {
    Path plugin = file("plugin.so", "no library");
    Path file = file("f.girih", "print(arange(3))\n");
    Session session = Session.run("run", file.toString(), "--plugin", plugin.toString());
    assertEquals(1, session.code());
    assertTrue(session.err().startsWith("error[E0702]"), session.err());
  }

  @Test
  void arraysTooLargeForMemoryAreRefused() throws IOException {
    Path file = file("f.girih", "print(zeros((1000000, 1000000)))\n");
    Session session = Session.run("run", file.toString());
    assertEquals(1, session.code());
    assertTrue(session.err().startsWith("error[E0707]"), session.err());
  }

  @Test
  void truncatedFilesAreRefused() throws IOException, FileProblem {
    var arrays = new TreeMap<String, HostArray>();
    arrays.put(
        "",
        new HostArray(
            org.girih.ir.type.DType.F32, new long[] {4}, MemorySegment.ofArray(new byte[16])));
    Path whole = folder.resolve("whole.npy");
    DataFiles.write(whole, arrays);
    byte[] bytes = Files.readAllBytes(whole);
    Files.write(folder.resolve("cut.npy"), java.util.Arrays.copyOf(bytes, bytes.length - 5));
    Path file = file("f.girih", "let x = load(\"cut.npy\")\nprint(x)\n");
    Session session = Session.run("run", file.toString());
    assertEquals(1, session.code());
    assertTrue(session.err().startsWith("error[E06"), session.err());
    assertFalse(session.err().contains("internal"), session.err());
  }

  @Test
  void execTellsTheCost() throws IOException {
    Path file = file("f.girih", "def f(x: f32[3], y: f32[3]) = x + y\n");
    Path out = folder.resolve("cost");
    Session.run("build", file.toString(), "--entry", "f", "-o", out.toString());
    String module = out.resolve("f.hlo.pb").toString();
    // The default plugin has no analysis of operations.
    Session cost = Session.run(Session.on(PluginPackage.CPU_81), "exec", module, "--cost");
    assertEquals(0, cost.code(), cost.err());
    assertTrue(cost.out().contains("\"flops\" : 3,"), cost.out());
    assertTrue(cost.out().contains("\"argument_bytes\" : 24,"), cost.out());
    Session silent = Session.run("exec", module, "--cost");
    assertTrue(silent.out().contains("\"flops\" : null,"), silent.out());
    assertTrue(silent.out().contains("\"argument_bytes\" : 24,"), silent.out());
  }

  @Test
  void showPrintsEachStage() throws IOException {
    Path file = file("f.girih", "print(sin(arange(3)) + 1)\n");
    for (String stage : new String[] {"ast", "typed", "optimized", "hlo", "compiled"}) {
      Session session = Session.run("show", file.toString(), "--stage", stage);
      assertEquals(0, session.code(), session.err());
      assertTrue(session.out().toLowerCase().contains("sin"), stage + ": " + session.out());
    }
  }
}
