package org.girih.runtime.cross;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.girih.runtime.cross.CrossException.Reason;
import org.girih.runtime.pjrt.Option;
import org.girih.runtime.plugin.CacheFolder;
import org.girih.runtime.plugin.PluginCache;
import org.girih.runtime.plugin.PluginException;
import org.girih.runtime.plugin.PluginPackage;
import org.junit.jupiter.api.Test;

/// The process that compiles, on the CPU's plugin, which is always there.
class CrossCompilationTest {
  private static Path library() throws PluginException {
    var cache = new PluginCache(CacheFolder.of(System.getenv()), System.err);
    return cache.require(PluginPackage.CPU).library();
  }

  private static byte[] add() throws IOException {
    try (var in = Option.class.getResourceAsStream("add.hlo.bin")) {
      return in.readAllBytes();
    }
  }

  private static CrossRequest request(Path library, int devices, int partitions) {
    return new CrossRequest(
        library, "", List.of(), OptionalInt.of(devices), 1, OptionalInt.of(partitions), Map.of());
  }

  private static CrossException refused(CrossRequest request, byte[] module) {
    return assertThrows(CrossException.class, () -> CrossCompilation.run(request, module));
  }

  @Test
  void compilesAndReadsBack() throws Exception {
    CrossResult result = CrossCompilation.run(request(library(), 4, 2), add());
    assertEquals(1, result.compiled().replicas());
    assertEquals(2, result.compiled().partitions());
    assertEquals(4, result.devices());
    assertEquals("cpu", result.deviceKind());
    assertEquals(24, result.compiled().memory().arguments()); // two of f32[3]
    assertTrue(result.compiled().serialized().length > 0);
    assertTrue(result.compiled().optimized().code().length > 0);
    assertTrue(result.seconds().process() >= result.seconds().compile());
  }

  @Test
  void moreDevicesThanThereAre() throws Exception {
    var e = refused(request(library(), 2, 4), add());
    assertEquals(Reason.TOO_FEW_DEVICES, e.reason());
    assertEquals("the program runs on 4 devices, the target has 2", e.getMessage());
  }

  @Test
  void whatIsNoProgramOrNoPlugin() throws Exception {
    assertEquals(Reason.REFUSED, refused(request(library(), 1, 1), new byte[] {1, 2}).reason());
    assertEquals(Reason.REFUSED, refused(request(library(), 1, 1), new byte[0]).reason());
    Path none = Path.of("none.so");
    assertTrue(refused(request(none, 1, 1), add()).getMessage().contains("no such file"));
  }

  /// The CPU's compiler ends its process on a flag that it does not know.
  @Test
  void aCompilerThatEnds() throws Exception {
    var request =
        new CrossRequest(
            library(),
            "",
            List.of(),
            OptionalInt.of(1),
            1,
            OptionalInt.of(1),
            Map.of("XLA_FLAGS", "--xla_no_such_flag"));
    var e = refused(request, add());
    assertEquals(Reason.ENDED, e.reason());
    assertTrue(e.getMessage().contains("ended"), e.getMessage());
    assertTrue(e.getMessage().contains("xla_no_such_flag"), e.getMessage());
  }

  @Test
  void lastWords() {
    var check =
        CrossCompilation.ended(
            134,
            "noise\nF1125 21:39 target.cc:1466] Check failed: Topology()->z == 1 (4 vs. 1)\nmore");
    assertEquals(Reason.ENDED, check.reason());
    assertEquals(
        "the target's compiler was ended by signal 6: F1125 21:39 target.cc:1466] Check failed:"
            + " Topology()->z == 1 (4 vs. 1)",
        check.getMessage());
    assertEquals(
        "the target's compiler ended without a word", CrossCompilation.ended(1, "").getMessage());
    assertEquals(
        Reason.LOCKED,
        CrossCompilation.ended(1, "Run \"$ sudo rm /tmp/libtpu_lockfile\".").reason());
  }
}
