package org.girih.grammar.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/// A folder of inputs, each beside the text that is expected of it. With `-Dbless` the expected
/// texts are written instead of compared, but never in CI (where the environment has `CI`).
///
/// @param folder under `testdata`
/// @param input how the names of inputs end
/// @param output how the names of expected texts end
public record Goldens(Path folder, String input, String output) {
  /// @param name of a folder in `testdata`
  public static Goldens in(String name, String input, String output) {
    return new Goldens(testdata().resolve(name), input, output);
  }

  /// The folder `testdata` at the root of the repository.
  public static Path testdata() {
    Path here = Path.of("").toAbsolutePath();
    while (here != null) {
      Path found = here.resolve("testdata");
      if (Files.isDirectory(found) && Files.exists(here.resolve("pom.xml"))) {
        return found;
      }
      here = here.getParent();
    }
    throw new IllegalStateException("no folder testdata above the working directory");
  }

  public static boolean blessing() {
    boolean bless = System.getProperty("bless") != null;
    if (bless && System.getenv("CI") != null) {
      throw new IllegalStateException("-Dbless is refused in CI");
    }
    return bless;
  }

  /// One test for each input, and one that finds expected texts without an input.
  ///
  /// @param actual what is expected of an input; it may fail the test, and then nothing is written
  public Stream<DynamicTest> tests(Function<Path, String> actual) {
    Stream<DynamicTest> each =
        inputs().stream()
            .filter(path -> chosen(name(path)))
            .map(
                path -> DynamicTest.dynamicTest(name(path), () -> check(path, actual.apply(path))));
    return Stream.concat(
        Stream.of(DynamicTest.dynamicTest("no orphans", this::assertNoOrphans)), each);
  }

  /// Returns whether `-Dgolden=NAME` asks for this one: by its name, or by its beginning and `*`.
  private static boolean chosen(String name) {
    String asked = System.getProperty("golden", "*");
    return asked.endsWith("*")
        ? name.startsWith(asked.substring(0, asked.length() - 1))
        : name.equals(asked);
  }

  public List<Path> inputs() {
    return files(input);
  }

  private void check(Path path, String actual) throws IOException {
    Path expected = folder.resolve(name(path) + output);
    if (blessing()) {
      Files.writeString(expected, actual);
    } else if (!Files.exists(expected)) {
      fail("missing " + expected.getFileName() + ": look at it, then write it with -Dbless");
    } else {
      assertEquals(Files.readString(expected), actual, expected.getFileName().toString());
    }
  }

  private void assertNoOrphans() {
    var orphans = new TreeSet<String>();
    files(output).forEach(path -> orphans.add(stem(path, output)));
    inputs().forEach(path -> orphans.remove(name(path)));
    assertEquals(new TreeSet<String>(), orphans, "expected texts without input");
  }

  private String name(Path path) {
    return stem(path, input);
  }

  private static String stem(Path path, String end) {
    String name = path.getFileName().toString();
    return name.substring(0, name.length() - end.length());
  }

  private List<Path> files(String end) {
    try (var paths = Files.list(folder)) {
      return paths.filter(p -> p.getFileName().toString().endsWith(end)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The text of a file, decoded as the compiler does it.
  public static String read(Path path) {
    try {
      return new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
