package org.girih.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.girih.passes.golden.TestData;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/// `testdata/run`: programs that are wrong, or warned of, and what `girih run` writes to standard
/// error and gives as exit code; a first line `# RUN: run --check` gives the command with its
/// options. `-Dbless` rewrites the `.out` files, never in CI.
@Tag("golden")
class RunGoldenTest {
  private static final Path FOLDER = Session.ROOT.resolve("testdata/run");
  private static final String RUN = "# RUN: ";

  @TestFactory
  Stream<DynamicTest> programs() throws IOException {
    List<Path> all;
    try (var files = Files.list(FOLDER)) {
      all = files.sorted().toList();
    }
    return TestData.chosen(all)
        .map(p -> DynamicTest.dynamicTest(p.getFileName().toString(), () -> check(p)));
  }

  private static void check(Path path) throws IOException {
    Path source = FOLDER.resolve(path.getFileName().toString().replaceFirst("\\.\\w+$", ".girih"));
    Path golden = FOLDER.resolve(path.getFileName().toString().replaceFirst("\\.\\w+$", ".out"));
    assertEquals(true, Files.exists(source), golden + " has no program");
    if (path.equals(golden)) {
      return;
    }
    Session session = Session.run(command(source));
    String got =
        "exit "
            + session.code()
            + "\n"
            + session.err().replace(FOLDER + "/", "").stripTrailing()
            + "\n";
    if (System.getProperty("bless") != null) {
      assertFalse("true".equals(System.getenv("CI")), "nothing is blessed in CI");
      Files.writeString(golden, got);
    }
    assertEquals(Files.exists(golden) ? Files.readString(golden) : "no golden file", got);
  }

  private static String[] command(Path source) throws IOException {
    String first = Files.readString(source).lines().findFirst().orElse("");
    String command = first.startsWith(RUN) ? first.substring(RUN.length()) : "run";
    return Stream.concat(Stream.of(command.split(" ")), Stream.of(source.toString()))
        .toArray(String[]::new);
  }
}
