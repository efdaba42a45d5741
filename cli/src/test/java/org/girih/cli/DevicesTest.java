package org.girih.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.girih.runtime.plugin.CacheFolder;
import org.girih.runtime.plugin.PluginCache;
import org.girih.runtime.plugin.PluginPackage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Programs on several devices: how many there are, where files go, what the partitioner did.
class DevicesTest {
  @TempDir private Path folder;

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void aMeshThatIsLargerThanTheDevices() throws IOException {
    Path file = write("f.girih", "mesh (data = 4)\nprint(sum(arange(8) as [_ @ data]))\n");
    Session session = Session.run("run", file.toString(), "--devices", "2");
    assertEquals(1, session.code());
    assertTrue(
        session.err().startsWith("error[E1006]: the mesh (data = 4) needs 4 devices"),
        session.err());
    assertEquals("28\n", Session.run("run", file.toString()).out());
    assertEquals("28\n", Session.run("run", file.toString(), "--devices", "5").out());
    assertEquals(1, Session.run("run", file.toString(), "--devices", "0").code());
  }

  /// What one mesh saved another loads: a file holds whole arrays.
  @Test
  void filesKnowNoMesh() throws IOException {
    Path save =
        write(
            "save.girih",
            """
            mesh (data = 4, model = 2)
            let x = reshape(arange(64.0), (8, 8)) as [_ @ model, _ @ data]
            save("x.safetensors", {x, y = x[0] as [_ @ (data, model)]})
            """);
    Path load =
        write(
            "load.girih",
            """
            mesh (rows = 2)
            let {x: f32[8 @ rows, 8], y: f32[8]} = load("x.safetensors")
            print(sum(x, 1), sum(y))
            """
                .replace(
                    "let {x: f32[8 @ rows, 8], y: f32[8]} =",
                    "let t: {x: f32[8 @ rows, 8], y: f32[8]} =")
                .replace("sum(x, 1), sum(y)", "sum(t.x, 1), sum(t.y)"));
    assertEquals("", Session.run("run", save.toString()).err());
    Session session = Session.run("run", load.toString());
    assertEquals("", session.err());
    assertEquals("[ 28.  92. 156. 220. 284. 348. 412. 476.] 28.0\n", session.out());
  }

  /// XLA's own reduction over devices drops NaN; which part holds it makes no difference.
  @Test
  void extremaKeepNaN() throws IOException {
    write("save.girih", "save(\"x.npy\", arange(16.0) with [11] = sqrt(-ones(16)[0]))\n");
    assertEquals("", Session.run("run", folder.resolve("save.girih").toString()).err());
    Path file =
        write(
            "f.girih",
            """
            mesh (data = 4)
            let x: f32[16] = load("x.npy")
            let y = x as [_ @ data]
            let z = reshape(x, (4, 4)) as [_ @ data, _]
            print(max(y), min(y), max(y[:8]), min(y[12:]))
            print(max(z, 0), min(z, 0))
            """);
    Session session = Session.run("run", file.toString());
    assertEquals("", session.err());
    assertEquals("nan nan 7.0 12.0\n[12. 13. 14. nan] [ 0.  1.  2. nan]\n", session.out());
  }

  /// A host loop whose carry is placed elsewhere after the first round.
  @Test
  void aCarryThatMoves() throws IOException {
    Path file =
        write(
            "loop.girih",
            """
            mesh (data = 4)
            let x = arange(8.0)
            for i in 0..3 {
              let x = (x + 1) as [_ @ data]
              print("{sum(x):.0f}")
            }
            print(x)
            """);
    Session session = Session.run("run", file.toString());
    assertEquals("36\n44\n52\n[ 3.  4.  5.  6.  7.  8.  9. 10.]\n", session.out(), session.err());
  }

  @Test
  void collectivesAreShownAtTheirLines() throws IOException {
    Path file =
        write(
            "g.girih",
            """
            mesh (data = 4, model = 2)
            let x = ones((8, 4)) as [_ @ data, _ @ model]
            let w = ones((4, 6)) as [_ @ model, _]
            print(x @ w)
            """);
    Session session = Session.run("show", file.toString(), "--stage", "sharding");
    assertEquals(0, session.code(), session.err());
    String[] lines = session.out().split("\n");
    assertEquals("mesh (data = 4, model = 2): 8 devices", lines[0]);
    assertTrue(
        java.util.Arrays.stream(lines)
            .anyMatch(l -> l.matches("  all-reduce .*f32\\[2,6\\].* along model .*g.girih:4")),
        session.out());
    assertTrue(session.out().contains("a device holds"), session.out());
  }

  @Test
  void aLargeValueThatIsWholeEverywhereIsNamed() throws IOException {
    Path file =
        write(
            "h.girih",
            """
            mesh (data = 2)
            let x = ones((512, 1024))
            print(sum(x))
            let y = sum((x * x) as [_ @ data, _])
            print(y)
            """);
    Session session = Session.run("show", file.toString(), "--stage", "sharding");
    assertTrue(session.out().contains("2.0 MiB, is whole on each device"), session.out());
  }

  /// An executable for four devices, and a report that tells of both targets.
  @Test
  void aProgramWithAMeshIsBuiltForATarget() throws IOException {
    Path file =
        write(
            "b.girih",
            """
            mesh (data = 4)
            def f(x: f32[8 @ data, 16], w: f32[16, 4]) = sum((x @ w) ** 2)
            """);
    Path out = folder.resolve("out");
    for (String target : List.of("cpu:4", "cpu:8", "cpu:4")) {
      Session session =
          Session.run(
              "build", file.toString(), "--entry", "f", "--target", target, "-o", out.toString());
      assertEquals(0, session.code(), session.err());
    }
    var devices = new ArrayList<Integer>();
    for (JsonElement each :
        JsonParser.parseString(Files.readString(out.resolve("report.json")))
            .getAsJsonObject()
            .getAsJsonArray("programs")) {
      JsonObject program = each.getAsJsonObject();
      devices.add(program.get("devices").getAsInt());
      assertEquals(4, program.get("partitions").getAsInt());
      // One sum of one number over the devices.
      assertEquals(
          4, program.getAsJsonObject("collectives_per_device").get("bytes").getAsInt(), "bytes");
      // A quarter of x, and w.
      assertEquals(
          4 * (2 * 16 + 16 * 4),
          program.getAsJsonObject("memory_per_device").get("arguments").getAsInt());
    }
    assertEquals(List.of(8, 4), devices);
    Session session =
        Session.run(
            "build", file.toString(), "--entry", "f", "--target", "cpu:2", "-o", out.toString());
    assertEquals(1, session.code());
    assertTrue(
        session.err().startsWith("error[E1006]: the mesh (data = 4) needs 4 devices, and `cpu:2`"),
        session.err());
  }

  /// What two devices' programs were compiled to is found by the second run.
  @Test
  void programsOnSeveralDevicesAreKept() throws Exception {
    var plugins = new PluginCache(CacheFolder.of(System.getenv()), System.err);
    Map<String, String> environment =
        Map.of(
            "GIRIH_PJRT_PLUGIN",
            plugins.require(PluginPackage.CPU).library().toString(),
            "GIRIH_CACHE",
            folder.resolve("cache").toString(),
            "GIRIH_COMPILE_CACHE",
            "");
    String file =
        write(
                "k.girih",
                """
                mesh (data = 2)
                let x = reshape(arange(8.0), (4, 2)) as [_ @ data, _]
                print(x, sum(x))
                let y = x @ transpose(x)
                print(y)
                """)
            .toString();
    assertTrue(
        Session.run(environment, "cache", "explain", file).out().contains("miss: it is new"));
    Session first = Session.run(environment, "run", file);
    assertEquals(0, first.code(), first.err());
    assertTrue(Session.run(environment, "cache", "explain", file).out().contains(": hit, "));
    Session second = Session.run(environment, "run", file);
    assertEquals(first, second);
  }

  /// One number of another mesh is another program.
  @Test
  void theMeshCountsInTheCache() throws Exception {
    Path file = write("m.girih", "mesh (data = 2)\nprint(sum(arange(8) as [_ @ data]))\n");
    assertEquals("28\n", Session.run("run", file.toString()).out());
    Files.writeString(file, Files.readString(file).replace("data = 2", "data = 4"));
    assertEquals("28\n", Session.run("run", file.toString()).out());
    assertEquals("28\n", Session.run("run", file.toString(), "--devices", "8").out());
  }

  /// What comes from a file is cut as its type says, and never whole on a device.
  @Test
  void whatIsLoadedIsCutAtOnce() throws IOException {
    Path save = write("s.girih", "save(\"x.npy\", ones((8, 16)))\n");
    assertEquals("", Session.run("run", save.toString()).err());
    Path file =
        write(
            "l.girih",
            """
            mesh (data = 4)
            let x: f32[8 @ data, 16] = load("x.npy")
            print(sum(x))
            """);
    assertEquals("128.0\n", Session.run("run", file.toString()).out());
    Session session = Session.run("show", file.toString(), "--stage", "sharding");
    // A quarter of 8 x 16 numbers of 4 bytes.
    assertTrue(session.out().contains("a device holds 128 B of arguments"), session.out());
  }
}
