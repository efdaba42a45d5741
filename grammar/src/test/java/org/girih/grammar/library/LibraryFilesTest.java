package org.girih.grammar.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.girih.grammar.elaborate.intrinsic.Library;
import org.junit.jupiter.api.Test;

/// The files of the standard library: the table knows all of them, and each is easy to read.
class LibraryFilesTest {
  private static final Path ROOT = Path.of("../library/girih");

  private static List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(ROOT)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static String name(Path file) {
    return ROOT.relativize(file).toString().replace('\\', '/');
  }

  @Test
  void theTableHasEachFileOnce() throws IOException {
    var listed =
        Stream.of(Library.values())
            .flatMap(library -> library.files().stream())
            .map(file -> file + ".girih")
            .toList();
    assertEquals(
        files().stream().map(LibraryFilesTest::name).toList(), listed.stream().sorted().toList());
    assertEquals(new TreeSet<>(listed).size(), listed.size());
  }

  @Test
  void eachFileSaysWhatItHoldsAndIsShort() throws IOException {
    for (Path file : files()) {
      List<String> lines = Files.readAllLines(file);
      assertTrue(lines.getFirst().startsWith("## "), name(file));
      assertTrue(
          lines.stream()
              .takeWhile(line -> line.startsWith("##"))
              .anyMatch(l -> l.contains("Next:")),
          name(file) + " does not say what to read next");
      assertTrue(lines.size() <= 300, name(file) + " has " + lines.size() + " lines");
    }
  }

  @Test
  void eachPlaceNamesTheFileInWhichItStands() {
    var names =
        Library.all().stream()
            .flatMap(file -> file.items().stream())
            .map(item -> item.span().source().name())
            .distinct()
            .toList();
    var listed =
        Stream.of(Library.values())
            .flatMap(library -> library.files().stream())
            .map(file -> "girih:" + file + ".girih")
            .toList();
    assertEquals(listed, names);
  }
}
