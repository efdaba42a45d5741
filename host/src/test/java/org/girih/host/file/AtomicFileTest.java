package org.girih.host.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.girih.ir.diagnostic.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir private Path folder;

  private static AtomicFile.Content text(String text) {
    return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private List<String> names() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(p -> p.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aFailureLeavesTheOldFileAndNoOther() throws Exception {
    Path file = folder.resolve("x");
    Files.writeString(file, "old");
    var problem =
        assertThrows(
            FileProblem.class,
            () ->
                AtomicFile.write(
                    file,
                    out -> {
                      out.write(new byte[1 << 20]);
                      throw new IOException("No space left on device");
                    }));
    assertEquals(Code.CANNOT_WRITE, problem.code());
    assertTrue(problem.getMessage().endsWith("No space left on device"));
    assertEquals("old", Files.readString(file));
    assertEquals(List.of("x"), names());
  }

  @Test
  void aNewFileHasTheUsualPermissionsAndAnOldOneKeepsItsOwn() throws Exception {
    Path usual = Files.createFile(folder.resolve("usual"));
    Path file = folder.resolve("x");
    AtomicFile.write(file, text("a"));
    assertEquals(Files.getPosixFilePermissions(usual), Files.getPosixFilePermissions(file));
    var own = PosixFilePermissions.fromString("rw-r-----");
    Files.setPosixFilePermissions(file, own);
    AtomicFile.write(file, text("b"));
    assertEquals(own, Files.getPosixFilePermissions(file));
    assertEquals("b", Files.readString(file));
    assertEquals(List.of("usual", "x"), names());
  }

  @Test
  void nobodyReadsItWhileItIsWrittenWhoMayNotReadTheOldFile() throws Exception {
    Path file = Files.writeString(folder.resolve("x"), "old");
    var own = PosixFilePermissions.fromString("rw-------");
    Files.setPosixFilePermissions(file, own);
    AtomicFile.write(
        file,
        out -> {
          for (String each : names()) {
            assertEquals(own, Files.getPosixFilePermissions(folder.resolve(each)), each);
          }
          assertEquals(2, names().size());
        });
  }

  @Test
  void modesThatTheUmaskTakesAreKeptToo() throws Exception {
    Path file = Files.writeString(folder.resolve("x"), "old");
    var own = PosixFilePermissions.fromString("rwxrwxrwx");
    Files.setPosixFilePermissions(file, own);
    AtomicFile.write(file, text("b"));
    assertEquals(own, Files.getPosixFilePermissions(file));
  }

  @Test
  void aLinkStaysAndItsTargetIsReplaced() throws Exception {
    Path target = Files.writeString(folder.resolve("target"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("target"));
    AtomicFile.write(link, text("new"));
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("new", Files.readString(target));
  }

  @Test
  void aDeviceOrAFolderIsNotReplaced() throws Exception {
    Path nested = Files.createDirectory(folder.resolve("d"));
    for (Path path : List.of(Path.of("/dev/null"), nested, folder.resolve("no/such"))) {
      var problem =
          assertThrows(FileProblem.class, () -> AtomicFile.write(path, text("x")), path.toString());
      assertEquals(Code.CANNOT_WRITE, problem.code());
    }
    assertTrue(!Files.isRegularFile(Path.of("/dev/null")));
    assertEquals(List.of("d"), names());
  }

  @Test
  void aNameMayBeAsLongAsTheFileSystemAllows() throws Exception {
    Path file = folder.resolve("x".repeat(255));
    AtomicFile.write(file, text("a"));
    assertEquals("a", Files.readString(file));
  }

  @Test
  void whatKilledProcessesLeftIsDeleted() throws Exception {
    long here = ProcessHandle.current().pid();
    var hourAgo = FileTime.from(Instant.now().minus(Duration.ofHours(2)));
    for (String name :
        List.of(
            ".x[1].999999999-ab.tmp", // left behind
            ".x[1]." + here + "-ab.tmp", // of a process that is there
            ".x[1].notes.tmp",
            ".y.999999999-ab.tmp")) {
      Files.setLastModifiedTime(Files.writeString(folder.resolve(name), "x"), hourAgo);
    }
    Files.writeString(folder.resolve(".x[1].999999999-cd.tmp"), "young");
    AtomicFile.clean(folder.resolve("x[1]"));
    assertEquals(
        List.of(
            ".x[1]." + here + "-ab.tmp",
            ".x[1].999999999-cd.tmp",
            ".x[1].notes.tmp",
            ".y.999999999-ab.tmp"),
        names().stream().sorted().toList());
  }
}
