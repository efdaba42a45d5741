package org.girih.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `girih fmt`: which files it changes, and what it says of them.
class FmtCommandTest {
  private static final String WRONG = "let  x=1 # 😀\r\nprint( x )";
  private static final String RIGHT = "let x = 1  # 😀\nprint(x)\n";
  private static final String BROKEN = "print(1\n";

  @TempDir private Path folder;

  @BeforeEach
  void ownFolder() throws IOException {
    Files.createDirectories(folder.resolve("a/.hidden"));
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private Session fmt(String... args) {
    var all = new ArrayList<>(List.of("fmt"));
    all.addAll(List.of(args));
    return Session.run(all.toArray(String[]::new));
  }

  @Test
  void aFileIsReplacedAndKeepsItsMode() throws IOException {
    Path file = file("f.girih", WRONG);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx--x---"));
    assertEquals(new Session(0, "", "changed 1 file\n"), fmt(file.toString()));
    assertEquals(RIGHT, Files.readString(file));
    assertEquals("rwx--x---", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertEquals(new Session(0, "", ""), fmt(file.toString()));
  }

  @Test
  void whatIsFormattedIsNotWritten() throws IOException {
    Path file = file("f.girih", RIGHT);
    var early = FileTime.fromMillis(1_000_000);
    Files.setLastModifiedTime(file, early);
    assertEquals(new Session(0, "", ""), fmt(file.toString()));
    assertEquals(early, Files.getLastModifiedTime(file));
  }

  @Test
  void foldersAreSearchedWithoutWhatIsHidden() throws IOException {
    file("b.girih", WRONG);
    file("a/a.girih", WRONG);
    file("a/z.girih", RIGHT);
    file("a/.hidden/h.girih", WRONG);
    file("a/.h.girih", WRONG);
    file("a/other.txt", WRONG);
    Session session = fmt("--check", folder.toString(), folder + "/b.girih");
    assertEquals(new Session(1, folder + "/a/a.girih\n" + folder + "/b.girih\n", ""), session);
    assertEquals(WRONG, Files.readString(folder.resolve("b.girih")));
    assertEquals(new Session(0, "", "changed 2 files\n"), fmt(folder.toString()));
    assertEquals(new Session(0, "", ""), fmt("--check", folder.toString()));
    assertEquals(WRONG, Files.readString(folder.resolve("a/.hidden/h.girih")));
    assertEquals(WRONG, Files.readString(folder.resolve("a/.h.girih")));
    assertEquals(1, fmt("--check", folder.resolve("a/.hidden").toString()).code());
  }

  @Test
  void aDiffChangesNothing() throws IOException {
    Path file = file("f.girih", "let a = 1\nlet b=2\nlet c = 3\nlet d=4");
    Session session = fmt("--diff", file.toString());
    String expected =
        """
        --- FILE
        +++ FILE
        @@ -1,4 +1,4 @@
         let a = 1
        -let b=2
        +let b = 2
         let c = 3
        -let d=4
        \\ No newline at end of file
        +let d = 4
        """
            .replace("FILE", file.toString());
    assertEquals(new Session(1, expected, ""), session);
    assertEquals(new Session(1, expected, ""), fmt("--diff", "--check", file.toString()));
    assertTrue(Files.readString(file).endsWith("let d=4"));
    fmt(file.toString());
    assertEquals(new Session(0, "", ""), fmt("--diff", file.toString()));
  }

  @Test
  void aLongDiffIsNotComputed() throws IOException {
    Path file = file("f.girih", "let a=1\n".repeat(30_000));
    Session session = fmt("--diff", file.toString());
    assertTrue(session.out().endsWith("too long to compare: 30000 lines, 30000 lines\n"));
  }

  @Test
  void wrongFilesAreLeftAloneAndOthersGoOn() throws IOException {
    file("a/a.girih", BROKEN);
    Files.write(folder.resolve("a/b.girih"), new byte[] {'"', (byte) 0xff, '"'});
    file("a/c.girih", WRONG);
    Session session = fmt(folder + "/none.girih", folder.toString());
    assertEquals(1, session.code());
    assertTrue(session.err().contains("none.girih`: no such file"), session.err());
    assertTrue(session.err().contains("error[E0003]: `(` is never closed"), session.err());
    assertTrue(session.err().contains("b.girih`: it is not UTF-8"), session.err());
    assertTrue(session.err().endsWith("changed 1 file\n"), session.err());
    assertEquals(BROKEN, Files.readString(folder.resolve("a/a.girih")));
    assertEquals(RIGHT, Files.readString(folder.resolve("a/c.girih")));
    assertEquals(1, fmt("--check", folder.toString()).code());
  }

  @Test
  void whatMayNotBeReadIsAnError() throws IOException {
    Path closed = Files.createDirectory(folder.resolve("closed"));
    Path secret = file("secret.girih", WRONG);
    file("z.girih", WRONG);
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
    try {
      assumeFalse(Files.isReadable(secret), "who runs the tests may read everything");
      Session session = fmt(folder.toString());
      assertEquals(1, session.code());
      assertTrue(session.err().contains("closed`: access is denied"), session.err());
      assertTrue(session.err().contains("secret.girih`: access is denied"), session.err());
      assertEquals(RIGHT, Files.readString(folder.resolve("z.girih")));
    } finally {
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void linksStay() throws IOException {
    Path target = file("a/.hidden/t.girih", WRONG);
    Path link = Files.createSymbolicLink(folder.resolve("a/l.girih"), target);
    Files.createSymbolicLink(folder.resolve("a/round"), folder);
    Files.createSymbolicLink(folder.resolve("a/nowhere.girih"), folder.resolve("none"));
    assertEquals(new Session(0, "", "changed 1 file\n"), fmt(folder.toString()));
    assertTrue(Files.isSymbolicLink(link));
    assertEquals(RIGHT, Files.readString(target));
  }

  @Test
  void theMarkAtTheBeginningStays() throws IOException {
    Path file = file("f.girih", "\uFEFF" + WRONG);
    assertEquals(0, fmt(file.toString()).code());
    assertEquals("\uFEFF" + RIGHT, Files.readString(file));
    assertEquals(0, fmt("--check", file.toString()).code());
  }

  @Test
  void standardInputGoesToStandardOutput() {
    InputStream before = System.in;
    try {
      System.setIn(new ByteArrayInputStream(WRONG.getBytes(StandardCharsets.UTF_8)));
      assertEquals(new Session(0, RIGHT, ""), fmt("-"));
      System.setIn(new ByteArrayInputStream(RIGHT.getBytes(StandardCharsets.UTF_8)));
      assertEquals(new Session(0, RIGHT, ""), fmt("-"));
      System.setIn(new ByteArrayInputStream(WRONG.getBytes(StandardCharsets.UTF_8)));
      assertEquals(new Session(1, "standard input\n", ""), fmt("--check", "-"));
      System.setIn(new ByteArrayInputStream(BROKEN.getBytes(StandardCharsets.UTF_8)));
      Session session = fmt("-");
      assertEquals(1, session.code());
      assertEquals("", session.out());
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void theLibraryAndTheExamplesAreFormatted() {
    Session session =
        fmt(
            "--diff",
            Session.ROOT.resolve("library").toString(),
            Session.ROOT.resolve("examples").toString(),
            Session.ROOT.resolve("benchmarks").toString());
    assertEquals(new Session(0, "", ""), session);
  }
}
