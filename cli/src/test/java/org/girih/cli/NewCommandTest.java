package org.girih.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `girih new`: what it makes runs, and nothing that is there is touched.
class NewCommandTest {
  @TempDir private Path folder;

  private Path made(String... args) {
    Path project = folder.resolve(args[args.length - 1]);
    var words = new ArrayList<String>(List.of(args));
    words.addFirst("new");
    words.set(words.size() - 1, project.toString());
    Session session = Session.run(words.toArray(String[]::new));
    assertEquals("", session.err());
    assertEquals(0, session.code());
    assertTrue(session.out().contains("\nnext:\n  cd " + project + "\n"), session.out());
    assertEquals(
        files(project).map(Path::toString).sorted().toList(),
        session
            .out()
            .lines()
            .skip(1)
            .takeWhile(l -> !l.equals("next:"))
            .map(String::strip)
            .toList());
    return project;
  }

  private static Stream<Path> files(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList().stream();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Session clean(String... args) {
    Session session = Session.run(args);
    assertEquals("", session.err());
    assertEquals(0, session.code(), session.out());
    return session;
  }

  @Test
  void aProgramRuns() {
    String main = made("hello").resolve("main.girih").toString();
    clean("check", main);
    assertTrue(clean("test", main).out().endsWith("1 passed, 0 failed\n"));
    assertTrue(
        clean("run", main).out().matches("y = 2\\.\\d\\d x \\+ 0\\.\\d\\d, loss 0\\.\\d{4}\n"));
  }

  @Test
  void aLibraryIsImported() {
    Path project = made("--lib", "my-lib_2");
    String library = project.resolve("my-lib_2.girih").toString();
    String example = project.resolve("example.girih").toString();
    clean("check", library, example);
    assertTrue(clean("test", library).out().endsWith("2 passed, 0 failed\n"));
    assertEquals("[0 2]\nGhent: 1\nBruges: 0\nAntwerp: 1\n", clean("run", example).out());
  }

  /// The plugin's `compile` is `girih java`; javac takes what it makes, with the project's own
  /// classes and their test, and the main class runs.
  @Test
  void aMavenProjectIsBuilt() throws Exception {
    Path project = made("--maven", "deep/forecast");
    String model = project.resolve("src/main/girih/model.girih").toString();
    clean("check", model);
    assertTrue(clean("test", model).out().endsWith("1 passed, 0 failed\n"));
    Path classes = Files.createDirectories(project.resolve("classes"));
    clean(
        "java",
        model,
        "--package",
        "org.example",
        "--sources",
        project.resolve("made").toString(),
        "--resources",
        classes.toString());
    var sources = files(project).filter(f -> f.toString().endsWith(".java")).toList();
    assertEquals(3, sources.size());
    assertEquals("", compiled(sources, classes));
    String path = classes + ":" + System.getProperty("java.class.path");
    Process main =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-classpath",
                path,
                "org.example.Main")
            .redirectErrorStream(true)
            .start();
    assertEquals("At 4 the line is at 9.0.\n", new String(main.getInputStream().readAllBytes()));
    assertEquals(0, main.waitFor());
  }

  private static String compiled(List<Path> sources, Path classes) throws IOException {
    var javac = ToolProvider.getSystemJavaCompiler();
    var said = new StringWriter();
    try (var files = javac.getStandardFileManager(null, null, null)) {
      var options = List.of("-proc:none", "-d", classes.toString());
      javac
          .getTask(said, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
          .call();
    }
    return said.toString();
  }

  /// The pom is that of the example, which the build of Girih runs.
  @Test
  void thePomIsThatOfTheExample() throws IOException {
    String example = Files.readString(Session.ROOT.resolve("examples/maven/pom.xml"));
    String expected =
        example
            .replace("<artifactId>digits</artifactId>", "<artifactId>forecast</artifactId>")
            .replaceFirst("(?s)\\s*<programs>.*</programs>", "")
            .replaceFirst("\\s*<goal>build</goal>", "");
    assertEquals(expected, Files.readString(made("--maven", "forecast").resolve("pom.xml")));
  }

  /// Every template is used, and each file of a template is written with all names in it.
  @Test
  void everyResourceIsWritten() throws IOException {
    Path resources = Session.ROOT.resolve("cli/src/main/resources/org/girih/cli/project");
    var texts = new TreeSet<String>();
    for (List<String> args :
        List.of(List.of("a"), List.of("--lib", "b"), List.of("--maven", "c"))) {
      for (Path file : files(made(args.toArray(String[]::new))).toList()) {
        String text = Files.readString(file);
        assertFalse(text.contains("__"), text);
        texts.add(file.getFileName().toString().replaceFirst("^\\.|^b(?=\\.)", ""));
      }
    }
    var expected = new TreeSet<String>();
    files(resources)
        .forEach(f -> expected.add(f.getFileName().toString().replaceFirst("^__name__", "")));
    assertEquals(expected, texts);
  }

  @Test
  void nothingIsOverwritten() throws IOException {
    Path there = Files.createDirectory(folder.resolve("there"));
    made("there"); // empty
    Files.writeString(there.resolve("main.girih"), "mine");
    Session again = Session.run("new", there.toString());
    assertEquals(1, again.code());
    assertEquals(
        "error[E0602]: cannot make `" + there + "`: it is there already, and not empty",
        again.err().lines().findFirst().orElseThrow());
    assertEquals("mine", Files.readString(there.resolve("main.girih")));
    Path file = Files.writeString(folder.resolve("file"), "mine");
    for (Path each : List.of(file, file.resolve("below"))) {
      Session session = Session.run("new", each.toString());
      assertEquals(1, session.code());
      assertTrue(session.err().startsWith("error[E0602]: cannot make"), session.err());
      assertTrue(session.err().contains("not a folder"), session.err());
    }
    assertEquals("mine", Files.readString(file));
  }

  @Test
  void aFolderThatCannotBeWrittenIsAnError() throws IOException {
    Session nowhere = Session.run("new", "/proc/girih");
    assertEquals(1, nowhere.code());
    String why = "error[E0602]: cannot make `/proc/girih`: no folder can be made there\n";
    assertTrue(nowhere.err().startsWith(why), nowhere.err());
    Path parent = Files.createDirectory(folder.resolve("parent"));
    Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("r-xr-xr-x"));
    Assumptions.assumeFalse(Files.isWritable(parent), "root writes everywhere");
    Session session = Session.run("new", parent.resolve("new").toString());
    assertEquals(1, session.code());
    assertTrue(session.err().contains(": access is denied"), session.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "/", "a b", "1st", "a/b.c", "étude", "a/-", "a\tb"})
  void namesThatCannotBe(String name) {
    Session session = Session.run("new", "--", name);
    assertEquals(2, session.code(), session.out());
    assertTrue(session.err().startsWith("error[E0612]: `"), session.err());
    assertTrue(session.err().contains("does not name a project"), session.err());
  }

  @Test
  void oneKindAtATime() {
    Session session = Session.run("new", "--lib", "--maven", folder.resolve("x").toString());
    assertEquals(2, session.code());
    assertTrue(session.err().contains("expected one of `--lib` and `--maven`, got both"));
    assertFalse(Files.exists(folder.resolve("x")));
  }
}
