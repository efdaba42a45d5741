package org.girih.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page for users of JAX: its Girih (the blocks without a language's name) is a part of an
/// example, which [ExamplesTest] runs, or runs alone.
class FromJaxTest {
  private static final Pattern BLOCK =
      Pattern.compile("(?m)^```([a-z]*)\n(.*?)^```$", Pattern.DOTALL);

  private static String page() throws IOException {
    return Files.readString(Session.ROOT.resolve("docs/from-jax.md"));
  }

  private static List<String> blocks(String language) throws IOException {
    return BLOCK
        .matcher(page())
        .results()
        .filter(m -> m.group(1).equals(language))
        .map(m -> m.group(2))
        .toList();
  }

  private static List<String> examples() throws IOException {
    var out = new ArrayList<String>();
    try (var files = Files.list(Session.ROOT.resolve("examples"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".girih")).toList()) {
        out.add("\n" + Files.readString(file));
      }
    }
    return out;
  }

  @Test
  void allGirihRuns(@TempDir Path folder) throws IOException {
    List<String> examples = examples();
    List<String> blocks = blocks("");
    assertTrue(blocks.size() >= 10, blocks.size() + " blocks");
    for (String block : blocks) {
      if (examples.stream().noneMatch(e -> e.contains("\n" + block))) {
        Path file = Files.writeString(folder.resolve("block.girih"), block);
        Session session = Session.run("run", file.toString());
        assertEquals(0, session.code(), block + session.err());
        assertTrue(!session.out().isEmpty(), "prints nothing, and is in no example:\n" + block);
      }
    }
  }

  @Test
  void theExamplesThatAreNamedAreThere() throws IOException {
    var names = Pattern.compile("`(examples/\\w+\\.girih)`").matcher(page());
    int found = 0;
    while (names.find()) {
      assertTrue(Files.exists(Session.ROOT.resolve(names.group(1))), names.group(1));
      found++;
    }
    assertTrue(found >= 9, found + " examples are named");
  }

  /// Each Girih program stands beside Python.
  @Test
  void thereIsPython() throws IOException {
    assertTrue(blocks("python").size() >= 9);
  }
}
