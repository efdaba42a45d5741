package org.girih.runtime.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.girih.runtime.plugin.PluginSearch.Finding;
import org.girih.runtime.plugin.PluginSearch.Place;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The order of the places, and that the first that names something decides.
class PluginSearchTest {
  private static final String NAMED = "PJRT_NAMES_AND_LIBRARY_PATHS";

  @TempDir Path folder;
  private PluginCache cache;

  @BeforeEach
  void open() {
    cache = new PluginCache(folder.resolve("cache"), System.err);
  }

  private Path library(String name) throws IOException {
    Path shim = Path.of("target/classes/org/girih/runtime/pjrt/linux-x86_64/libjniShim.so");
    return Files.copy(shim, folder.resolve(name));
  }

  private PluginSearch look(Path explicit, Map<String, String> environment) {
    return PluginSearch.look(Optional.ofNullable(explicit), environment, cache);
  }

  @Test
  void earlierPlacesGoFirst() throws Exception {
    Path a = library("a.so");
    Path b = library("b.so");
    Path c = library("c.so");
    var environment = Map.of("GIRIH_PJRT_PLUGIN", b.toString(), NAMED, "cpu:" + c);
    assertEquals(a, look(a, environment).library(cache));
    assertEquals(b, look(null, environment).library(cache));
    assertEquals(c, look(null, Map.of(NAMED, "cpu:" + c)).library(cache));
    assertEquals(
        List.of("--plugin", "GIRIH_PJRT_PLUGIN", NAMED, "cache"),
        look(a, environment).places().stream().map(Place::name).toList());
  }

  @Test
  void everyEntryOfAListIsAPlace() throws Exception {
    Path c = library("c.so");
    PluginSearch search = look(null, Map.of(NAMED, "tpu:/no/such.so,cpu:" + c + ",,odd"));
    assertEquals(
        List.of("tpu", "cpu", "odd"),
        search.places().stream().filter(p -> p.name().equals(NAMED)).map(Place::entry).toList());
    assertEquals("tpu", search.decisive().entry());
    assertInstanceOf(Finding.Broken.class, search.decisive().finding());
  }

  @Test
  void brokenPlaceIsNotPassedOver() throws Exception {
    Path c = library("c.so");
    var environment = Map.of("GIRIH_PJRT_PLUGIN", "/no/such.so", NAMED, "cpu:" + c);
    var e = assertThrows(PluginException.class, () -> look(null, environment).library(cache));
    assertEquals("cannot use /no/such.so as a PJRT plugin: no such file", e.getMessage());
    assertThrows(
        PluginException.class,
        () -> look(null, Map.of("GIRIH_PJRT_PLUGIN", "a\0b")).library(cache));
  }

  private PluginSearch of(Platform platform, Map<String, String> environment) {
    return PluginSearch.look(platform, Optional.empty(), environment, cache);
  }

  @Test
  void otherPlatformsHavePlacesOfTheirOwn() throws Exception {
    Path a = library("a.so");
    Path b = library("b.so");
    var environment = Map.of("TPU_LIBRARY_PATH", a.toString(), NAMED, "cuda13:" + b + ",cpu:" + a);
    assertEquals(a, of(Platform.TPU, environment).library(cache));
    assertEquals(b, of(Platform.CUDA, environment).library(cache));
    var cpu = Map.of("GIRIH_PJRT_PLUGIN", a.toString());
    assertInstanceOf(Finding.NotInstalled.class, of(Platform.TPU, cpu).decisive().finding());
    assertEquals(a, of(Platform.CPU, cpu).library(cache));
  }

  /// Neither is fetched unasked: they are large, and have licences of their own.
  @Test
  void missingPluginsOfOtherPlatformsNameTheirCommand() {
    for (var platform : List.of(Platform.CUDA, Platform.TPU)) {
      var e =
          assertThrows(
              PluginException.class,
              () -> PluginSearch.library(platform, Optional.empty(), Map.of(), cache));
      assertEquals(PluginException.Reason.NONE, e.reason());
      assertEquals("no plugin is installed for " + platform.text(), e.getMessage());
      assertEquals(true, e.help().startsWith("`" + platform.install() + "` fetches"), e.help());
    }
    assertEquals("girih plugin install tpu", Platform.TPU.install());
    assertEquals("girih plugin install cuda13", Platform.CUDA.install());
  }

  @Test
  void emptyVariablesNameNothing() {
    PluginSearch search = look(null, Map.of("GIRIH_PJRT_PLUGIN", "  ", NAMED, ""));
    assertEquals("cache", search.decisive().name());
    assertInstanceOf(Finding.NotInstalled.class, search.decisive().finding());
  }

  @Test
  void cacheFolderFollowsTheVariables() {
    assertEquals(
        Path.of("/a"), CacheFolder.of(Map.of("GIRIH_CACHE", "/a", "XDG_CACHE_HOME", "/b")));
    assertEquals(Path.of("/b/girih"), CacheFolder.of(Map.of("XDG_CACHE_HOME", "/b", "HOME", "/c")));
    assertEquals(
        Path.of("/c/.cache/girih"), CacheFolder.of(Map.of("XDG_CACHE_HOME", "b", "HOME", "/c")));
  }
}
