package org.girih.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.girih.runtime.plugin.PluginPackage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `girih show --cost`. Counts are computed by hand, in the comments.
class ShowCostTest {
  @TempDir private Path folder;

  private static final String FILE =
      """
      def layer(x: f32[64, 32], w: f32[32, 16]) {
        let h = x @ w
        tanh(h)
      }

      def loss(w, x) = sum(layer(x, w))

      def gradient(w: f32[32, 16], x: f32[64, 32]) = grad(loss)(w, x)

      def turns(x: f32[64, 64]) = loop x for i in 0..10 {
        x @ x
      }

      def open(x: f32[64, 64]) = loop x while x[0, 0] < 1 {
        x @ x
      }

      def either(c: bool, x: f32[64, 64]) = if c then x @ x
        else x + 1

      def same(x: f32[2, 8, 8, 3], k: f32[3, 3, 3, 4]) =
        conv(x, k, 1, "SAME")
      """;

  /// A plugin with an analysis of its own; the default one has none.
  private static Map<String, String> counting() {
    return Session.on(PluginPackage.CPU_81);
  }

  private Session show(String... args) throws IOException {
    return show(Map.of(), args);
  }

  private Session show(Map<String, String> environment, String... args) throws IOException {
    Path file = Files.writeString(folder.resolve("f.girih"), FILE);
    var all = new ArrayList<>(List.of("show", file.toString(), "--cost"));
    all.addAll(List.of(args));
    Session session = Session.run(environment, all.toArray(String[]::new));
    assertEquals("", session.err());
    assertEquals(0, session.code());
    return session;
  }

  private JsonObject json(String entry) throws IOException {
    return JsonParser.parseString(show(counting(), "--entry", entry, "--json").out())
        .getAsJsonObject();
  }

  private static void is(
      JsonObject line, int number, long flops, long bytes, long transcendentals) {
    assertEquals(number, line.get("line").getAsInt());
    counts(line, flops, bytes, transcendentals);
  }

  private static void counts(JsonObject object, long flops, long bytes, long transcendentals) {
    assertEquals(
        List.of(flops, bytes, transcendentals),
        List.of(
            object.get("flops").getAsLong(),
            object.get("bytes").getAsLong(),
            object.get("transcendentals").getAsLong()),
        object.toString());
  }

  private static JsonObject line(JsonObject json, int index) {
    return json.getAsJsonArray("lines").get(index).getAsJsonObject();
  }

  @Test
  void linesHaveTheirOwnCost() throws IOException {
    JsonObject json = json("layer");
    assertEquals(2, json.getAsJsonArray("lines").size());
    // 2 · 64 · 16 · 32; 4 (64·32 + 32·16 + 64·16)
    is(line(json, 0), 2, 65_536, 14_336, 0);
    // 64 · 16; 4 · 2 · 64 · 16
    is(line(json, 1), 3, 0, 8192, 1024);
    counts(json.getAsJsonObject("total"), 65_536, 22_528, 1024);
    counts(json.getAsJsonObject("loops_once"), 65_536, 22_528, 1024);
    counts(json.getAsJsonObject("plugin_loops_once"), 65_536, 22_528, 1024);
  }

  /// Of the product in reverse only that with the input: w is asked for.
  @Test
  void derivativesStandAtTheirLine() throws IOException {
    JsonObject json = json("gradient");
    JsonObject product = line(json, 0);
    assertEquals(2, product.get("line").getAsInt());
    assertEquals(2 * 65_536, product.get("flops").getAsLong());
    assertEquals(65_536, product.get("derivative_flops").getAsLong());
    JsonObject tanh = line(json, 1);
    assertEquals(1024, tanh.get("transcendentals").getAsLong());
    // t (1 − y) (1 + y) as (t + t y) (1 − y), and t is 1: four operations an element at most.
    long derivative = tanh.get("derivative_flops").getAsLong();
    assertTrue(derivative > 0 && derivative <= 4 * 1024, tanh.toString());
    assertEquals(derivative, tanh.get("flops").getAsLong());
  }

  // A product of x with itself reads it once: 4 (64·64 + 64·64) bytes.
  @Test
  void loopsCountTheirTurns() throws IOException {
    JsonObject json = json("turns");
    is(line(json, 0), 11, 10 * 524_288, 10 * 32_768, 0);
    assertEquals("exact", line(json, 0).get("trips").getAsString());
    counts(json.getAsJsonObject("loops_once"), 524_288, 32_768, 0);
    // Its own counter is counted by the plugin: an addition and a comparison.
    assertEquals(524_290, json.getAsJsonObject("plugin_loops_once").get("flops").getAsLong());
  }

  @Test
  void unknownTurnsAreSaid() throws IOException {
    JsonObject json = json("open");
    JsonObject body = line(json, 1);
    is(body, 15, 524_288, 32_768, 0);
    assertEquals("per_round", body.get("trips").getAsString());
    String text = show("--entry", "open").out();
    assertTrue(text.contains("524k*"), text);
    assertTrue(text.contains("\n* for each iteration of an unbounded loop\n"), text);
  }

  @Test
  void ofBranchesTheDearerOneCounts() throws IOException {
    JsonObject json = json("either");
    assertEquals(1, json.getAsJsonArray("lines").size());
    is(line(json, 0), 18, 524_288, 32_768, 0);
    assertEquals("at_most", line(json, 0).get("trips").getAsString());
  }

  @Test
  void convolutionsCountAsThePluginsDo() throws IOException {
    JsonObject json = json("same");
    // Along each axis 8 · 3 products less 2 with padding: 2 · 2 · 3 · 4 · 22 · 22
    assertEquals(23_232, json.getAsJsonObject("total").get("flops").getAsLong());
    assertEquals(23_232, json.getAsJsonObject("plugin_loops_once").get("flops").getAsLong());
  }

  /// Its own line differs from plugin to plugin.
  private static String withoutPlugin(String table) {
    return table
        .replaceFirst("(?m)^.* plugin\\n", "")
        .replace("The plugin counts each loop once.\n", "");
  }

  @Test
  void aTable() throws IOException {
    assertEquals(
        """
        line  flops       %  bytes       %  transc  ops/B
           2  65.5k  100.0%  14.3k   63.6%       0   4.57    let h = x @ w
           3      0    0.0%   8192   36.4%    1024   0.13    tanh(h)
        ---------------------------------------------------------------
              65.5k  100.0%  22.5k  100.0%    1024   2.95  all lines
        No peak is known of a CPU: see --target
        """,
        withoutPlugin(show("--entry", "layer").out()));
  }

  @Test
  void thePluginsOwnRow() throws IOException {
    String out = show(counting(), "--entry", "layer").out();
    assertTrue(out.contains("  cpu plugin\nThe plugin counts each loop once.\n"), out);
  }

  @Test
  void aNarrowTable() throws IOException {
    String out = withoutPlugin(show(Map.of("COLUMNS", "40"), "--entry", "turns").out());
    assertEquals(
        """
        line  flops  bytes       %
          11  5.24M   328k  100.0%    x @ x
        ----------------------------------------
              5.24M   328k  100.0%  all lines
               524k  32.8k          loops once
        """,
        out.substring(0, out.indexOf("No peak")));
    out.lines().forEach(l -> assertTrue(l.codePointCount(0, l.length()) <= 40, l));
  }

  @Test
  void aChipsRoofline() throws IOException {
    String out = show("--entry", "layer", "--target", "cuda:h100").out();
    // 14,336 and 8,192 bytes at 3,350 GB/s take longer than 65,536 operations at 989 T/s.
    assertTrue(out.contains("63.6%  "), out);
    assertTrue(out.endsWith("At the peaks of h100: 6.72 ns at least\n"), out);
  }

  /// Each loop once.
  @ParameterizedTest
  @ValueSource(strings = {"train", "digits_cnn", "transformer", "dqn"})
  void totalsAreThePluginsWithinATenth(String example) {
    Path file = Session.ROOT.resolve("examples/" + example + ".girih");
    String out = Session.run(counting(), "show", file.toString(), "--cost", "--json").out();
    JsonObject json = JsonParser.parseString(out).getAsJsonObject();
    double own = json.getAsJsonObject("loops_once").get("flops").getAsDouble();
    double plugin = json.getAsJsonObject("plugin_loops_once").get("flops").getAsDouble();
    assertEquals(1, own / plugin, 0.1, own + " and " + plugin);
  }

  /// Counts are those of all devices, the time that of as many chips.
  @Test
  void aMesh() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("mesh.girih"),
            "mesh (data = 4)\ndef f(x: f32[64 @ data, 32], w: f32[32, 16]) = x @ w\n");
    Session session =
        Session.run("show", file.toString(), "--entry", "f", "--cost", "--target", "tpu:v5e:2x2");
    assertEquals("", session.err());
    assertTrue(session.out().contains("65.5k"), session.out());
    // 14,336 bytes at 819 GB/s, and a fourth of that.
    assertTrue(
        session.out().endsWith("At the peaks of 4 × v5e: 4.38 ns at least\n"), session.out());
  }

  @Test
  void whatGoesWithItOnly() throws IOException {
    Path file = Files.writeString(folder.resolve("f.girih"), FILE);
    Session session = Session.run("show", file.toString(), "--json");
    assertEquals(1, session.code());
    assertTrue(session.err().startsWith("error[E0607]"), session.err());
  }

  /// A library that is imported has its own rows; the standard library has none.
  @Test
  void severalFiles() throws IOException {
    Files.writeString(
        folder.resolve("lib.girih"), "def twice(x) = x * 2\n\ndef soft(x) = sum(exp(x))\n");
    Path main =
        Files.writeString(
            folder.resolve("main.girih"),
            """
            import "lib.girih" as lib
            import nn
            def f(x: f32[8]) {
              let y = lib.twice(x)
              lib.soft(y) + sum(nn.softmax(y))
            }
            """);
    Session session = Session.run("show", main.toString(), "--entry", "f", "--cost", "--json");
    assertEquals("", session.err());
    var rows = new ArrayList<String>();
    for (var each :
        JsonParser.parseString(session.out()).getAsJsonObject().getAsJsonArray("lines")) {
      JsonObject row = each.getAsJsonObject();
      String name = Path.of(row.get("file").getAsString()).getFileName().toString();
      rows.add(name + ":" + row.get("line") + " " + row.get("transcendentals"));
    }
    // The softmax's exponentials are the main file's; those of `soft` its own.
    assertEquals(List.of("main.girih:5 8", "lib.girih:1 0", "lib.girih:3 8"), rows);
  }

  @Test
  void loopsAndBranchesOfTheHost() throws IOException {
    Path main =
        Files.writeString(
            folder.resolve("host.girih"),
            """
            let x = ones((8, 8))
            for i in 0..10 {
              let x = x @ x
              print(x)
            }
            while x[0, 0] < 100 {
              let x = x + 1
            }
            if x[0, 0] > 3 {
              print(x @ x)
            } else {
              print(exp(x))
            }
            """);
    Session session = Session.run("show", main.toString(), "--cost", "--json");
    assertEquals("", session.err());
    var rows = new ArrayList<String>();
    for (var each :
        JsonParser.parseString(session.out()).getAsJsonObject().getAsJsonArray("lines")) {
      JsonObject row = each.getAsJsonObject();
      rows.add(row.get("line") + " " + row.get("flops") + " " + row.get("trips").getAsString());
    }
    // Constants cost nothing. 10 · 2 · 8 · 8 · 8; a comparison; 8 · 8; a comparison; 2 · 8 · 8 · 8,
    // dearer than 8 · 8.
    assertEquals(
        List.of("3 10240 exact", "6 1 per_round", "7 64 per_round", "9 1 exact", "10 1024 at_most"),
        rows);
  }
}
