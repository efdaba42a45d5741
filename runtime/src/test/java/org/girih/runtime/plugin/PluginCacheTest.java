package org.girih.runtime.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.girih.runtime.plugin.PluginCache.State;
import org.girih.runtime.plugin.PluginException.Reason;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The cache with a small wheel and a stand-in for pip, so that nothing is fetched.
class PluginCacheTest {
  @TempDir Path folder;

  private FakeIndex index;
  private PluginCache cache;

  @BeforeEach
  void open() throws IOException {
    index = FakeIndex.in(folder);
    cache = index.cache();
  }

  private Path library() {
    return cache.folder().resolve("fake-plugin-1.0/fake.so");
  }

  @Test
  void fetchesOnceAndSaysSo() throws Exception {
    assertInstanceOf(State.Missing.class, cache.look(index.wanted()));
    InstalledPlugin plugin = cache.require(index.wanted());
    assertEquals(library(), plugin.library());
    assertEquals("// the header\n", Files.readString(plugin.header().orElseThrow()));
    List<String> said = index.saidText().lines().toList();
    assertEquals("girih: fake-plugin-1.0, licence: Apache-2.0", said.get(0), "before the fetch");
    assertTrue(said.get(1).startsWith("girih: fetching the plugin fake-plugin-1.0 (1 MB)"));
    cache.require(index.wanted());
    assertEquals(1, index.downloads());
    assertInstanceOf(State.Good.class, cache.verify(index.wanted()));
  }

  /// A plugin whose compiler needs a program beside it: from a second wheel, at its path there.
  @Test
  void companionsKeepTheirPaths() throws Exception {
    Wheel own = index.wanted().wheel();
    var tool =
        new Wheel(
            "fake-tool",
            "2.0",
            own.sha256(),
            "",
            "",
            "Somebody's own",
            List.of("nvidia/bin/tool"),
            1,
            1);
    var wanted =
        new PluginPackage(
            "fake",
            new Wheel(
                "fake-plugin",
                "1.0",
                own.sha256(),
                "3.11",
                "manylinux_2_31_x86_64",
                "Apache-2.0",
                List.of("fake/fake.so"),
                1,
                1),
            "fake/fake.so",
            "",
            List.of(tool));
    InstalledPlugin plugin = cache.require(wanted);
    Path home = cache.folder().resolve("fake-plugin-1.0");
    assertEquals(home.resolve("fake/fake.so"), plugin.library());
    assertTrue(Files.isExecutable(home.resolve("nvidia/bin/tool")));
    assertEquals(2, index.downloads());
    List<String> said = index.saidText().lines().toList();
    assertEquals("girih: fake-tool-2.0, licence: Somebody's own", said.get(1), "before any fetch");
    assertEquals(4, wanted.megabytes() + wanted.unpackedMegabytes());

    Files.delete(home.resolve("nvidia/bin/tool"));
    assertInstanceOf(State.Damaged.class, cache.look(wanted));
    cache.require(wanted);
    assertInstanceOf(State.Good.class, cache.verify(wanted));
  }

  /// A licence travels with the library: one that is lost is damage.
  @Test
  void licencesAreKeptBesideTheLibrary() throws Exception {
    String licence = "fake_plugin-1.0.dist-info/licenses/LICENSE";
    Wheel own = index.wanted().wheel();
    var wheel =
        new Wheel(
            own.name(),
            own.version(),
            own.sha256(),
            "",
            "",
            own.licence(),
            List.of("fake/fake.so", licence),
            1,
            1);
    var wanted = new PluginPackage("fake", wheel, "fake/fake.so", "", List.of());
    InstalledPlugin plugin = cache.require(wanted);
    assertEquals(library(), plugin.library());
    Path kept = plugin.folder().resolve(licence);
    assertEquals("Do what you like.\n", Files.readString(kept));

    Files.delete(kept);
    assertInstanceOf(State.Damaged.class, cache.look(wanted));
    cache.require(wanted);
    assertEquals("Do what you like.\n", Files.readString(kept));
    assertTrue(PluginPackage.CPU.wheel().files().stream().anyMatch(f -> f.endsWith("/LICENSE")));
  }

  /// A wheel for one Python is found on any other: nothing of it is run by Python.
  @Test
  void pipIsToldWhoseWheelIsMeant() {
    assertEquals(
        List.of(
            "--python-version=3.11",
            "--implementation=cp",
            "--abi=cp311",
            "--platform=manylinux_2_31_x86_64"),
        PluginPackage.TPU.wheel().tags());
    assertEquals(List.of(), PluginPackage.CUDA13.wheel().tags());
  }

  @Test
  void damageIsFoundAndMended() throws Exception {
    cache.require(index.wanted());
    byte[] good = Files.readAllBytes(library());
    FileTime installed = Files.getLastModifiedTime(library());

    Files.write(library(), java.util.Arrays.copyOf(good, 100));
    assertInstanceOf(State.Damaged.class, cache.look(index.wanted()));
    cache.require(index.wanted());
    assertTrue(index.saidText().contains("is damaged (fake.so has another size"), index.saidText());
    assertEquals(2, index.downloads());
    assertEquals(good.length, Files.size(library()));

    byte[] bad = good.clone();
    bad[good.length / 2] ^= 1;
    Files.write(library(), bad);
    Files.setLastModifiedTime(library(), FileTime.fromMillis(installed.toMillis() + 5_000));
    assertInstanceOf(State.Damaged.class, cache.look(index.wanted()));
    cache.require(index.wanted());
    assertEquals(3, index.downloads());

    // Of the same size and time: the time of the change itself cannot be set back.
    installed = Files.getLastModifiedTime(library());
    Files.write(library(), bad);
    Files.setLastModifiedTime(library(), installed);
    assertInstanceOf(State.Damaged.class, cache.look(index.wanted()));
    assertInstanceOf(State.Damaged.class, cache.verify(index.wanted()));

    Files.delete(library());
    assertInstanceOf(State.Damaged.class, cache.look(index.wanted()));
    cache.require(index.wanted());
    Files.writeString(library().resolveSibling(InstalledPlugin.RECORD), "\\u00zz");
    assertInstanceOf(State.Damaged.class, cache.look(index.wanted()));
    cache.require(index.wanted());
    assertInstanceOf(State.Good.class, cache.verify(index.wanted()));
  }

  @Test
  void touchedFileIsReadOnceAndThenTrusted() throws Exception {
    cache.require(index.wanted());
    Files.setLastModifiedTime(library(), FileTime.fromMillis(1_000_000));
    assertInstanceOf(State.Good.class, cache.look(index.wanted()));
    String record = Files.readString(library().resolveSibling(InstalledPlugin.RECORD));
    assertTrue(
        record.replace("\\", "").contains("library.stamp=" + FileStamp.of(library())), record);
    Files.writeString(
        library().resolveSibling(InstalledPlugin.RECORD),
        record.replaceAll("sha256=.", "sha256=x"));
    assertEquals(
        Optional.of("x"), InstalledPlugin.recorded(library()).map(hash -> hash.substring(0, 1)));
    assertEquals(1, index.downloads());
  }

  /// What the compile cache asks for at each start is not made of the library again.
  @Test
  void theHashComesFromTheRecord() throws Exception {
    InstalledPlugin plugin = cache.require(index.wanted());
    String hash = InstalledPlugin.sha256(library());
    assertEquals(Optional.of(hash), InstalledPlugin.recorded(plugin.library()));

    // Another content of the same size and time is another file.
    FileTime installed = Files.getLastModifiedTime(library());
    byte[] bad = Files.readAllBytes(library());
    bad[bad.length / 2] ^= 1;
    Files.write(library(), bad);
    assertEquals(Optional.empty(), InstalledPlugin.recorded(library()), "its time has changed");
    Files.setLastModifiedTime(library(), installed);
    assertEquals(Optional.empty(), InstalledPlugin.recorded(library()), "it was written");
    Files.write(library(), java.util.Arrays.copyOf(bad, bad.length - 1));
    Files.setLastModifiedTime(library(), installed);
    assertEquals(Optional.empty(), InstalledPlugin.recorded(library()), "its size has changed");
    assertEquals(Optional.empty(), InstalledPlugin.recorded(index.wheel()), "it is in no cache");
  }

  /// As an image of a container brings it: other files, so they are read, once.
  @Test
  void aCopiedCacheIsReadOnce() throws Exception {
    InstalledPlugin plugin = cache.require(index.wanted());
    Path copy = Files.createDirectories(folder.resolve("copy/plugins/fake-plugin-1.0"));
    Files.createDirectory(copy.resolve("include"));
    for (String name : List.of("fake.so", "include/pjrt_c_api.h", InstalledPlugin.RECORD)) {
      Files.copy(
          plugin.folder().resolve(name),
          copy.resolve(name),
          java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
    }
    var copied = new PluginCache(folder.resolve("copy"), index.progress());
    assertInstanceOf(State.Good.class, copied.look(index.wanted()));
    String record = Files.readString(copy.resolve(InstalledPlugin.RECORD));
    assertTrue(record.contains("library.sha256=" + InstalledPlugin.sha256(library())), record);
    assertInstanceOf(State.Good.class, copied.look(index.wanted()));
    assertEquals(
        record, Files.readString(copy.resolve(InstalledPlugin.RECORD)), "no hash was made");
    Files.write(copy.resolve("fake.so"), new byte[(int) Files.size(library())]);
    assertInstanceOf(State.Damaged.class, copied.look(index.wanted()));
  }

  @Test
  void whatOthersMayWriteIsRefused() throws Exception {
    cache.require(index.wanted());
    Path plugin = library().getParent();
    for (Path each : List.of(plugin, cache.folder(), cache.folder().getParent())) {
      Object before = Files.getAttribute(each, "unix:mode");
      for (int mode : new int[] {0777, 0770, 0722, 0702}) {
        Files.setAttribute(each, "unix:mode", mode);
        refused("other users may write the cache " + each, "`chmod go-w " + each + "`");
      }
      Files.setAttribute(each, "unix:mode", 01777); // as /tmp is: others replace only their own
      assertInstanceOf(State.Good.class, cache.look(index.wanted()));
      Files.setAttribute(each, "unix:mode", before);
    }
    Path record = plugin.resolve(InstalledPlugin.RECORD);
    Files.setAttribute(record, "unix:mode", 0666);
    refused("other users may write the cache " + record, "chmod");
    Files.setAttribute(record, "unix:mode", 0600);
    assertInstanceOf(State.Good.class, cache.look(index.wanted()));
    assertEquals(1, index.downloads());
  }

  private void refused(String message, String help) {
    assertInstanceOf(State.Refused.class, cache.look(index.wanted()));
    assertInstanceOf(State.Refused.class, cache.verify(index.wanted()));
    var e = assertThrows(PluginException.class, () -> cache.require(index.wanted()));
    assertEquals(Reason.CACHE, e.reason());
    assertTrue(e.getMessage().startsWith(message), e.getMessage());
    assertTrue(e.help().contains(help) && e.help().contains("GIRIH_CACHE"), e.help());
  }

  @Test
  void whatAnotherUserOwnsIsRefused() throws Exception {
    assumeTrue(
        "root".equals(System.getProperty("user.name")), "who is not root gives nothing away");
    cache.require(index.wanted());
    for (Path each : List.of(library().getParent(), cache.folder())) {
      Files.setAttribute(each, "unix:uid", 12345);
      refused("the cache " + each + " belongs to another user, number 12345", "`chown -R 0 ");
      Files.setAttribute(each, "unix:uid", 0);
    }
    assertInstanceOf(State.Good.class, cache.look(index.wanted()));
  }

  /// Whatever the umask is: the folder of a new cache is refused by nobody.
  @Test
  void aNewCacheIsTrusted() throws Exception {
    Path deep = folder.resolve("a/b/c");
    CacheFolder.create(deep);
    assertEquals(Optional.empty(), FolderTrust.look(deep, deep.getParent()));
    assertEquals(0755, (Integer) Files.getAttribute(deep, "unix:mode") & 0777);
    CacheFolder.create(deep);
  }

  @Test
  void leftoversOfAKilledProcessAreRemoved() throws Exception {
    Path left = cache.folder().resolve(".new-123");
    Files.createDirectories(left.resolve("deep"));
    Files.writeString(left.resolve("deep/half.so"), "half");
    cache.require(index.wanted());
    assertFalse(Files.exists(left));
    try (var files = Files.list(cache.folder())) {
      assertEquals(2, files.count(), "the plugin and the lock");
    }
  }

  @Test
  void threadsThatWantItAtOnceShareOneDownload() throws Exception {
    try (var pool = Executors.newFixedThreadPool(4)) {
      var all = new ArrayList<Future<InstalledPlugin>>();
      for (int i = 0; i < 4; i++) {
        all.add(pool.submit(() -> index.cache().require(index.wanted())));
      }
      for (Future<InstalledPlugin> one : all) {
        assertEquals(library(), one.get().library());
      }
    }
    assertEquals(1, index.downloads());
  }

  @Test
  void failureLeavesNothingBehind() throws Exception {
    index.pipSays("ERROR: Could not find a version that satisfies the requirement", 1);
    assertThrows(PluginException.class, () -> cache.require(index.wanted()));
    try (var files = Files.list(cache.folder())) {
      assertEquals(1, files.count(), "the lock");
    }
  }

  private void fails(String output, Reason reason, String message, String help) throws Exception {
    index.pipSays(output, 1);
    var e = assertThrows(PluginException.class, () -> cache.require(index.wanted()));
    assertEquals(reason, e.reason());
    assertTrue(e.getMessage().contains(message), e.getMessage());
    assertTrue(e.help().contains(help), e.help());
    assertFalse((e.getMessage() + e.help()).contains("\n"), "one line each");
  }

  @Test
  void whatIsMissingIsNamed() throws Exception {
    fails("/usr/bin/python3: No module named pip", Reason.INSTALL, "no pip", "python3-pip");
    fails(
        "WARNING: Retrying after connection broken by 'NewConnectionError'\nERROR: No matching"
            + " distribution found for fake-plugin==1.0",
        Reason.INSTALL,
        "reaches no package index",
        "--from WHEEL");
    fails("ERROR: No matching distribution found", Reason.INSTALL, "no wheel of", "Linux x86-64");
    fails(
        "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.",
        Reason.INSTALL,
        "not the one that is pinned",
        "--from WHEEL");
    fails("OSError: [Errno 28] No space left on device", Reason.INSTALL, "no space", "GIRIH_CACHE");
    fails("ERROR: something else\nmore", Reason.INSTALL, "ERROR: something else", "try again");
    fails("", Reason.INSTALL, "it printed nothing", "try again");
    var none = new PluginCache(folder, index.progress(), new Pip("no-such-python"));
    var e = assertThrows(PluginException.class, () -> none.require(index.wanted()));
    assertEquals(
        "no plugin is installed, and no-such-python, whose pip fetches it, was not found",
        e.getMessage());
    assertTrue(e.help().contains("the library that the wheel fake-plugin 1.0 of"), e.help());
    assertTrue(e.help().contains("GIRIH_PJRT_PLUGIN or give it to Device.open(Path)"), e.help());
    // What the stack trace of a program in Java begins with.
    assertTrue(e.toString().contains(e.getMessage()) && e.toString().contains(e.help()));
  }

  @Test
  void cacheThatCannotBeWrittenIsNamed() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    for (Path root : new Path[] {file, file.resolve("below"), Path.of("/proc/self/girih")}) {
      var e =
          assertThrows(
              PluginException.class,
              () -> new PluginCache(root, index.progress()).require(index.wanted()));
      assertEquals(Reason.CACHE, e.reason());
      assertTrue(e.getMessage().startsWith("cannot write the cache " + root), e.getMessage());
      assertTrue(e.help().contains("GIRIH_CACHE"));
    }
  }

  @Test
  void tooFullADiskIsFoundBeforeTheFetch() throws Exception {
    PluginPackage w = index.wanted();
    var large =
        PluginPackage.of("fake", "fake", "1", "0", w.library(), w.header(), 1 << 30, 1 << 29);
    var e = assertThrows(PluginException.class, () -> cache.require(large));
    assertEquals(Reason.INSTALL, e.reason());
    assertTrue(e.getMessage().matches("the plugin needs \\d+ MB in .*, \\d+ MB are free"));
    assertEquals(0, index.downloads());
  }

  @Test
  void onlyPinnedWheelsAreInstalledByHand() throws Exception {
    var e =
        assertThrows(PluginException.class, () -> cache.installFromWheels(List.of(index.wheel())));
    assertTrue(
        e.getMessage().contains("is not the wheel of lammps-jax-pjrt-cpu-0.11.2, "),
        e.getMessage());
    Path none = folder.resolve("none.whl");
    assertThrows(PluginException.class, () -> cache.installFromWheels(List.of(none)));
  }
}
