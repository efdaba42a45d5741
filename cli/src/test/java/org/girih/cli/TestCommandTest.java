package org.girih.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestCommandTest {
  @TempDir private Path folder;

  private static final String FILE =
      """
      let n = 3
      def twice(x) = 2 * x
      test "twice" { assert twice(n) == 6 }
      test "wrong" {
        let x = twice(ones(2))
        assert all(x == 3.0)
      }
      test "ill typed" { assert ones(2) + ones(3) == 1 }
      test "a loop" {
        let s = 0
        for i in 0..4 { let s = s + i }
        assert s == 6
      }
      """;

  private Session run(String... more) throws IOException {
    String file = Files.writeString(folder.resolve("f.girih"), FILE).toString();
    String[] args = new String[2 + more.length];
    args[0] = "test";
    args[1] = file;
    System.arraycopy(more, 0, args, 2, more.length);
    return Session.run(args);
  }

  @Test
  void eachTestIsRunForItself() throws IOException {
    Session session = run();
    assertEquals(1, session.code());
    assertEquals(
        "ok      twice\nFAILED  wrong\nFAILED  ill typed\nok      a loop\n2 passed, 2 failed\n",
        session.out());
    assertTrue(session.err().startsWith("error[E0706]"), session.err());
    assertTrue(session.err().contains("error[E0102]"), session.err());
  }

  @Test
  void onlySome() throws IOException {
    Session session = run("--only", "loop");
    assertEquals(0, session.code(), session.err());
    assertEquals("ok      a loop\n1 passed, 0 failed\n", session.out());
  }

  @Test
  void reportsAreJUnits() throws Exception {
    Session session = run("--junit", folder.resolve("reports").toString());
    assertEquals(1, session.code());
    var file = folder.resolve("reports/TEST-f.xml").toFile();
    var suite =
        javax.xml.parsers.DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(file)
            .getDocumentElement();
    assertEquals("4", suite.getAttribute("tests"));
    assertEquals("2", suite.getAttribute("failures"));
    var failures = suite.getElementsByTagName("failure");
    assertEquals(2, failures.getLength());
    var first = (org.w3c.dom.Element) failures.item(0);
    assertEquals("E0706", first.getAttribute("type"));
    assertEquals("wrong", ((org.w3c.dom.Element) first.getParentNode()).getAttribute("name"));
    assertTrue(first.getTextContent().contains("f.girih:6:"), first.getTextContent());
  }
}
