package org.girih.cli.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.girih.runtime.plugin.CacheFolder;
import org.girih.runtime.plugin.PluginCache;
import org.girih.runtime.plugin.PluginPackage;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Random inputs of every kind for a while: none ends a process, hangs it, or gives other numbers
/// on another plugin. `mvn verify -Pcampaign -Dgirih.campaign.minutes=N` takes N minutes for each
/// kind, `-Dgirih.campaign.seed=N` begins elsewhere; in the slow tests each kind has a few seconds,
/// and the seeds that once found something, `testdata/campaign`, are tried first.
class CampaignTest {
  @TempDir private Path folder;

  @TestFactory
  @Tag("campaign")
  Stream<DynamicTest> campaign() {
    long minutes = Long.getLong("girih.campaign.minutes", 10);
    long seed = Long.getLong("girih.campaign.seed", System.currentTimeMillis());
    return tests(minutes * 60, seed);
  }

  @TestFactory
  @Tag("full")
  Stream<DynamicTest> shortCampaign() {
    return tests(10, 1);
  }

  private Stream<DynamicTest> tests(long seconds, long seed) {
    return Arrays.stream(Trials.values())
        .map(kind -> DynamicTest.dynamicTest(kind.name(), () -> run(kind, seconds, seed)));
  }

  private void run(Trials kind, long seconds, long first) throws Exception {
    Path place = Files.createDirectories(folder.resolve(kind.name()));
    var counts = new TreeMap<String, Integer>();
    var findings = new ArrayList<String>();
    try (var worker = new Worker(kind, place.resolve("first"), Map.of());
        var other = new Worker(kind, place.resolve("other"), otherPlugin(kind))) {
      for (long seed : known(kind)) {
        look(kind, worker, other, seed, counts, findings);
      }
      long end = System.nanoTime() + seconds * 1_000_000_000L;
      for (long seed = first; System.nanoTime() < end && findings.size() < 20; seed++) {
        look(kind, worker, other, seed, counts, findings);
      }
    }
    System.out.println("campaign " + kind + ": " + counts);
    assertEquals(List.of(), findings);
  }

  private static void look(
      Trials kind,
      Worker worker,
      Worker other,
      long seed,
      Map<String, Integer> counts,
      List<String> findings)
      throws Exception {
    String answer = worker.attempt(seed);
    String verdict = answer.split(" ", 2)[0];
    if (kind.compared() && verdict.equals("ran")) {
      String there = other.attempt(seed);
      if (!there.equals(answer)) {
        verdict = "wrong";
        answer = "wrong: " + answer + " and " + there;
      }
    }
    counts.merge(verdict, 1, Integer::sum);
    if (!verdict.equals("ran") && !verdict.equals("refused")) {
      findings.add("seed " + seed + " " + answer.substring(0, Math.min(600, answer.length())));
    }
  }

  /// The seeds that found something once; what they make may change with the generators.
  private static List<Long> known(Trials kind) throws Exception {
    Path file = Path.of("../testdata/campaign/seeds");
    return Files.readAllLines(file).stream()
        .filter(line -> line.startsWith(kind.name() + " "))
        .map(line -> Long.parseLong(line.split(" ")[1]))
        .toList();
  }

  private static Map<String, String> otherPlugin(Trials kind) throws Exception {
    if (!kind.compared()) {
      return Map.of();
    }
    var cache = new PluginCache(CacheFolder.of(System.getenv()), System.err);
    return Map.of("GIRIH_PJRT_PLUGIN", cache.require(PluginPackage.CPU_81).library().toString());
  }
}
