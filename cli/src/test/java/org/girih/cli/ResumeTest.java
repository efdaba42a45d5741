package org.girih.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.girih.host.array.HostArray;
import org.girih.host.file.DataFiles;
import org.girih.host.file.SealedArrays;
import org.girih.host.run.CheckpointHolder;
import org.girih.host.run.Checkpoints;
import org.girih.host.run.RunProblem;
import org.girih.ir.diagnostic.Code;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A run that ends in the middle of a loop goes on to the numbers of one that does not.
class ResumeTest {
  @TempDir private Path folder;

  private static final String PROGRAM =
      """
      let d: f32[3] = load("d.npy")
      let key = random.key(5)
      let (x, curve) = (d, zeros(6))
      print("begins")
      for i in 0..2 { let x = x * 2 }
      for epoch in 0..6 {
        let (key, k) = random.split(key)
        let x = x + random.normal(k, (3,))
        let curve = curve with [epoch] = sum(x)
        print("epoch {epoch}: {sum(x):.6f}")
        if epoch == 3 { save("gate/x.npy", x) }
      }
      print(curve, random.uniform(key))
      """;

  private Path program;

  @BeforeEach
  void write() throws Exception {
    program = Files.writeString(folder.resolve("f.girih"), PROGRAM);
    data(1, 2, 3);
    Files.createDirectory(folder.resolve("gate"));
  }

  private void data(float... values) throws Exception {
    var arrays = new TreeMap<>(Map.of("", HostArray.of(values)));
    DataFiles.write(folder.resolve("d.npy"), arrays);
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

  /// Runs until round 3 fails: it saves where there is no folder.
  private void stopped(String... options) throws Exception {
    Path gate = folder.resolve("gate");
    Files.deleteIfExists(gate.resolve("x.npy"));
    Files.delete(gate);
    var all = new ArrayList<>(List.of("--checkpoint-every", "0"));
    all.addAll(List.of(options));
    Session session = run(all.toArray(String[]::new));
    assertTrue(session.err().startsWith("error[E0602]"), session.err());
    Files.createDirectory(gate);
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
    assertTrue(session.err().startsWith("error[E0606]"), session.err());
  }

  @Test
  void aChangedDataFileIsNamed() throws Exception {
    stopped();
    data(1, 2, 4);
    Session session = run("--resume");
    assertEquals(1, session.code());
    assertTrue(session.err().startsWith("error[E0606]"), session.err());
    assertTrue(
        session.err().contains("`d.npy` was changed since: its content is another"), session.err());
    assertEquals("", session.out());
    data(1, 2, 3);
    assertEquals(0, run("--resume").code());
  }

  @Test
  void aDataFileOfAnotherSizeIsNamed() throws Exception {
    stopped();
    Path data = folder.resolve("d.npy");
    byte[] bytes = Files.readAllBytes(data);
    // Another version of the header, which is two bytes longer, and another number.
    data(1, 2, 5);
    byte[] other = Files.readAllBytes(data);
    byte[] more = new byte[other.length + 2];
    System.arraycopy(other, 0, more, 0, 10);
    more[6] = 2;
    System.arraycopy(other, 10, more, 12, other.length - 10);
    Files.write(data, more);
    Session session = run("--resume");
    assertTrue(
        session.err().contains("it had " + bytes.length + " bytes, and has " + more.length),
        session.err());
  }

  @Test
  void aMissingDataFileIsNamed() throws Exception {
    stopped();
    Files.delete(folder.resolve("d.npy"));
    Session session = run("--resume");
    assertEquals(1, session.code());
    assertTrue(session.err().startsWith("error[E0606]"), session.err());
    assertTrue(session.err().contains("`d.npy`, which it was computed from, is gone"));
  }

  @Test
  void theFolderMayMove() throws Exception {
    String whole = run().out();
    stopped();
    Path other = Files.createDirectory(folder.resolve("other"));
    for (String name : List.of("f.girih", "d.npy", "gate", "f.girih.checkpoint.safetensors")) {
      Files.move(folder.resolve(name), other.resolve(name));
    }
    program = other.resolve("f.girih");
    Session rest = run("--resume");
    assertEquals(0, rest.code(), rest.err());
    assertEquals(whole.substring(whole.indexOf("epoch 3")), rest.out());
  }

  @Test
  void whatTheProgramWritesItselfIsNoInput() throws Exception {
    Files.writeString(
        program,
        """
        let last = load("last.npy")
        for i in 0..6 {
          save("last.npy", ones(2) * f32(i))
          if i == 3 { save("gate/x.npy", last) }
        }
        print(sum(last) > 100)
        """);
    var arrays = new TreeMap<>(Map.of("", HostArray.of(3f, 4f)));
    DataFiles.write(folder.resolve("last.npy"), arrays);
    stopped();
    Session rest = run("--resume");
    assertEquals(0, rest.code(), rest.err());
    assertEquals("False\n", rest.out());
  }

  /// Some hundred bytes from all parts of the file.
  @Test
  void everyDamagedByteIsFound() throws Exception {
    stopped();
    byte[] good = Files.readAllBytes(checkpoint());
    int step = Math.max(1, good.length / 300);
    for (int at = 0; at < good.length; at += step) {
      byte[] bad = good.clone();
      bad[at] ^= (byte) (1 << (at % 8));
      Files.write(checkpoint(), bad);
      var checkpoints = new Checkpoints(program, null, Duration.ZERO, _ -> {});
      var problem = assertThrows(RunProblem.class, checkpoints::resume, "byte " + at);
      assertEquals(Code.FILE_DIFFERS, problem.diagnostic().code(), "byte " + at);
      checkpoints.close();
    }
    Files.write(checkpoint(), good);
    assertEquals(0, run("--resume").code());
  }

  @Test
  void foreignAndOlderFilesAreRefused() throws Exception {
    for (byte[] bytes : List.of(new byte[0], new byte[31], new byte[32], new byte[10_000])) {
      Files.write(checkpoint(), bytes);
      refused("its checksum is wrong");
    }
    // As it was before there were seals.
    DataFiles.write(checkpoint(), new TreeMap<>(Map.of("girih.place", HostArray.of(1L, 3L))));
    refused("its checksum is wrong");
    SealedArrays.write(checkpoint(), new TreeMap<>(Map.of("girih.place", HostArray.of(1L, 3L))));
    refused("another version");
    Files.delete(checkpoint());
    Files.createDirectory(checkpoint());
    refused("its checksum is wrong");
  }

  private void refused(String why) {
    Session session = run("--resume");
    assertEquals(1, session.code());
    assertTrue(session.err().startsWith("error[E0606]"), session.err());
    assertTrue(session.err().contains(why), session.err());
  }

  @Test
  void countersOutsideOfTheLoopAreRefused() throws Exception {
    stopped();
    var good = SealedArrays.read(checkpoint());
    long[][] bad = {{1, 0}, {1, -1}, {1, 6}, {1, 1L << 32 | 3}, {0, 3}, {2, 3}, {-1, 3}};
    for (long[] place : bad) {
      good.put("girih.place", HostArray.of(good.get("girih.place").integer(0), place[0], place[1]));
      SealedArrays.write(checkpoint(), good);
      refused("cannot be resumed");
    }
    good.put("girih.place", HostArray.of(good.get("girih.place").integer(0), 1, 3));
    SealedArrays.write(checkpoint(), good);
    assertEquals(0, run("--resume").code());
  }

  @Test
  void aPathOfItsOwn() throws Exception {
    String whole = run().out();
    Path own = folder.resolve("own.safetensors");
    stopped("--checkpoint", own.toString());
    assertTrue(Files.exists(own));
    assertFalse(Files.exists(checkpoint()));
    Session rest = run("--resume", "--checkpoint", own.toString());
    assertEquals(whole.substring(whole.indexOf("epoch 3")), rest.out(), rest.err());
    assertFalse(Files.exists(own));
  }

  @Test
  void anEntryHasNoLoopToResume() {
    Session session = run("--resume", "--entry", "f");
    assertEquals(2, session.code());
    assertTrue(session.err().contains("`--resume` continues a loop of the program"), session.err());
  }

  @Test
  void twoRunsDoNotShareACheckpoint() throws Exception {
    stopped();
    byte[] others = Files.readAllBytes(checkpoint());
    Process other = CheckpointHolder.start(checkpoint());
    try {
      Session second = run("--checkpoint-every", "0");
      assertEquals(0, second.code(), second.err());
      assertTrue(second.err().startsWith("warning[E0611]"), second.err());
      assertTrue(
          second.err().contains("belongs to process " + other.pid() + ", since "), second.err());
      assertTrue(second.err().contains("`girih run other.girih`"), second.err());
      assertTrue(second.err().contains("`--checkpoint PATH`"), second.err());
      assertArrayEquals(others, Files.readAllBytes(checkpoint()));
      Session resumed = run("--resume");
      assertEquals(1, resumed.code());
      assertTrue(resumed.err().startsWith("error[E0611]"), resumed.err());
    } finally {
      other.destroyForcibly().waitFor();
    }
    // The lock's file is still there, and its process is not.
    assertTrue(Files.exists(folder.resolve(".f.girih.checkpoint.safetensors.lock")));
    assertEquals(0, run("--resume").code());
    assertFalse(Files.exists(checkpoint()));
    assertFalse(Files.exists(folder.resolve(".f.girih.checkpoint.safetensors.lock")));
  }

  @Test
  void shortRunsLeaveNothing() throws IOException {
    assertEquals(0, run().code());
    assertFalse(Files.exists(checkpoint()));
  }
}
