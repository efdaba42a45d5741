package org.girih.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.girih.cli.Session;
import org.girih.passes.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `--stage` names: every stage of a program between passes, by its own name.
class ShowCommandTest {
  @TempDir private Path folder;

  private static List<String> words(Enum<?>[] constants) {
    return Arrays.stream(constants).map(c -> c.name().toLowerCase(Locale.ROOT)).toList();
  }

  @Test
  void helpNamesEachView() {
    List<String> views = words(ShowCommand.View.values());
    String all = views.stream().limit(views.size() - 1).collect(Collectors.joining(", "));
    String help = Session.run("show", "--help").out().replaceAll("\\s+", " ");
    assertTrue(help.contains(all + " or " + views.getLast() + "."), help);
  }

  @Test
  void eachStageIsShown() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("t.girih"), "print(grad(x -> stop_gradient(x) * x)(f32(3)))\n");
    for (String stage : words(Stage.values())) {
      Session session = Session.run("show", file.toString(), "--stage", stage);
      assertEquals("", session.err());
      boolean typed = stage.equals("typed");
      assertEquals(typed, session.out().contains("vjp_backward"), session.out());
      boolean rules = !stage.equals("transformed");
      assertEquals(rules, session.out().contains("stop_gradient"), session.out());
    }
  }
}
