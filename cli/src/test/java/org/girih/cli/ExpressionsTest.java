package org.girih.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// `testdata/exec`: expressions run on PJRT and compared with JAX's values.
class ExpressionsTest {
  private static final Path FOLDER = Session.ROOT.resolve("testdata/exec");

  @TestFactory
  Stream<DynamicTest> files() throws IOException {
    Map<String, Double> tolerances = tolerances();
    try (var all = Files.list(FOLDER)) {
      return all.filter(p -> p.toString().endsWith(".girih")).sorted().toList().stream()
          .map(p -> DynamicTest.dynamicTest(p.getFileName().toString(), () -> run(p, tolerances)));
    }
  }

  private static Map<String, Double> tolerances() throws IOException {
    var out = new HashMap<String, Double>();
    for (String line : Files.readAllLines(Session.ROOT.resolve("testdata/TOLERANCES"))) {
      if (line.startsWith("exec ")) {
        String[] cells = line.split("\\s*\\|\\s*");
        out.put(cells[1], Double.parseDouble(cells[2]));
      }
    }
    return out;
  }

  private static void run(Path file, Map<String, Double> tolerances) throws IOException {
    Session session = Session.run("run", file.toString(), "--entry", "main", "--output", "json");
    assertEquals(0, session.code(), session.err());
    JsonObject got = JsonParser.parseString(session.out()).getAsJsonObject();
    String expected = file.toString().replace(".girih", ".expected.json");
    JsonArray cases = JsonParser.parseString(Files.readString(Path.of(expected))).getAsJsonArray();
    assertEquals(cases.size(), got.size());
    assertAll(
        IntStream.range(0, cases.size())
            .mapToObj(
                i ->
                    () -> {
                      JsonObject one = cases.get(i).getAsJsonObject();
                      double tolerance =
                          tolerances.getOrDefault(one.get("dtype").getAsString(), 0.0);
                      String what = one.get("case").getAsString();
                      same(what, one.get("value"), got.get("c%03d".formatted(i)), tolerance);
                    }));
  }

  private static void same(String what, JsonElement due, JsonElement got, double tolerance) {
    if (due.isJsonArray()) {
      assertTrue(got.isJsonArray(), what);
      assertEquals(due.getAsJsonArray().size(), got.getAsJsonArray().size(), what);
      for (int i = 0; i < due.getAsJsonArray().size(); i++) {
        same(what, due.getAsJsonArray().get(i), got.getAsJsonArray().get(i), tolerance);
      }
    } else if (due.getAsJsonPrimitive().isNumber() && got.getAsJsonPrimitive().isNumber()) {
      double value = due.getAsDouble();
      double bound = tolerance * Math.max(1, Math.abs(value));
      assertEquals(value, got.getAsDouble(), bound, what);
    } else {
      assertEquals(due, got, what);
    }
  }
}
