package org.girih.passes.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// `testdata/MANIFEST`: each file of expected values is what its script wrote.
final class ManifestTest {
  private record Line(String file, String script, String versions, String hash) {}

  private static List<Line> lines() {
    var lines = new ArrayList<Line>();
    for (String text : TestData.read(TestData.root().resolve("MANIFEST")).lines().toList()) {
      if (!text.startsWith("#") && !text.isBlank()) {
        String[] cells = text.split(" \\| ", -1);
        assertEquals(4, cells.length, text);
        lines.add(new Line(cells[0], cells[1], cells[2], cells[3]));
      }
    }
    return lines;
  }

  @Test
  void filesAreAsTheirScriptsWroteThem() throws Exception {
    Path root = TestData.root().getParent();
    for (Line line : lines()) {
      assertTrue(Files.exists(root.resolve(line.script())), line.script() + " is missing");
      byte[] bytes = Files.readAllBytes(root.resolve(line.file()));
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      assertEquals(line.hash(), HexFormat.of().formatHex(hash), line.file() + " was changed");
    }
  }

  @Test
  void everyFileOfValuesIsListed() throws Exception {
    var listed = new TreeSet<>(lines().stream().map(Line::file).toList());
    Path root = TestData.root().getParent();
    for (String folder : List.of("examples/expected", "testdata/exec")) {
      try (var files = Files.list(root.resolve(folder))) {
        for (Path file : files.toList()) {
          String name = folder + "/" + file.getFileName();
          assertTrue(name.endsWith(".girih") || listed.contains(name), name);
        }
      }
    }
    for (Path folder : TestData.ops()) {
      for (String file : List.of("exec.tir", "exec.values")) {
        String name = "testdata/ops/" + folder.getFileName() + "/" + file;
        assertTrue(listed.contains(name), name);
      }
    }
  }
}
