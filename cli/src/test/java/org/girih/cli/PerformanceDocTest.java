package org.girih.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `docs/performance.md` shows is what its commands print, but for the times.
class PerformanceDocTest {
  private static final Path PAGE = Session.ROOT.resolve("docs/performance.md");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(sh)?\\n(.*?)^```$");

  @TempDir private Path folder;

  private final List<String> commands = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();

  @BeforeEach
  void read() throws IOException {
    var blocks = BLOCK.matcher(Files.readString(PAGE));
    while (blocks.find()) {
      (blocks.group(1) == null ? texts : commands).add(blocks.group(2));
    }
    assertEquals(6, commands.size());
    assertEquals(8, texts.size());
    Files.writeString(folder.resolve("model.girih"), texts.getFirst());
    Files.writeString(folder.resolve("recurrent.girih"), texts.get(4));
  }

  /// A command of the page, in the folder.
  private Session run(String command, String... more) {
    var words = new ArrayList<String>();
    for (String word : command.strip().split(" ")) {
      boolean file = word.endsWith(".girih") || word.endsWith(".json");
      words.add(file ? folder.resolve(word).toString() : word);
    }
    assertEquals("girih", words.removeFirst());
    words.addAll(List.of(more));
    Session session = Session.run(words.toArray(String[]::new));
    assertEquals(0, session.code(), session.err());
    return session;
  }

  /// Without times, rates, counts of outliers, and how two times compare.
  private static String shape(String output) {
    return output
        .replaceAll("[0-9.]+ (ns|µs|ms|s)\\b", "T")
        .replaceAll("[0-9.]+ [kMGT]?(flop|B)/s", "N $1/s")
        .replaceAll("(runs +)[0-9]+(, [0-9]+ outliers?)?", "$1N")
        .replaceAll("[0-9]+\\.[0-9]{3}", "R")
        .replaceAll("(?m)^ {10}(faster|slower|no difference beyond the noise)$", "          V");
  }

  @Test
  void theLimits() {
    assertEquals(texts.get(5), run(commands.get(4)).out());
    Path file = folder.resolve("recurrent.girih");
    Session refused = Session.run("run", file.toString(), "--memory", "3MiB");
    assertEquals("girih run recurrent.girih --memory 3MiB\n", commands.get(5));
    assertEquals(1, refused.code());
    // The order of arrays of one size is the plugin's.
    assertEquals(
        texts.get(6).lines().sorted().toList(),
        refused.err().replace(file.toString(), "recurrent.girih").lines().sorted().toList());
  }

  @Test
  void theTableOfCosts() {
    assertEquals("girih show model.girih --cost\n", commands.get(0));
    assertEquals(texts.get(1), run(commands.get(0)).out());
  }

  @Test
  void theBenches() {
    assertEquals("girih bench model.girih\n", commands.get(1));
    String out = run(commands.get(1), "--warmup", "0", "--samples", "10").out();
    assertEquals(shape(texts.get(2)), shape(out));
  }

  @Test
  void theComparison() {
    List<String> both = commands.get(2).lines().toList();
    run(both.get(0), "--warmup", "0", "--samples", "10");
    String out = run(both.get(1), "--warmup", "0", "--samples", "10").out();
    String expected = shape(texts.get(3));
    assertEquals(3, expected.lines().count(), expected);
    assertEquals(2, shape(out).split(Pattern.quote(expected), -1).length - 1, out);
  }

  @Test
  void theProfile() {
    assertTrue(run(commands.get(3)).err().contains("run on the device"));
  }

  @Test
  void theClock() throws IOException {
    Path program = Files.writeString(folder.resolve("clock.girih"), texts.getLast());
    Session session = Session.run("run", program.toString());
    assertEquals("T for 1.25e+08", shape(session.out()).strip(), session.err());
  }
}
