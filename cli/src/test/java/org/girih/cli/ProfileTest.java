package org.girih.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `girih run --profile` and `--trace`.
class ProfileTest {
  @TempDir private Path folder;

  private Session run(String... options) throws Exception {
    Path file = folder.resolve("f.girih");
    Files.writeString(
        file,
        """
        let x = arange(4.0)
        save("x.npy", x)
        for i in 0..3 { let x = x * 2 }
        print(x)
        """);
    String[] args = new String[options.length + 2];
    args[0] = "run";
    args[1] = file.toString();
    System.arraycopy(options, 0, args, 2, options.length);
    return Session.run(Map.of("GIRIH_COMPILE_CACHE", "off"), args);
  }

  @Test
  void aLineForEachPhase() throws Exception {
    Session session = run("--profile");
    assertEquals("[ 0.  8. 16. 24.]\n", session.out());
    assertEquals(0, session.code());
    String[] lines = session.err().split("\n");
    assertTrue(lines[0].matches(" +ms +share +times +phase"), session.err());
    for (String phase :
        new String[] {
          "1  start of the JVM",
          "1  parse and elaborate",
          "1  passes",
          "2  XLA compiles",
          "4  run on the device",
          "2  files, plots and prints"
        }) {
      assertTrue(session.err().contains(phase + "\n"), phase + " in\n" + session.err());
    }
    assertTrue(lines[lines.length - 1].contains("100.0%"), session.err());
  }

  @Test
  void aTraceForViewers() throws Exception {
    Path trace = folder.resolve("t.json");
    assertEquals("", run("--trace", trace.toString()).err());
    JsonObject json = JsonParser.parseString(Files.readString(trace)).getAsJsonObject();
    var names = new TreeSet<String>();
    double runs = 0;
    for (var each : json.getAsJsonArray("traceEvents")) {
      JsonObject event = each.getAsJsonObject();
      if (event.get("ph").getAsString().equals("X")) {
        names.add(event.get("cat").getAsString());
        assertTrue(event.get("dur").getAsDouble() >= 0);
        assertTrue(event.get("ts").getAsDouble() >= 0);
        if (event.get("name").getAsString().endsWith("f.girih:3")) {
          runs++;
        }
      }
    }
    assertTrue(names.contains("XLA compiles") && names.contains("run on the device"), "" + names);
    assertTrue(runs >= 3, json.toString());
    assertEquals(0, json.get("spansLeftOut").getAsInt());
  }

  @Test
  void aTraceThatCannotBeWritten() throws Exception {
    Session session = run("--trace", folder.resolve("no/t.json").toString());
    assertEquals(1, session.code());
    assertTrue(session.err().startsWith("error[E0602]"), session.err());
    assertEquals("[ 0.  8. 16. 24.]\n", session.out());
  }
}
