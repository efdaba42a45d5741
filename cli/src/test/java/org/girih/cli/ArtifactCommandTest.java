package org.girih.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.girih.runtime.artifact.Artifact;
import org.girih.runtime.artifact.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `.girihx` files: built, run, shown, and refused.
class ArtifactCommandTest {
  @TempDir Path folder;
  private Path built;
  private String x;

  @BeforeEach
  void build() throws IOException {
    Path source = folder.resolve("m.girih");
    Files.writeString(
        source,
        """
        let w = load("w.npz")
        def f(x: f32[3]) = x * w.scale
        def g[n](x: f32[n]) -> {sum: f32, twice: f32[n]} = {sum = sum(x), twice = x * 2}
        def free(x) = x
        """);
    save("let scale = f32(10)\nsave(\"w.npz\", {scale, unused = zeros(2)})");
    save("save(\"x.npy\", f32(arange(3)))");
    save("save(\"bad.npy\", ones((2, 2)))");
    x = "x=@" + folder.resolve("x.npy");
    built = folder.resolve("m.girihx");
    Session session = Session.run("build", source.toString(), "-o", built.toString());
    assertEquals("", session.err());
  }

  private void save(String program) throws IOException {
    Path file = folder.resolve("save.girih");
    Files.writeString(file, program + "\n");
    assertEquals(0, Session.run("run", file.toString()).code());
  }

  @Test
  void runs() {
    assertEquals(
        "[ 0. 10. 20.]\n", Session.run("run", built.toString(), "--entry", "f", "--arg", x).out());
    assertEquals(
        "{sum: 3.0, twice: [0. 2. 4.]}\n",
        Session.run("run", built.toString(), "--entry", "g", "--arg", x).out());
    assertEquals(
        "{\"sum\":3.0,\"twice\":[0.0,2.0,4.0]}\n",
        Session.run("run", built.toString(), "--entry", "g", "--arg", x, "--output", "json").out());
  }

  /// What the language says of the same expressions.
  @Test
  void argumentsCanBeExpressions() throws IOException {
    Path source = folder.resolve("k.girih");
    Files.writeString(
        source,
        """
        def noise(k: key, s: f32) -> f32[2] = s * random.uniform(k, (2,))
        def pair[n](p: {a: f32[n], b: i32}) -> f32[n] = p.a * f32(p.b)
        def direct() -> f32[2] = noise(random.key(7), f32(2))
        """);
    Path made = folder.resolve("k.girihx");
    assertEquals("", Session.run("build", source.toString(), "-o", made.toString()).err());
    String direct = Session.run("run", made.toString(), "--entry", "direct").out();
    String noise =
        Session.run(
                "run",
                made.toString(),
                "--entry",
                "noise",
                "--arg",
                "k=random.key(7)",
                "--arg",
                "s=2")
            .out();
    assertTrue(direct.matches("\\[[0-9. ]+]\n"), direct);
    assertEquals(direct, noise);
    assertEquals(
        "[6. 9.]\n",
        Session.run(
                "run", made.toString(), "--entry", "pair", "--arg", "p={a = f32([2, 3]), b = 3}")
            .out());
    String shown = Session.run("inspect", made.toString()).out();
    assertTrue(shown.contains("function noise(k: key, s: f32) -> f32[2]\n"), shown);
  }

  @Test
  void isShown() {
    Session session = Session.run("inspect", built.toString(), "--executables");
    assertEquals(0, session.code());
    String out = session.out();
    assertTrue(out.contains("function f(x: f32[3]) -> f32[3]\n"), out);
    assertTrue(out.contains("function g(x: f32[n]) -> sum: f32, twice: f32[n]\n"), out);
    assertTrue(out.contains("weight w.npz.scale: f32, 4 bytes\n"), out);
    assertTrue(out.lines().anyMatch(l -> l.matches("executable of f for cpu, .* fits here")), out);
  }

  @Test
  void argumentsThatDoNotFit() {
    refused("E0111", "run", built.toString(), "--entry", "f", "--arg", "x=3");
    refused("E0003", "run", built.toString(), "--entry", "f", "--arg", "x=) = 3");
    refused("E0607", "run", built.toString(), "--entry", "f", "--arg", "x");
    refused("E0607", "run", built.toString(), "--entry", "f");
    refused(
        "E0607",
        "run",
        built.toString(),
        "--entry",
        "f",
        "--arg",
        "x=@" + folder.resolve("bad.npy"));
    refused(
        "E0607",
        "run",
        built.toString(),
        "--entry",
        "f",
        "--arg",
        x,
        "--arg",
        "y" + x.substring(1));
    refused("E0207", "run", built.toString());
    refused("E0207", "run", built.toString(), "--entry", "h");
    refused("E0601", "run", folder.resolve("none.girihx").toString());
  }

  @Test
  void whatCannotBeBuilt() throws IOException {
    Path file = folder.resolve("p.girih");
    String out = folder.resolve("p.girihx").toString();
    Files.writeString(file, "print(1)\n");
    refused("E0207", "build", file.toString(), "-o", out);
    Files.writeString(file, "def f(x) = x\n");
    refused("E0207", "build", file.toString(), "-o", out);
    refused("E0207", "build", file.toString(), "-o", out, "--entry", "f");
    refused("E0207", "build", file.toString(), "-o", out, "--entry", "g");
    refused("E0207", "build", file.toString(), "-o", folder.resolve("out").toString());
    refused("E0607", "build", file.toString(), "-o", out, "--arg", "x=3");
    Files.writeString(file, "let w = load(\"none.npz\")\ndef f(x: f32[3]) = x\n");
    refused("E0601", "build", file.toString(), "-o", out);
    assertTrue(Files.notExists(folder.resolve("p.girihx")));
  }

  @Test
  void damagedOrNewer() throws IOException {
    byte[] whole = Files.readAllBytes(built);
    Path file = folder.resolve("other.girihx");
    Files.write(file, java.util.Arrays.copyOf(whole, whole.length / 2));
    refused("E0609", "run", file.toString());
    Files.writeString(file, "no zip");
    refused("E0609", "inspect", file.toString());
  }

  /// An executable that fits is taken instead of the module, one of another plugin or processor is
  /// left alone, and one that the plugin refuses is no obstacle. What is taken shows in the result.
  @Test
  void executablesAreTakenWhereTheyFit() throws IOException {
    Path source = folder.resolve("n.girih");
    Files.writeString(source, "let w = load(\"w.npz\")\ndef f(x: f32[3]) = x - w.scale\n");
    Path other = folder.resolve("n.girihx");
    Session.run("build", source.toString(), "-o", other.toString());
    Artifact minus = Artifact.open(other);
    byte[] code = minus.file(minus.manifest().executables().getFirst().file());
    String key = Artifact.open(built).manifest().executables().getFirst().key();
    assertEquals("[-10.  -9.  -8.]\n", withExecutable(key, code));
    assertEquals("[ 0. 10. 20.]\n", withExecutable("another plugin", code));
    assertEquals("[ 0. 10. 20.]\n", withExecutable(key, "no executable".getBytes()));
  }

  /// This machine's CPU as a target is what is taken without one.
  @Test
  void targets() throws IOException {
    Path source = folder.resolve("t.girih");
    Files.writeString(source, "def f(x: f32[3]) = x + 1\n");
    Path made = folder.resolve("t.girihx");
    String[] build = {"build", source.toString(), "-o", made.toString(), "--target"};
    assertEquals("", Session.run(with(build, "cpu")).err());
    String shown = Session.run("inspect", made.toString(), "--executables").out();
    assertTrue(shown.matches("(?s).*executable of f for cpu, \\d+ bytes, fits here\n"), shown);
    assertEquals("[1. 2. 3.]\n", Session.run("run", made.toString(), "--arg", x).out());
    Files.delete(made);
    refused("E0714", with(build, "gpu:h100"));
    refused("E0714", with(build, "cpu", "--hlo-only"));
    assertTrue(Files.notExists(made));
  }

  private static String[] with(String[] command, String... more) {
    return java.util.stream.Stream.of(command, more)
        .flatMap(java.util.Arrays::stream)
        .toArray(String[]::new);
  }

  private String withExecutable(String key, byte[] code) throws IOException {
    Artifact artifact = Artifact.open(built);
    Manifest.Binary binary = artifact.manifest().executables().getFirst();
    var files = files(artifact);
    files.put(binary.file(), code);
    Path file = folder.resolve("other.girihx");
    write(file, artifact.manifest(), new Manifest.Binary("f", "cpu", key, binary.file()), files);
    return Session.run("run", file.toString(), "--entry", "f", "--arg", x).out();
  }

  private static Map<String, byte[]> files(Artifact artifact) throws IOException {
    var files = new HashMap<String, byte[]>();
    for (String name : artifact.sizes().keySet()) {
      if (!name.equals("manifest.json")) {
        files.put(name, artifact.file(name));
      }
    }
    return files;
  }

  /// A module that the plugin would not survive.
  @Test
  void aModuleThatIsNoneIsRefused() throws IOException {
    Artifact artifact = Artifact.open(built);
    var files = files(artifact);
    files.put("f.hlo.pb", new byte[] {1, 2, 3});
    Path file = folder.resolve("other.girihx");
    write(file, artifact.manifest(), artifact.manifest().executables().getFirst(), files);
    refused("E0802", "run", file.toString(), "--entry", "f", "--arg", x);
  }

  private static void write(
      Path file, Manifest old, Manifest.Binary binary, Map<String, byte[]> files)
      throws IOException {
    var manifest =
        new Manifest(
            old.girih(),
            old.program(),
            old.functions(),
            old.weights(),
            List.of(binary),
            old.sources());
    try (OutputStream out = Files.newOutputStream(file)) {
      Artifact.write(out, manifest, files);
    }
  }

  private static void refused(String code, String... command) {
    Session session = Session.run(command);
    assertEquals(1, session.code(), session.out());
    assertTrue(session.err().startsWith("error[" + code + "]"), session.err());
    assertEquals("", session.out());
  }
}
