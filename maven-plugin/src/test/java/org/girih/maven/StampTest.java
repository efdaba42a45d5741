package org.girih.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A goal works again when anything that it read is not as it was.
class StampTest {
  @TempDir private Path folder;

  @Test
  void whateverChangesChangesTheHash() throws IOException {
    Path a = Files.writeString(folder.resolve("a.girih"), "def f(x: f32[3]) = x");
    Path b = Files.writeString(folder.resolve("b.npz"), "bytes");
    List<String> configuration = List.of("org.example", "1.0");
    String first = Stamp.hash(configuration, List.of(a, b));
    assertEquals(first, Stamp.hash(configuration, List.of(a, b)));
    assertNotEquals(first, Stamp.hash(List.of("org.example", "1.1"), List.of(a, b)));
    assertNotEquals(first, Stamp.hash(configuration, List.of(a)));
    Files.writeString(b, "bites");
    assertNotEquals(first, Stamp.hash(configuration, List.of(a, b)));
    Files.delete(b);
    assertNotEquals(first, Stamp.hash(configuration, List.of(a, b)));
  }

  @Test
  void theLastHashIsKept() throws IOException {
    var stamp = new Stamp(folder.resolve("deep/stamp"));
    assertFalse(stamp.current("1"));
    stamp.write("1");
    assertTrue(stamp.current("1"));
    assertFalse(stamp.current("2"));
    Stamp.delete(folder.resolve("deep"));
    assertFalse(stamp.current("1"));
  }
}
