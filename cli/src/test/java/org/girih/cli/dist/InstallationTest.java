package org.girih.cli.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InstallationTest {
  @TempDir private Path folder;

  @Test
  void aDistributionUnderAPrefixIsAnInstallation() throws IOException {
    Path lib = folder.resolve("lib/girih");
    assertEquals(Optional.empty(), Installation.of(lib));
    Files.createDirectories(lib.resolve("lib"));
    Files.createFile(lib.resolve("lib/girih-cli.jar"));
    assertEquals(Optional.of(new Installation(folder)), Installation.of(lib));
  }

  @Test
  void aBuildInItsOwnFolderIsNone() throws IOException {
    Path build = folder.resolve("target/girih");
    Files.createDirectories(build.resolve("lib"));
    Files.createFile(build.resolve("lib/girih-cli.jar"));
    assertEquals(Optional.empty(), Installation.of(build));
  }
}
