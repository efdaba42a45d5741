package org.girih.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real programs with words left out, doubled, swapped and put in from other programs: `check` says
/// what is wrong with them, or that nothing is, and never more. `-Dgirih.fuzz.count=N` tries N
/// programs, `-Dgirih.fuzz.seed=N` begins elsewhere.
class FuzzTest {
  private static final Pattern WORD = Pattern.compile("\\w+|\\s+|\\.\\.\\.?|->|[-+*/<>=!]=|\\S");
  private static final List<List<String>> PROGRAMS = new ArrayList<>();
  private static final List<List<String>> IR = new ArrayList<>();

  @TempDir private Path folder;

  @BeforeAll
  static void read() throws IOException {
    for (String place : List.of("examples", "testdata/exec", "testdata/run")) {
      collect(place, ".girih", PROGRAMS);
    }
    collect("testdata/ops", "exec.tir", IR);
    collect("testdata/passes", ".tir", IR);
  }

  private static void collect(String place, String end, List<List<String>> out) throws IOException {
    try (Stream<Path> files = Files.walk(Session.ROOT.resolve(place))) {
      for (Path file : files.filter(f -> f.toString().endsWith(end)).sorted().toList()) {
        out.add(WORD.matcher(Files.readString(file)).results().map(m -> m.group()).toList());
      }
    }
  }

  private static int count() {
    return Integer.getInteger("girih.fuzz.count", 1500);
  }

  @Test
  @Tag("full")
  void checkSaysWhatIsWrong() {
    each(PROGRAMS, "f.girih", file -> Session.run("check", file));
  }

  @Test
  @Tag("full")
  void optSaysWhatIsWrong() {
    each(
        IR,
        "f.tir",
        file ->
            Session.run(
                "opt",
                file,
                "--pass",
                "expand",
                "--pass",
                "erase_rules",
                "--pass",
                "simplify",
                "--pass",
                "cse",
                "--pass",
                "simplify_scans",
                "--pass",
                "hoist",
                "--pass",
                "merge_functions",
                "--pass",
                "cse_regions",
                "--pass",
                "merge_dots",
                "--pass",
                "dead_code"));
  }

  private interface Command {
    Session run(String file);
  }

  private void each(List<List<String>> from, String name, Command command) {
    long first = Long.getLong("girih.fuzz.seed", 1);
    Path file = folder.resolve(name);
    for (long seed = first; seed < first + count(); seed++) {
      String text = mutated(from, new Random(seed));
      Session session;
      try {
        Files.writeString(file, text);
        session = command.run(file.toString());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (RuntimeException | Error e) {
        throw new AssertionError("seed " + seed + "\n" + text, e);
      }
      String shown = "seed " + seed + "\n" + session.err() + "\n" + text;
      assertTrue(session.code() == 0 || session.code() == 1, shown);
      if (session.code() == 1) {
        assertTrue(session.err().startsWith("error[E"), shown);
      } else {
        assertEquals(-1, session.err().indexOf("error["), shown);
      }
    }
  }

  private static String mutated(List<List<String>> all, Random random) {
    var words = new ArrayList<>(all.get(random.nextInt(all.size())));
    for (int i = random.nextInt(1, 6); i > 0 && !words.isEmpty(); i--) {
      int at = random.nextInt(words.size());
      int other = random.nextInt(words.size());
      List<String> donor = all.get(random.nextInt(all.size()));
      switch (random.nextInt(6)) {
        case 0 -> words.remove(at);
        case 1 -> words.add(at, words.get(other));
        case 2 -> words.set(at, words.get(other));
        case 3 -> words.set(at, donor.get(random.nextInt(donor.size())));
        case 4 -> java.util.Collections.swap(words, at, other);
        case 5 -> {
          int from = random.nextInt(donor.size());
          words.addAll(at, donor.subList(from, Math.min(donor.size(), from + 12)));
        }
        default -> throw new AssertionError();
      }
    }
    return String.join("", words);
  }
}
