package org.girih.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.junit.jupiter.api.Test;

/// What the command wrote, as messages of the build.
class MessagesTest {
  private final List<String> said = new ArrayList<>();

  private List<String> said(String text) {
    var messages = new Messages(new Recording());
    text.lines().forEach(messages::line);
    messages.end();
    said.add(messages.errors() + " " + messages.first());
    return said;
  }

  private final class Recording extends SystemStreamLog {
    @Override
    public void error(CharSequence content) {
      said.add("E " + content);
    }

    @Override
    public void warn(CharSequence content) {
      said.add("W " + content);
    }

    @Override
    public void info(CharSequence content) {
      said.add("I " + content);
    }
  }

  @Test
  void errorsStandAtTheirPlace() {
    assertEquals(
        List.of(
            "E a.girih:[4,3] error[E0103]: sizes differ\n 4 | x @ y\n   = help: turn it",
            "W b.girih:[1,1] warning[E0001]: odd",
            "E error[E0601]: no file",
            "2 a.girih:[4,3] error[E0103]: sizes differ"),
        said(
            """
            error[E0103]: sizes differ
              --> a.girih:4:3
             4 | x @ y
               = help: turn it

            warning[E0001]: odd
              --> b.girih:1:1

            error[E0601]: no file
            """));
  }

  @Test
  void otherWordsAreSaidAsTheyAre() {
    assertEquals(
        List.of("I girih: fetching the plugin", "0 "), said("girih: fetching the plugin\n"));
  }
}
