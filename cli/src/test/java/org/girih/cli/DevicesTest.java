package org.girih.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
