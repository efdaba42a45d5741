package org.girih.runtime.pjrt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.girih.runtime.plugin.PluginException;
import org.girih.runtime.plugin.PluginException.Reason;
import org.girih.runtime.plugin.PluginPackage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is no plugin is refused with a reason; the loader never sees a file that could kill it.
class PluginLoadTest {
  @TempDir Path folder;

  private static PluginException refused(Path file) {
    var e = assertThrows(PluginException.class, () -> Plugin.load(file));
    assertFalse(e.getMessage().contains("\n"), "one line");
    assertFalse(e.help().contains("\n"), "one line");
    assertTrue(e.getMessage().contains(file.getFileName().toString()), e.getMessage());
    return e;
  }

  private static void refused(Path file, String why) {
    var e = refused(file);
    assertEquals(Reason.BAD_FILE, e.reason());
    assertTrue(e.getMessage().endsWith(why), e.getMessage());
  }

  private Path fake(String name, int kind, int major, int minor, long size)
      throws IOException, InterruptedException {
    Path library = folder.resolve(name);
    var command =
        List.of(
            "g++",
            "-shared",
            "-fPIC",
            "-DCASE=" + kind,
            "-DMAJOR=" + major,
            "-DMINOR=" + minor,
            "-DSIZE=" + size,
            "-o",
            library.toString(),
            Path.of("src/test/cpp/fake_plugin.cpp").toAbsolutePath().toString());
    assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor());
    return library;
  }

  @Test
  void otherFilesAreRefused() throws IOException {
    refused(folder.resolve("missing.so"), "no such file");
    refused(folder, "it is not a file");
    refused(Files.writeString(folder.resolve("empty.so"), ""), "it is not a shared library");
    String text = "#!/bin/sh\n" + "echo this is not a library\n".repeat(10);
    refused(Files.writeString(folder.resolve("text.so"), text), "it is not a shared library");
    Path relocatable = folder.resolve("magic.so");
    Files.write(relocatable, new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0});
    refused(relocatable, "it is not a shared library");
  }

  @Test
  void libraryThatIsNoPluginIsRefused() {
    refused(shim(), "exports no GetPjrtApi");
  }

  private static Path shim() {
    return Path.of("target/classes/org/girih/runtime/pjrt/linux-x86_64/libjniShim.so");
  }

  @Test
  void libraryCutAtAnyLengthIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(shim());
    Path cut = folder.resolve("cut.so");
    for (int length = 0; length < whole.length; length += 997) {
      Files.write(cut, java.util.Arrays.copyOf(whole, length));
      assertEquals(Reason.BAD_FILE, refused(cut).reason());
    }
    Files.write(cut, java.util.Arrays.copyOf(whole, whole.length - 1));
    refused(cut, "it is cut short");
  }

  @Test
  void libraryOfAnotherMachineIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(shim());
    whole[18] = (byte) 183;
    Path arm = Files.write(folder.resolve("arm.so"), whole);
    refused(arm, "it is for aarch64, this machine is x86-64");
    whole[18] = 62;
    whole[4] = 1;
    Path narrow = Files.write(folder.resolve("narrow.so"), whole);
    refused(narrow, "it is not a library of 64 bits, low byte first");
  }

  @Test
  void damagedProgramHeadersAreRefused() throws IOException {
    byte[] whole = Files.readAllBytes(shim());
    whole[54] = 3; // e_phentsize
    refused(Files.write(folder.resolve("odd.so"), whole), "its program headers are damaged");
  }

  @Test
  void olderApiIsRefused() throws IOException, InterruptedException {
    var e = refused(fake("old.so", 0, 0, 40, 1000));
    assertEquals(Reason.API_VERSION, e.reason());
    assertTrue(
        e.getMessage()
            .endsWith("is too old: it has PJRT API 0.40, Girih needs 0.81 or a later 0.x"),
        e.getMessage());
  }

  @Test
  void otherMajorVersionIsRefused() throws IOException, InterruptedException {
    assertEquals(Reason.API_VERSION, refused(fake("major.so", 0, 1, 0, 1000)).reason());
  }

  @Test
  void tableWithoutFunctionsIsRefused() throws IOException, InterruptedException {
    var hollow = refused(fake("hollow.so", 0, 0, 90, 1600));
    assertEquals(Reason.SETUP, hollow.reason());
    assertTrue(hollow.getMessage().endsWith("the plugin has no PJRT_Error_Destroy"));
    // A new version on a table that ends early: only struct_size tells.
    var brief = refused(fake("brief.so", 0, 0, 90, 40));
    assertEquals(Reason.SETUP, brief.reason());
  }

  @Test
  void nullAndStumpTablesAreRefused() throws IOException, InterruptedException {
    assertEquals(Reason.SETUP, refused(fake("null.so", 1, 0, 90, 1000)).reason());
    assertEquals(Reason.SETUP, refused(fake("stump.so", 2, 0, 90, 8)).reason());
  }

  @Test
  void loadingTwiceGivesTheSamePlugin() {
    Plugin first = PluginFixture.plugin(PluginPackage.CPU);
    assertEquals(first, PluginFixture.plugin(PluginPackage.CPU));
  }

  @Test
  @Tag("full")
  void threePluginsLiveSideBySide() {
    Plugin first = PluginFixture.plugin(PluginPackage.CPU);
    Plugin second = PluginFixture.plugin(PluginPackage.CPU_106);
    Plugin third = PluginFixture.plugin(PluginPackage.CPU_81);
    assertEquals(3, Set.of(first.api(), second.api(), third.api()).size());
    try (var here = Client.create(first);
        var there = Client.create(second);
        var yonder = Client.create(third);
        var x = PluginFixture.buffer(here, 1, 2, 3);
        var y = PluginFixture.buffer(there, 4, 5, 6);
        var z = PluginFixture.buffer(yonder, 7, 8, 9)) {
      assertEquals(3, PluginFixture.floats(x)[2]);
      assertEquals(6, PluginFixture.floats(y)[2]);
      assertEquals(9, PluginFixture.floats(z)[2]);
    }
  }
}
