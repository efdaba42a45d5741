package org.girih.runtime.pjrt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.girih.runtime.plugin.PluginPackage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The shim's own declarations of PJRT's structs and slots are those of the header that the oldest
/// plugin comes with: `abi_matches.cpp` asserts each offset, size and number.
class AbiTest {
  private static final Path OURS = Path.of("src/main/cpp/pjrt_abi.hpp").toAbsolutePath();

  @TempDir Path folder;

  /// What g++ says of the assertions, with `ours` before the header of the plugin.
  private String compiled(Path ours) throws IOException, InterruptedException {
    Path header = PluginFixture.installed(PluginPackage.CPU_81).header().orElseThrow();
    var command =
        List.of(
            "g++",
            "-fsyntax-only",
            "-Wall",
            "-I" + ours.getParent(),
            "-I" + header.getParent(),
            Path.of("src/test/cpp/abi_matches.cpp").toAbsolutePath().toString());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    assertEquals(process.waitFor() == 0, said.isEmpty(), said);
    return said;
  }

  @Test
  void layoutsAreThoseOfTheHeader() throws IOException, InterruptedException {
    assertEquals("", compiled(OURS));
  }

  /// The assertions see a slot, a field and a size that are elsewhere.
  @Test
  void mistakesAreSeen() throws IOException, InterruptedException {
    String good = Files.readString(OURS);
    var mistakes =
        List.of(
            List.of("slot(Compile, 89)", "slot(Compile, 88)"),
            List.of("void* between_processes[4];", "void* between_processes[3];"),
            List.of("bytes = 185", "bytes = 192"),
            List.of("INTS = 2", "INTS = 5"));
    Path ours = folder.resolve("pjrt_abi.hpp");
    for (List<String> mistake : mistakes) {
      assertTrue(good.contains(mistake.getFirst()), mistake.getFirst());
      Files.writeString(ours, good.replace(mistake.getFirst(), mistake.getLast()));
      assertNotEquals("", compiled(ours), mistake.getLast());
    }
  }
}
