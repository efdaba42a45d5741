package org.girih.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Trees in `.npz`: saved under dotted names, and trees again when loaded.
class NestedFilesTest {
  private static final String SAVE =
      """
      save("t.npz", {a = {b = arange(3)}, c = (ones(2), (zeros(1), {x = f32(7)}))})
      save("pair.npz", (arange(2), {y = ones(1)}))
      save("flat.npz", {n = arange(2)})
      """;

  @TempDir private Path folder;

  private Session run(String program) throws IOException {
    Path file = Files.writeString(folder.resolve("p.girih"), program);
    return Session.run("run", file.toString());
  }

  @Test
  void whatIsSavedIsLoaded() throws IOException {
    assertEquals("", run(SAVE).err());
    Session session =
        run(
            """
            let t = load("t.npz")
            let (first, {y}) = load("pair.npz")
            print(t)
            print(t.c[1][1].x, first, y, load_n())
            def load_n() = 1
            """);
    assertEquals(
        "{a: {b: [0 1 2]}, c: ([1. 1.], ([0.], {x: 7.0}))}\n7.0 [0 1] [1.] 1\n",
        session.out(),
        session.err());
  }

  @Test
  void anAnnotationSaysTheTree() throws IOException {
    assertEquals("", run(SAVE).err());
    Session session =
        run(
            """
            let t: {a: {b: i32[3]}, c: (f32[2], (f32[1], {x: f32}))} = load("t.npz")
            print(sum(t.a.b), t.c[1][1].x)
            """);
    assertEquals("3 7.0\n", session.out(), session.err());
    Session other = run("let t: {a: {b: i32[4]}} = load(\"t.npz\")\nprint(t.a.b)\n");
    assertEquals(1, other.code());
    assertTrue(other.err().startsWith("error[E0606]: `t.npz: a.b` holds i32[3]"), other.err());
  }
}
