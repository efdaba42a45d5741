package org.girih.cli.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import org.girih.host.run.RunProblem;
import org.girih.ir.diagnostic.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SavedRunTest {
  @TempDir private Path folder;

  private static final String GOOD =
      """
      {"format": "girih bench", "version": 1, "girih": "0.1.0", "machine": "m", "plugin": "p",
       "later": {"x": [1, {}]},
       "benches": [{"name": "a", "runs_ns": [5, 6, 7], "flops": 12, "note": null}]}
      """;

  private SavedRun read(String text) throws IOException, RunProblem {
    return SavedRun.read(Files.writeString(folder.resolve("s.json"), text));
  }

  @Test
  void aFileByHand() throws Exception {
    SavedRun run = read(GOOD);
    assertEquals(new Setting("0.1.0", "m", "p"), run.setting());
    Measurement a = run.find("a").orElseThrow();
    assertArrayEquals(new long[] {5, 6, 7}, a.runs());
    assertEquals(OptionalDouble.of(12), a.flops());
    assertEquals(OptionalDouble.empty(), a.bytes());
    assertTrue(run.find("b").isEmpty());
  }

  @Test
  void whatIsSavedIsReadBack() throws Exception {
    var made =
        new Measurement(
            "a \"b\" ü", new long[] {1, 1L << 60}, OptionalDouble.of(3), OptionalDouble.of(0.5));
    var run = new SavedRun(new Setting("v", "m\n", "p"), List.of(made));
    Path file = folder.resolve("x.json");
    run.save(file);
    SavedRun back = SavedRun.read(file);
    assertEquals(run.setting(), back.setting());
    assertEquals(run.json(), back.json());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "[]",
        "{}",
        "{\"format\": \"girih bench\"}",
        "{\"format\": 3}",
        "{\"format\": \"girih bench\", \"version\": 2, \"girih\": \"\", \"machine\": \"\","
            + " \"plugin\": \"\", \"benches\": []}",
        "{\"format\": \"other\", \"version\": 1, \"girih\": \"\", \"machine\": \"\", \"plugin\":"
            + " \"\", \"benches\": []}"
      })
  void otherFilesAreRefused(String text) {
    refused(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[5, 6, 7]>[]",
        "[5, 6, 7]>[5, 0]",
        "[5, 6, 7]>[5, -1]",
        "[5, 6, 7]>[5, 1.5]",
        "[5, 6, 7]>[5, \"6\"]",
        "[5, 6, 7]>[5, 99999999999999999999]",
        "[5, 6, 7]>[5, [6]]",
        "[5, 6, 7]>7",
        "\"name\": \"a\"> \"name\": null",
        "\"name\": \"a\", > ",
        "\"flops\": 12>\"flops\": -1",
        "\"flops\": 12>\"flops\": NaN",
        "\"flops\": 12>\"flops\": 1e999",
        "\"flops\": 12>\"flops\": \"12\"",
        "[{>[3, {",
        "}]}>}, {\"name\": \"a\", \"runs_ns\": [1]}]}",
        "}]}>}]} x",
        "}]}>}]",
        "\"machine\": \"m\",>",
        "\"version\": 1>\"version\": true"
      })
  void changedFilesAreRefused(String change) {
    String[] both = change.split(">", 2);
    assertTrue(GOOD.contains(both[0]), both[0]);
    refused(GOOD.replace(both[0], both[1]));
  }

  private void refused(String text) {
    var problem = assertThrows(RunProblem.class, () -> read(text), text);
    assertEquals(Code.BAD_BENCH_FILE, problem.diagnostic().code());
    assertTrue(problem.diagnostic().message().contains("s.json"), problem.diagnostic().message());
  }

  /// Cut off, and with bytes changed: read or refused, never anything else.
  @Test
  void filesThatWereDamaged() throws Exception {
    byte[] good = GOOD.getBytes(StandardCharsets.UTF_8);
    var random = new Random(3);
    Path file = folder.resolve("s.json");
    int refused = 0;
    for (int i = 0; i < 3000; i++) {
      byte[] bytes = java.util.Arrays.copyOf(good, i < good.length - 2 ? i : good.length);
      if (bytes.length == good.length) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      Files.write(file, bytes);
      try {
        SavedRun.read(file);
      } catch (RunProblem e) {
        assertEquals(Code.BAD_BENCH_FILE, e.diagnostic().code());
        refused++;
      }
    }
    assertTrue(refused > good.length - 2, refused + " refused");
  }

  @Test
  void noFile() {
    var problem = assertThrows(RunProblem.class, () -> SavedRun.read(folder));
    assertEquals(Code.CANNOT_READ, problem.diagnostic().code());
    problem = assertThrows(RunProblem.class, () -> SavedRun.read(folder.resolve("no.json")));
    assertEquals(Code.CANNOT_READ, problem.diagnostic().code());
  }

  @Test
  void settingsThatDiffer() {
    assertEquals(
        List.of("machine: m then, n now"),
        new Setting("1", "m", "p").differences(new Setting("1", "n", "p")));
  }
}
