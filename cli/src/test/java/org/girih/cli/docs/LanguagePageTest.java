package org.girih.cli.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.girih.cli.Session;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Each program of `docs/language.md` runs, warns of nothing and prints what follows it there.
class LanguagePageTest {
  private static final Pattern PROGRAM =
      Pattern.compile("(?ms)^```girih\\n(.*?)^```\\n\\n```\\n(.*?)^```$");

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> programs() throws IOException {
    String page = Files.readString(Session.ROOT.resolve("docs/language.md"));
    List<String[]> all =
        PROGRAM.matcher(page).results().map(m -> new String[] {m.group(1), m.group(2)}).toList();
    assertTrue(all.size() >= 9, all.size() + " programs");
    return all.stream().map(each -> DynamicTest.dynamicTest(first(each[0]), () -> run(each)));
  }

  private static String first(String program) {
    return program.lines().findFirst().orElseThrow();
  }

  private void run(String[] each) throws IOException {
    Path file = Files.writeString(folder.resolve("page.girih"), each[0]);
    Session session = Session.run("run", file.toString());
    // What `debug.print` writes comes before.
    assertEquals(0, session.code(), session.err());
    assertEquals(each[1], session.err() + session.out());
  }
}
