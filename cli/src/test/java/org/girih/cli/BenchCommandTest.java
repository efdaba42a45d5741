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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `girih bench`. How long anything takes is not looked at.
class BenchCommandTest {
  @TempDir private Path folder;

  private static final String FILE =
      """
      let bench = ones((16, 8))
      def product(x, y) = x @ y
      def scaled(x: f32[4], n) = x * n
      bench "product" {
        let y = ones((8, 4)) * 2
        print("set up")
        product(bench, y)
      }
      bench "a loop" {
        let s = bench
        for i in 0..3 { let s = s + 1 }
        loop x = s while x[0, 0] < 50.0 { x + 1 }
      }
      test "bench is a name" { assert bench[0, 0] == 1.0 }
      """;

  private Session bench(String text, String... options) throws IOException {
    Path file = Files.writeString(folder.resolve("f.girih"), text);
    var args =
        new ArrayList<>(List.of("bench", file.toString(), "--warmup", "0", "--samples", "3"));
    args.addAll(List.of(options));
    return Session.run(args.toArray(String[]::new));
  }

  private static String only(String block) {
    return "let big = ones((64, 64))\nbench \"b\" {\n" + block + "\n}\n";
  }

  @Test
  void blocksAreMeasured() throws IOException {
    Session session = bench(FILE);
    assertEquals(0, session.code(), session.err());
    // Of the loop nobody knows the turns, and so no rate.
    String time = "[0-9.]+ (ns|µs|ms|s)";
    String block = "  median  T \\(MAD T\\)\n  range   T to T\n  runs    3(, [0-9] outliers?)?\n";
    assertTrue(
        session
            .out()
            .matches(
                ("product\n"
                        + block
                        + "  rate    [0-9.]+ [kMGT]?flop/s, [0-9.]+ [kMGT]?B/s\n"
                        + "a loop\n"
                        + block)
                    .replace("T", time)
                    .replace("[kMG" + time + "]", "[kMGT]")),
        session.out());
    // Once, and not where results are.
    assertEquals("set up\n", session.err());
    session.out().lines().forEach(l -> assertTrue(l.length() <= 40, l));
  }

  @Test
  void theNameIsStillFree() throws IOException {
    Path file = Files.writeString(folder.resolve("f.girih"), FILE);
    assertEquals(
        "ok      bench is a name\n1 passed, 0 failed\n",
        Session.run("test", file.toString()).out());
  }

  @Test
  void countsAreOfTheLastExpression() throws IOException {
    Session session = bench(FILE, "--only", "product", "--json");
    JsonObject json = JsonParser.parseString(session.out()).getAsJsonObject();
    JsonObject made = json.getAsJsonArray("benches").get(0).getAsJsonObject();
    assertEquals("product", made.get("name").getAsString());
    // 2 · 16 · 8 · 4, not the set-up's 32; 4 (16·8 + 8·4 + 16·4)
    assertEquals(1024, made.get("flops").getAsDouble());
    assertEquals(896, made.get("bytes").getAsDouble());
    assertEquals(3, made.getAsJsonArray("runs_ns").size());
  }

  @Test
  void aDefIsMeasured() throws IOException {
    Session session =
        bench(
            FILE,
            "--entry",
            "product",
            "--arg",
            "x=ones((3, 4))",
            "--arg",
            "y=ones((4, 5))",
            "--json");
    assertEquals(0, session.code(), session.err());
    JsonObject made =
        JsonParser.parseString(session.out())
            .getAsJsonObject()
            .getAsJsonArray("benches")
            .get(0)
            .getAsJsonObject();
    assertEquals("product", made.get("name").getAsString());
    assertEquals(2 * 3 * 4 * 5, made.get("flops").getAsDouble());
  }

  @Test
  void savedAndCompared() throws IOException {
    String saved = folder.resolve("s.json").toString();
    assertEquals(0, bench(FILE, "--only", "product", "--save", saved).code());
    Session session = bench(FILE, "--compare", saved);
    assertEquals(0, session.code(), session.err());
    assertTrue(
        session.out().matches("(?s).*  ratio   [0-9.]+ \\([0-9.]+ to [0-9.]+\\)\n.*"),
        session.out());
    assertTrue(session.out().contains("  before  not in s.json\n"), session.out());
    assertEquals("set up\n", session.err());
  }

  @Test
  void anotherMachineIsSaid() throws IOException {
    Path saved = folder.resolve("s.json");
    bench(FILE, "--only", "product", "--save", saved.toString());
    String text =
        Files.readString(saved).replaceFirst("\"machine\" : \"", "\"machine\" : \"other ");
    Files.writeString(saved, text);
    String err = bench(FILE, "--only", "product", "--compare", saved.toString()).err();
    assertTrue(err.contains("s.json` is of another machine: other "), err);
  }

  /// A measurement by hand, of a time that nothing can have: 100 years.
  @Test
  void whatIsFasterIsSaid() throws IOException {
    String saved = folder.resolve("s.json").toString();
    bench(FILE, "--only", "product", "--save", saved);
    Path file = Path.of(saved);
    Files.writeString(
        file,
        Files.readString(file)
            .replaceFirst("\"runs_ns\" : \\[[^]]*]", "\"runs_ns\" : [3155760000000000000]"));
    String out = bench(FILE, "--only", "product", "--compare", saved).out();
    assertTrue(out.contains("  ratio   0.000 (0.000 to 0.000)\n          faster\n"), out);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "let y = big @ big",
        "let y = big @ big\ny",
        "big",
        "3",
        "sin",
        "assert true",
        "for i in 0..3 { print(i) }"
      })
  void whatHasNothingToMeasure(String block) throws IOException {
    Session session = bench(only(block));
    assertEquals(1, session.code());
    assertTrue(session.err().startsWith("error[E0214]"), session.err());
    assertEquals("FAILED  b\n", session.out());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"print(big)>E0214", "big @ ones(3)>E0103", "assert sum(big) < 0.0\nbig + 1>E0706"})
  void whatFailsIsSaidAndNothingSaved(String block) throws IOException {
    String[] both = block.split(">");
    Path saved = Files.writeString(folder.resolve("s.json"), "as it was");
    Session session =
        bench(only(both[0]) + "bench \"c\" { big + 2 }\n", "--save", saved.toString());
    assertEquals(1, session.code());
    assertTrue(session.err().startsWith("error[" + both[1] + "]"), session.err());
    assertTrue(session.out().startsWith("FAILED  b\nc\n"), session.out());
    assertEquals("as it was", Files.readString(saved));
    try (var files = Files.list(folder)) {
      assertEquals(2, files.count(), "something is left behind");
    }
  }

  @Test
  void namesThatAreNotThere() throws IOException {
    Session session = bench(FILE, "--only", "prodct");
    assertEquals(1, session.code());
    assertTrue(session.err().startsWith("error[E0207]"), session.err());
    assertTrue(session.err().contains("did you mean `product`?"), session.err());
    session = bench("def f(x) = x\n");
    assertTrue(session.err().startsWith("error[E0207]"), session.err());
    session = bench(FILE, "--entry", "prodct");
    assertTrue(session.err().contains("did you mean `product`?"), session.err());
    session = bench(only("big + 1") + "bench \"b\" { big + 2 }\n");
    assertTrue(session.err().startsWith("error[E0202]"), session.err());
  }

  @Test
  void optionsThatMakeNoSense() throws IOException {
    Path file = Files.writeString(folder.resolve("f.girih"), FILE);
    for (String[] each :
        new String[][] {{"--samples", "0"}, {"--seconds", "-1"}, {"--warmup", "NaN"}}) {
      Session session = Session.run("bench", file.toString(), each[0], each[1]);
      assertTrue(session.err().startsWith("error[E0607]"), session.err());
      assertEquals("", session.out());
    }
    Session session = bench(FILE, "--save", folder.resolve("no/s.json").toString());
    assertTrue(session.err().startsWith("error[E0602]"), session.err());
    assertEquals("", session.out());
    Path bad = Files.writeString(folder.resolve("bad.json"), "{");
    session = bench(FILE, "--compare", bad.toString());
    assertEquals(
        """
        error[E0610]: `%s` holds no benchmarks that were saved: it ends too soon
           = help: `girih bench FILE --save before.json` writes one
           = help: run `girih explain E0610`
        """
            .formatted(bad),
        session.err());
    assertEquals("", session.out());
  }
}
