package org.girih.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import org.girih.cli.array.HostArray;
import org.girih.cli.file.DataFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A run that ends in the middle of a loop goes on to the numbers of one that does not.
class ResumeTest {
  @TempDir private Path folder;

  private static final String PROGRAM =
      """
      let stop: i32 = load("stop.npy")
      let key = random.key(5)
      let (x, curve) = (ones(3), zeros(6))
      print("begins")
      for i in 0..2 { let x = x * 2 }
      for epoch in 0..6 {
        let (key, k) = random.split(key)
        let x = x + random.normal(k, (3,))
        let curve = curve with [epoch] = sum(x)
        print("epoch {epoch}: {sum(x):.6f}")
        assert epoch != stop
      }
      print(curve, random.uniform(key))
      """;

  private Path program;

  @BeforeEach
  void write() throws Exception {
    program = Files.writeString(folder.resolve("f.girih"), PROGRAM);
    stopAt(99);
  }

  private void stopAt(int epoch) throws Exception {
    var arrays = new TreeMap<String, HostArray>();
    arrays.put("", HostArray.of(epoch).reshape());
    DataFiles.write(folder.resolve("stop.npy"), arrays);
  }

  private Session run(String... options) {
    String[] args = new String[options.length + 2];
    args[0] = "run";
    args[1] = program.toString();
    System.arraycopy(options, 0, args, 2, options.length);
    return Session.run(args);
  }

  private Path checkpoint() {
    return folder.resolve("f.girih.checkpoint.safetensors");
  }

  private void stopped() throws Exception {
    stopAt(3);
    assertEquals(1, run("--checkpoint-every", "0").code());
    assertTrue(Files.exists(checkpoint()));
    stopAt(99);
  }

  @Test
  void itGoesOnToTheSameNumbers() throws Exception {
    String whole = run().out();
    stopped();
    Session rest = run("--resume");
    assertEquals(0, rest.code(), rest.err());
    // Epoch 3 failed before it was saved, so it is done again.
    assertEquals(whole.substring(whole.indexOf("epoch 3")), rest.out());
    assertFalse(Files.exists(checkpoint()));
  }

  @Test
  void nothingToResume() {
    Session session = run("--resume");
    assertEquals(1, session.code());
    assertTrue(session.err().startsWith("error[E0601]"), session.err());
  }

  @Test
  void aChangedProgramIsNotResumed() throws Exception {
    stopped();
    Files.writeString(program, PROGRAM.replace("x * 2", "x * 3"));
    Session session = run("--resume");
    assertEquals(1, session.code());
    assertTrue(session.err().startsWith("error[E0606]"), session.err());
  }

  @Test
  void aTruncatedCheckpointIsRefused() throws Exception {
    stopped();
    byte[] bytes = Files.readAllBytes(checkpoint());
    Files.write(checkpoint(), java.util.Arrays.copyOf(bytes, bytes.length - 5));
    Session session = run("--resume");
    assertEquals(1, session.code());
    assertTrue(session.err().startsWith("error[E0604]"), session.err());
  }

  @Test
  void shortRunsLeaveNothing() throws IOException {
    assertEquals(0, run().code());
    assertFalse(Files.exists(checkpoint()));
  }
}
