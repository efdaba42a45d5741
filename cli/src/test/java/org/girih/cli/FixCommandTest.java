package org.girih.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `girih fix`: what is certain is changed, nothing else.
class FixCommandTest {
  private static final String WRONG =
      """
      # 😀 None of this comment changes.\r
      def f[n](x: float32[n]) = np.sum(x * x)
      let images = jnp.ones((3, 4))
      let flat = (images + images).flatten()
      print(f(flat), images.shape[0], images.T, images.sum(axis = 0))
      print(None, True)
      """;

  private static final String RIGHT =
      """
      # 😀 None of this comment changes.\r
      def f[n](x: f32[n]) = sum(x * x)
      let images = ones((3, 4))
      let flat = ravel(images + images)
      print(f(flat), shape(images)[0], transpose(images), sum(images, axis = 0))
      print(none, true)
      """;

  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("f.girih"), text);
  }

  @Test
  void mendsWhatIsCertain() throws IOException {
    Path file = file(WRONG);
    Session session = Session.run("fix", file.toString());
    assertEquals("", session.err());
    assertEquals(0, session.code());
    assertEquals(RIGHT, Files.readString(file));
    assertTrue(session.out().contains(":2:13: float32 -> f32\n"), session.out());
    assertTrue(session.out().endsWith("changed 9 places\n"), session.out());
    assertEquals(new Session(0, "", ""), Session.run("fix", file.toString()));
    assertEquals(0, Session.run("check", file.toString()).code());
  }

  @Test
  void aDryRunChangesNothing() throws IOException {
    Path file = file(WRONG);
    Session session = Session.run("fix", file.toString(), "--dry-run");
    assertEquals(0, session.code(), session.err());
    assertTrue(session.out().endsWith("would change 9 places\n"), session.out());
    assertEquals(WRONG, Files.readString(file));
  }

  @Test
  void theRestIsReported() throws IOException {
    Path file = file("print(None)\nprint(arnage(3))\n");
    Session session = Session.run("fix", file.toString());
    assertEquals(1, session.code());
    assertTrue(session.err().startsWith("error[E0201]: unknown name `arnage`"), session.err());
    assertEquals("print(none)\nprint(arnage(3))\n", Files.readString(file));
  }

  @Test
  void whatTheProgramNamesItselfIsLeftAlone() throws IOException {
    String text = "def sum(x) = x + 1\nlet a = ones(3)\nprint(sum(a), a.sum(), np.sum(a))\n";
    Path file = file(text);
    Session session = Session.run("fix", file.toString());
    assertEquals(1, session.code());
    assertEquals("", session.out());
    assertEquals(text, Files.readString(file));
  }

  @Test
  void theMarkAtTheBeginningStays() throws IOException {
    Path file = file("\uFEFFprint(None)\n");
    assertEquals(0, Session.run("fix", file.toString()).code());
    assertEquals("\uFEFFprint(none)\n", Files.readString(file));
  }

  @Test
  void onlyTheFileItselfIsChanged() throws IOException {
    String library = "def f(x) = np.sum(x)\n";
    Path other = Files.writeString(folder.resolve("lib.girih"), library);
    Path file = file("import \"lib.girih\" as lib\nprint(lib.f(ones(3)))\n");
    Session session = Session.run("fix", file.toString());
    assertEquals(1, session.code());
    assertTrue(session.err().startsWith("error[E0201]"), session.err());
    assertEquals(library, Files.readString(other));
    assertEquals("", session.out());
  }

  @Test
  void whatIsNotAFile() {
    Session none = Session.run("fix", folder.resolve("no.girih").toString());
    assertEquals(1, none.code());
    assertTrue(none.err().startsWith("error[E0601]"), none.err());
    Session input = Session.run("fix", "-");
    assertEquals(2, input.code());
    assertTrue(input.err().startsWith("error[E0612]"), input.err());
  }

  @Test
  void syntaxIsLeftAlone() throws IOException {
    Path file = file("print(None\n");
    Session session = Session.run("fix", file.toString());
    assertEquals(1, session.code());
    assertTrue(session.err().startsWith("error[E0003]"), session.err());
    assertEquals("print(None\n", Files.readString(file));
  }
}
