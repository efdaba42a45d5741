package org.girih.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.girih.runtime.plugin.CacheFolder;
import org.girih.runtime.plugin.Platform;
import org.girih.runtime.plugin.PluginCache;
import org.girih.runtime.plugin.PluginSearch;
import org.girih.runtime.plugin.PluginSearch.Finding;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Every example compiles for GPUs and TPU pods that are not here: `mvn verify -Pcross`. Needs the
/// plugins; what has none is skipped, with the command that installs it.
@Tag("cross")
class CrossTest {
  /// Targets, and how many devices their executables are made for where there is a choice.
  private static final Map<String, Integer> DEVICES =
      Map.of("cuda:h100", 1, "tpu:v3:32x32", 2048, "tpu:v5e:16x16", 256, "tpu:v5p:8x8x8", 512);

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicContainer> examples() {
    return DEVICES.keySet().stream()
        .sorted()
        .map(
            target -> {
              try (var all = Files.list(Session.ROOT.resolve("examples"))) {
                return DynamicContainer.dynamicContainer(
                    target,
                    all
                        .filter(p -> p.toString().endsWith(".girih"))
                        // a library, without anything for a device
                        .filter(p -> !p.endsWith("cartpole.girih"))
                        .sorted()
                        .toList()
                        .stream()
                        .map(
                            p ->
                                DynamicTest.dynamicTest(
                                    p.getFileName().toString(), () -> compiles(p, target))));
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
  }

  /// One file with executables for several devices, none of which is here.
  @Test
  void artifacts() throws IOException {
    requirePlugin(Platform.TPU);
    Path source = folder.resolve("a.girih");
    Files.writeString(source, "def f(x: f32[8]) = tanh(x)\ndef g(x: f32[4, 4]) = x @ x\n");
    Path made = folder.resolve("a.girihx");
    Session session =
        Session.run(
            "build",
            source.toString(),
            "--target",
            "tpu:v5e:2x2",
            "--target",
            "tpu:v3:2x2",
            "--target",
            "cpu",
            "-o",
            made.toString());
    assertEquals(0, session.code(), session.err());
    var executables = org.girih.runtime.artifact.Artifact.open(made).manifest().executables();
    assertEquals(6, executables.size());
    assertEquals(3, executables.stream().map(e -> e.key()).distinct().count());
    assertEquals(6, executables.stream().map(e -> e.file()).distinct().count());
    String shown = Session.run("inspect", made.toString(), "--executables").out();
    assertTrue(shown.matches("(?s).*g for tpu:v5e:2x2, \\d+ bytes, does not fit here.*"), shown);
    assertTrue(shown.matches("(?s).*g for cpu, \\d+ bytes, fits here.*"), shown);
  }

  private void compiles(Path example, String kind) throws IOException {
    requirePlugin(Platform.of(kind.substring(0, kind.indexOf(':'))).orElseThrow());
    // These have meshes of four devices.
    boolean several = example.getFileName().toString().startsWith("devices_");
    boolean alone = DEVICES.get(kind) == 1;
    // The compiler of v5e takes all devices of a slice or one.
    String target =
        several && alone
            ? kind + ":4"
            : several && kind.startsWith("tpu:v5e") ? "tpu:v5e:2x2" : kind;
    Path out = folder.resolve(kind.replace(':', '-') + example.getFileName());
    Session session =
        Session.run("build", example.toString(), "--target", target, "-o", out.toString());
    assertEquals(0, session.code(), session.err());
    boolean any = false;
    for (JsonElement each : report(out)) {
      JsonObject program = each.getAsJsonObject();
      any = true;
      assertEquals(target.equals(kind) ? DEVICES.get(kind) : 4, program.get("devices").getAsInt());
      assertEquals(1, program.get("replicas").getAsInt());
      assertEquals(several ? 4 : 1, program.get("partitions").getAsInt());
      JsonObject memory = program.getAsJsonObject("memory_per_device");
      assertTrue(memory.get("total").getAsLong() > 0);
      assertTrue(memory.get("total").getAsLong() <= memory.get("of").getAsLong());
      String name = program.get("entry").getAsString() + "." + target.replace(':', '-') + ".exe";
      assertEquals(
          program.get("executable_bytes").getAsLong(), Files.size(out.resolve(name)), name);
    }
    assertTrue(any, "it computes something");
  }

  /// A data-parallel training step over all 2,048 cores of a pod of 1,024 TPU v3: the executable
  /// has as many partitions, and each core gives its whole gradient to one all-reduce or several.
  @Test
  void aTrainingStepForAWholePod() throws IOException {
    requirePlugin(Platform.TPU);
    Path file = folder.resolve("pod.girih");
    Files.writeString(
        file,
        """
        mesh (data = 2048)
        def predict({w, b}, x) = tanh(x @ w) @ b
        def step(p: {w: f32[64, 128], b: f32[128, 10]}, x: f32[16384 @ data, 64], y: f32[16384 @ data, 10]) {
          let (value, g) = value_and_grad(p -> mean((predict(p, x) - y) ** 2))(p)
          (tree.map((w, g) -> w - 0.1 * g, p, g), value)
        }
        """);
    Path out = folder.resolve("pod");
    Session session =
        Session.run(
            "build",
            file.toString(),
            "--entry",
            "step",
            "--target",
            "tpu:v3:32x32",
            "-o",
            out.toString());
    assertEquals(0, session.code(), session.err());
    JsonObject program = report(out).iterator().next().getAsJsonObject();
    assertEquals(2048, program.get("devices").getAsInt());
    assertEquals(2048, program.get("partitions").getAsInt());
    assertEquals(256, program.get("hosts").getAsInt());
    long weights = 4L * (64 * 128 + 128 * 10);
    JsonObject collectives = program.getAsJsonObject("collectives_per_device");
    long bytes = collectives.getAsJsonObject("kinds").get("all-reduce").getAsLong();
    // The gradients and the loss; a core's rows of the batch stay where they are.
    assertTrue(bytes >= weights && bytes <= weights + 1024, collectives.toString());
    long arguments = program.getAsJsonObject("memory_per_device").get("arguments").getAsLong();
    assertTrue(arguments < 4L * 16384 * 64 / 16, "the batch is spread: " + arguments);
  }

  private static Iterable<JsonElement> report(Path out) throws IOException {
    return JsonParser.parseString(Files.readString(out.resolve("report.json")))
        .getAsJsonObject()
        .getAsJsonArray("programs");
  }

  private static Path requirePlugin(Platform platform) {
    var cache = new PluginCache(CacheFolder.of(System.getenv()), System.err);
    var found =
        PluginSearch.look(platform, Optional.empty(), System.getenv(), cache).decisive().finding();
    assumeTrue(
        found instanceof Finding.Usable,
        "no plugin is installed for "
            + platform.text()
            + "; `"
            + platform.install()
            + "` fetches it");
    return ((Finding.Usable) found).library();
  }

  @Test
  void aProgramThatDoesNotFitNamesItsLargestBuffers() throws IOException {
    requirePlugin(Platform.TPU);
    Path file = folder.resolve("large.girih");
    Files.writeString(
        file,
        """
        def f(x: f32[65536, 1024]) {
          let scores = x @ transpose(x)
          (scores, scores @ scores)
        }
        """);
    Path out = folder.resolve("out");
    Session session =
        Session.run(
            "build",
            file.toString(),
            "--entry",
            "f",
            "--target",
            "tpu:v5e:1x1",
            "-o",
            out.toString());
    assertEquals(1, session.code());
    assertTrue(session.err().startsWith("error[E0715]"), session.err());
    assertTrue(session.err().contains("large.girih:2"), session.err());
    assertTrue(session.err().contains("large.girih:3"), session.err());
    assertTrue(Files.notExists(out), "nothing is left behind");
  }

  @Test
  void aTopologyThatThePluginRefuses() {
    requirePlugin(Platform.TPU);
    Session session =
        Session.run(
            "build",
            Session.ROOT.resolve("examples/life.girih").toString(),
            "--target",
            "tpu:v3:3x5",
            "-o",
            folder.resolve("out").toString());
    assertEquals(1, session.code());
    assertTrue(session.err().startsWith("error[E0714]"), session.err());
    assertTrue(session.err().contains("chips_per_host_bounds"), session.err());
  }

  /// Compiling takes no lock, so that two may compile at once, and one beside a program that has a
  /// TPU.
  @Test
  void aSecondProcessThatHoldsTheLock() throws Exception {
    Path library = requirePlugin(Platform.TPU);
    Process holder = LockHolder.start(library);
    try {
      assertEquals("loaded", LockHolder.line(holder));
      Process second = LockHolder.start(library);
      String said = LockHolder.line(second);
      second.destroyForcibly();
      assertEquals("LOCKED", said);
      Session session =
          Session.run(
              "build",
              Session.ROOT.resolve("examples/life.girih").toString(),
              "--target",
              "tpu:v5e:1x1",
              "-o",
              folder.resolve("out").toString());
      assertEquals(0, session.code(), session.err());
    } finally {
      holder.destroyForcibly();
    }
  }
}
