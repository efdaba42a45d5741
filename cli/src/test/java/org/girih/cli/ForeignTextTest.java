package org.girih.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.girih.host.array.HostArray;
import org.girih.host.file.DataFiles;
import org.girih.host.run.RunProblem;
import org.girih.ir.diagnostic.Visible;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Text from outside in what Girih says: nothing of it is raw, and no name fills the screen.
class ForeignTextTest {
  private static final String BAD = "\u001b[2J\u202e\u200b";
  private static final String GOOD = "\\u{1b}[2J\\u{202e}\\u{200b}";

  @TempDir private Path folder;

  private String said(String program) throws Exception {
    Path file = Files.writeString(folder.resolve("f.girih"), program);
    Session session = Session.run("run", file.toString());
    assertNotEquals(0, session.code());
    return clean(session.err());
  }

  private static String clean(String text) {
    assertTrue(text.codePoints().noneMatch(c -> c != '\n' && Visible.hidden(c)), text);
    return text;
  }

  @Test
  void aStringLiteral() throws Exception {
    String said = said("print(\"" + BAD + "\" + 1)");
    assertTrue(said.lines().findFirst().orElseThrow().contains("\"" + GOOD + "\""), said);
    assertTrue(said.contains("1 | print(\"" + GOOD + "\" + 1)"), said);
  }

  @Test
  void aLongStringLiteral() throws Exception {
    String said = said("print(\"" + "ab ".repeat(100_000) + "\" + 1)");
    assertTrue(said.length() < 2000, said.length() + " characters");
  }

  @Test
  void aName() throws Exception {
    String said = said("let x = " + "a".repeat(1_000_000));
    assertTrue(said.contains("`" + "a".repeat(59) + "…" + "a".repeat(20) + "`"), said);
    assertTrue(said.length() < 2000, said.length() + " characters");
  }

  @Test
  void theFieldsOfALoadedFile() throws Exception {
    var arrays = new TreeMap<>(Map.of("a" + BAD, HostArray.of(1), "b", HostArray.of(2)));
    DataFiles.write(folder.resolve("d.npz"), arrays);
    String said = said("let d = load(\"d.npz\")\nprint(d + 1)");
    assertTrue(said.contains(GOOD), said);
  }

  @Test
  void theNameOfAFile() throws Exception {
    Session session = Session.run("run", folder.resolve("no" + BAD + ".girih").toString());
    assertEquals(1, session.code());
    assertTrue(clean(session.err()).contains("no" + GOOD + ".girih"), session.err());
    Path there = Files.writeString(folder.resolve("x" + BAD + ".girih"), "print(y)");
    session = Session.run("check", there.toString());
    assertTrue(clean(session.err()).contains("x" + GOOD + ".girih:1:7"), session.err());
  }

  @Test
  void theNameOfATest() throws Exception {
    Path file =
        Files.writeString(folder.resolve("t.girih"), "test \"" + BAD + "\" { assert true }");
    Session session = Session.run("test", file.toString());
    assertEquals(0, session.code(), session.err());
    assertTrue(clean(session.out()).contains("ok      " + GOOD), session.out());
  }

  /// A plugin's message comes as an exception's.
  @Test
  void whatAPluginSays() {
    var problem =
        new RunProblem(
            org.girih.ir.diagnostic.Diagnostic.error(
                org.girih.ir.diagnostic.Code.PLUGIN_FAILED, "the plugin failed: " + BAD));
    assertEquals("the plugin failed: " + GOOD, problem.getMessage());
  }

  /// What a program prints is its own.
  @Test
  void resultsAreAsTheProgramWantsThem() throws Exception {
    Path file = Files.writeString(folder.resolve("f.girih"), "print(\"" + BAD + "\")");
    Session session = Session.run("run", file.toString());
    assertEquals(BAD + "\n", session.out());
    assertFalse(session.out().contains("\\u"));
  }
}
