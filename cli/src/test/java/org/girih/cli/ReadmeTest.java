package org.girih.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.girih.grammar.parse.SourceParser;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.source.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the README shows is what there is.
class ReadmeTest {
  private static final Pattern BLOCK = Pattern.compile("```[a-z]*\n(.*?)```", Pattern.DOTALL);

  private static List<String> blocks() throws IOException {
    var out = new ArrayList<String>();
    var matcher = BLOCK.matcher(Files.readString(Session.ROOT.resolve("README.md")));
    while (matcher.find()) {
      out.add(matcher.group(1));
    }
    return out;
  }

  @Test
  void theCommandsAreThoseThatTheChecksRun() throws IOException {
    List<String> commands = blocks().getFirst().lines().toList();
    String checks = Files.readString(Session.ROOT.resolve(".ci/run"));
    assertEquals(List.of("./girih run examples/digits.girih", "mvn verify"), commands);
    assertTrue(checks.contains(commands.getFirst()));
    assertTrue(checks.contains("verify"));
  }

  @Test
  void theProgramIsTheExampleAndPrintsWhatIsShown() throws IOException {
    Path example = Session.ROOT.resolve("examples/digits.girih");
    assertEquals(Files.readString(example), blocks().get(1));
    assertEquals(blocks().get(2), Session.run("run", example.toString()).out());
  }

  @Test
  void theModuleIsTheExamplesAndPrintsWhatIsShown() throws IOException {
    Path example = Session.ROOT.resolve("examples/digits_cnn.girih");
    assertTrue(Files.readString(example).contains(blocks().get(3)));
    assertEquals(blocks().get(4), Session.run("run", example.toString()).out());
  }

  /// Programs beside Python: those without a language's name are Girih.
  @Test
  void thePagesForUsersOfJaxParse() throws IOException {
    String page = Files.readString(Session.ROOT.resolve("docs/from-jax.md"));
    var blocks = Pattern.compile("(?m)^```([a-z]*)\n(.*?)^```$", Pattern.DOTALL).matcher(page);
    int parsed = 0;
    while (blocks.find()) {
      if (blocks.group(1).isEmpty()) {
        var diagnostics = new Diagnostics();
        SourceParser.parse(new Source("from-jax.md", blocks.group(2)), diagnostics);
        assertEquals(List.of(), diagnostics.all());
        parsed++;
      }
    }
    assertEquals(6, parsed);
  }

  @Test
  void theErrorIsWhatIsPrinted(@TempDir Path folder) throws IOException {
    Path wrong =
        Files.writeString(folder.resolve("wrong.girih"), "print(ones((3, 4)) @ ones(5))\n");
    String err = Session.run("run", wrong.toString()).err().replace(folder + "/", "");
    assertEquals(blocks().get(5), err);
  }
}
