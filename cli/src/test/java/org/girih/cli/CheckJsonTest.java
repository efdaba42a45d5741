package org.girih.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `girih check --json`, read again.
class CheckJsonTest {
  @TempDir private Path folder;

  private JsonArray check(int code, String text, String... options) throws IOException {
    Path file = Files.writeString(folder.resolve("f.girih"), text);
    String[] args = new String[options.length + 3];
    args[0] = "check";
    args[1] = file.toString();
    args[2] = "--json";
    System.arraycopy(options, 0, args, 3, options.length);
    Session session = Session.run(args);
    assertEquals(code, session.code(), session.err());
    assertEquals("", session.err());
    return JsonParser.parseString(session.out()).getAsJsonObject().getAsJsonArray("diagnostics");
  }

  private static void place(JsonObject span, String numbers) {
    assertTrue(span.get("file").getAsString().endsWith("f.girih"));
    assertEquals(
        numbers,
        "%s %s %s %s %s %s"
            .formatted(
                span.get("line"),
                span.get("column"),
                span.get("end_line"),
                span.get("end_column"),
                span.get("offset"),
                span.get("end_offset")));
  }

  @Test
  void nothingIsWrong() throws IOException {
    assertEquals(new JsonArray(), check(0, "print(1)\n"));
  }

  @Test
  void aFixThatIsCertain() throws IOException {
    JsonArray all = check(1, "# 😀\nprint(None)\n");
    assertEquals(1, all.size());
    JsonObject error = all.get(0).getAsJsonObject();
    assertEquals("E0201", error.get("code").getAsString());
    assertEquals("error", error.get("severity").getAsString());
    assertEquals("unknown name `None`", error.get("message").getAsString());
    assertEquals("write `none`", error.get("help").getAsString());
    place(error.getAsJsonObject("span"), "2 7 2 11 11 15");
    JsonObject label = error.getAsJsonArray("labels").get(0).getAsJsonObject();
    assertTrue(label.get("primary").getAsBoolean());
    assertEquals("", label.get("text").getAsString());
    JsonObject fix = error.getAsJsonArray("fixes").get(0).getAsJsonObject();
    assertEquals("none", fix.get("replacement").getAsString());
    assertTrue(fix.get("certain").getAsBoolean());
    place(fix.getAsJsonObject("span"), "2 7 2 11 11 15");
  }

  @Test
  void aGuessIsNotCertain() throws IOException {
    JsonObject error = check(1, "print(arnage(3))\n").get(0).getAsJsonObject();
    JsonObject fix = error.getAsJsonArray("fixes").get(0).getAsJsonObject();
    assertEquals("arange", fix.get("replacement").getAsString());
    assertFalse(fix.get("certain").getAsBoolean());
  }

  @Test
  void theTrace() throws IOException {
    JsonObject error =
        check(1, "def f(x) = x + ones(2)\nprint(f(ones(3)))\n").get(0).getAsJsonObject();
    assertEquals("E0102", error.get("code").getAsString());
    JsonObject frame = error.getAsJsonArray("trace").get(0).getAsJsonObject();
    assertEquals("f(x: f32[3])", frame.get("signature").getAsString());
    assertTrue(frame.get("caller").isJsonNull());
    place(frame.getAsJsonObject("called_at"), "2 7 2 17 29 39");
    assertEquals(0, error.getAsJsonArray("fixes").size());
  }

  @Test
  void warningsAreThereToo() throws IOException {
    String text = "let a = 1\nprint(2)\n";
    JsonArray all = check(0, text);
    assertEquals("warning", all.get(0).getAsJsonObject().get("severity").getAsString());
    assertEquals(0, check(0, text, "--no-warnings").size());
  }

  @Test
  void aFileThatIsNotThere() {
    Session session = Session.run("check", folder.resolve("no.girih").toString(), "--json");
    assertEquals(1, session.code());
    JsonObject error =
        JsonParser.parseString(session.out())
            .getAsJsonObject()
            .getAsJsonArray("diagnostics")
            .get(0)
            .getAsJsonObject();
    assertEquals("E0601", error.get("code").getAsString());
    assertTrue(error.get("span").isJsonNull());
  }
}
