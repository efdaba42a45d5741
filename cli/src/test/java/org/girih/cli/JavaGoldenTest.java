package org.girih.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `testdata/java`: a file, and the class that `girih java` writes of it. The class is held to
/// google-java-format as all Java files are, and compiled here. `-Dbless` rewrites it.
class JavaGoldenTest {
  private static final Path FOLDER = Session.ROOT.resolve("testdata/java");

  @TempDir Path folder;

  @Test
  void theClassOfAFile() throws IOException {
    Path inputs = folder.resolve("inputs");
    Session session =
        Session.run(
            "java", FOLDER.resolve("my_model.girih").toString(),
            "--package", "org.example",
            "--sources", folder.toString(),
            "--inputs", inputs.toString());
    assertEquals("", session.err());
    assertEquals(0, session.code());
    Path made = folder.resolve("org/example/MyModel.java");
    Path golden = FOLDER.resolve("MyModel.java");
    if (System.getProperty("bless") != null) {
      assertFalse("true".equals(System.getenv("CI")), "nothing is blessed in CI");
      Files.copy(made, golden, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
    assertEquals(Files.readString(golden), Files.readString(made));
    assertTrue(Files.exists(folder.resolve("org/example/MyModel.girihx")));
    assertEquals(List.of(FOLDER.resolve("my_model.girih").toString()), Files.readAllLines(inputs));
    assertEquals("", compiled(made));
  }

  /// What javac says of it, all warnings on.
  private String compiled(Path source) throws IOException {
    var javac = ToolProvider.getSystemJavaCompiler();
    var said = new StringWriter();
    try (var files = javac.getStandardFileManager(null, null, null)) {
      var options =
          List.of("-Xlint:all", "-Werror", "-proc:none", "-d", folder.resolve("out").toString());
      javac.getTask(said, files, null, options, null, files.getJavaFileObjects(source)).call();
    }
    return said.toString();
  }

  /// What a build must look at to know whether anything has changed.
  @Test
  void inputsAreAllThatWasRead() throws IOException {
    Path lib = Files.writeString(folder.resolve("lib.girih"), "def one(x) = x + 1\n");
    Path save = Files.writeString(folder.resolve("save.girih"), "save(\"w.npz\", {a = ones(3)})\n");
    assertEquals(0, Session.run("run", save.toString()).code());
    Path main =
        Files.writeString(
            folder.resolve("main.girih"),
            """
            import "lib.girih" as lib
            let w = load("w.npz")
            def f(x: f32[3]) = lib.one(x) * w.a
            """);
    Path inputs = folder.resolve("inputs");
    Session session =
        Session.run(
            "java", main.toString(), "-d", folder.toString(), "--inputs", inputs.toString());
    assertEquals(0, session.code(), session.err());
    assertEquals(
        List.of(lib.toString(), main.toString(), folder.resolve("w.npz").toString()),
        Files.readAllLines(inputs));
  }

  /// Names that are different in the language and would be one in Java.
  @Test
  void namesThatMeet() throws IOException {
    Path file = folder.resolve("names.girih");
    Files.writeString(
        file,
        """
        def a_b(x: f32[3]) = x
        def aB(x: f32[3]) = x * 2
        def program(x: f32[3]) = x
        def args[m](x_y: f32[m], xY: f32[3], call: f32[m, m]) = sum(x_y) + sum(xY) + sum(call)
        def sizes[n, m](n: f32[n, m], m: f32[m]) -> f32[m] = ones(m) * n
        type t = {a: f32, A: f32, a_b: f32, aB: f32}
        type T = {b: f32}
        def records(p: t, q: T) -> t = {a = p.aB + q.b, A = p.A, a_b = p.a_b, aB = p.a}
        type Names = {b: f32[2]}
        def own(p: Names) -> Names = p
        """);
    Session session = Session.run("java", file.toString(), "-d", folder.toString());
    assertEquals("", session.err());
    Path made = folder.resolve("Names.java");
    assertEquals("", compiled(made));
    String text = Files.readString(made);
    for (String each :
        List.of(
            "public float[] aB(float[] x)",
            "public float[] aB_(float[] x)",
            "public float args(float[] xY, float[] xY_, float[] call_)",
            "record T(DeviceArray a, DeviceArray A, DeviceArray aB, DeviceArray aB_)",
            "public Names_ own(Names_ p)")) {
      assertTrue(text.contains(each), each);
    }
  }

  @Test
  void foldersArePackages() throws IOException {
    Path root = Files.createDirectories(folder.resolve("src"));
    Path deep = Files.createDirectories(root.resolve("a/b"));
    Files.writeString(deep.resolve("one.girih"), "def f(x: f32[3]) = x + 1\n");
    Files.writeString(root.resolve("two.girih"), "def f(x: f32[3]) = x + 1\n");
    Files.writeString(root.resolve("run.girih"), "print(1)\n");
    Files.writeString(root.resolve("none.girih"), "def f(x) = x\n");
    Session session =
        Session.run(
            "java",
            deep.resolve("one.girih").toString(),
            root.resolve("two.girih").toString(),
            root.resolve("run.girih").toString(),
            root.resolve("none.girih").toString(),
            "--root",
            root.toString(),
            "--package",
            "org.example",
            "-d",
            folder.resolve("out").toString(),
            "--resources",
            folder.resolve("res").toString());
    assertEquals(0, session.code(), session.err());
    String one = Files.readString(folder.resolve("out/org/example/a/b/One.java"));
    assertTrue(one.startsWith("package org.example.a.b;"), one);
    assertTrue(Files.exists(folder.resolve("out/org/example/Two.java")));
    assertTrue(Files.exists(folder.resolve("res/org/example/a/b/One.girihx")));
    assertFalse(Files.exists(folder.resolve("out/org/example/Run.java"))); // it has effects
    assertFalse(Files.exists(folder.resolve("out/org/example/None.java"))); // nothing to call
  }

  @Test
  void whatIsWrongIsSaid() throws IOException {
    Path file = folder.resolve("wrong.girih");
    Files.writeString(file, "def f(x: f32[3]) = x + y\n");
    Session session = Session.run("java", file.toString(), "-d", folder.resolve("o").toString());
    assertEquals(1, session.code());
    assertTrue(session.err().startsWith("error[E0201]"), session.err());
    assertFalse(Files.exists(folder.resolve("o/Wrong.java")));
  }
}
