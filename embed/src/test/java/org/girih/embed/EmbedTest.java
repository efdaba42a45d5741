package org.girih.embed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.girih.runtime.host.Tree;
import org.junit.jupiter.api.Test;

/// Programs that are compiled from source, with what they import and load.
class EmbedTest extends HostFixture {
  @Test
  void programsThatAreWrong() {
    var e =
        assertThrows(
            ProgramException.class,
            () -> Embed.load(device, "bad.girih", "def f(x: f32[3]) = x + y"));
    assertTrue(e.getMessage().startsWith("error[E0201]"), e.getMessage());
    assertTrue(e.getMessage().contains("bad.girih:1:24"), e.getMessage());
    assertThrows(
        ProgramException.class, () -> Embed.load(device, "bad.girih", "let x = load(\"x.npy\")"));
    assertThrows(
        ProgramException.class, () -> Embed.load(device, "bad.girih", "import \"x.girih\" as x"));
    try (var sizes =
            Embed.load(
                device, "s.girih", "def f[n](x: f32[n]) -> f32[n // 2] = x[:n // 2] + ones(2)");
        var x = device.array(new float[6], 6)) {
      var wrong = assertThrows(ProgramException.class, () -> sizes.function("f").call(x));
      assertFalse(wrong.diagnostics().isEmpty());
    }
  }

  @Test
  void importsComeAlong() {
    var texts = Map.of("lib.girih", "def twice(x) = x * 2");
    String text = "import \"lib.girih\" as lib\ndef f[n](x: f32[n]) -> f32[n] = lib.twice(x)";
    try (var own = Embed.load(device, "main.girih", text, texts);
        var call = own.function("f").prepare()) {
      assertArrayEquals(new float[] {2, 4}, call.add(1, 2f).floats());
    }
  }

  @Test
  void arraysToLoadComeAlong() {
    String text =
        """
        let w = load("w.npz")
        let b = load("b.npy")
        def f(x: f32[2]) = x * w.layer.scale + b
        def g[n](x: f32[n]) -> f32[n] = x * sum(b)
        """;
    var b = device.array(new float[] {1, 2}, 2);
    try (var scale = device.array(new float[] {10}, 1);
        var unused = device.array(new int[] {7}, 1)) {
      var loaded =
          Map.of(
              "w.npz", Tree.of(Map.of("layer.scale", scale, "unused", unused)),
              "b.npy", Tree.of(Map.of("", b)));
      try (var own = Embed.load(device, "w.girih", text, Map.of(), loaded);
          var f = own.function("f").prepare();
          var g = own.function("g").prepare()) {
        b.close(); // it was copied
        assertArrayEquals(new float[] {31, 42}, f.add(3, 4f).floats());
        assertArrayEquals(new float[] {3, 6, 9}, g.add(1, 2, 3f).floats());
      }
      assertThrows(
          IllegalStateException.class,
          () -> Embed.load(device, "w.girih", text, Map.of(), loaded)); // b is closed
    }
    var none =
        assertThrows(ProgramException.class, () -> Embed.load(device, "w.girih", text))
            .getMessage();
    assertTrue(none.startsWith("error[E0601]: cannot read `w.npz`"), none);
  }
}
