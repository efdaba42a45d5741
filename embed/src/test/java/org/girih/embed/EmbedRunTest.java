package org.girih.embed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import org.girih.host.array.HostArray;
import org.girih.host.effect.Plotter;
import org.girih.host.effect.Progress;
import org.girih.ir.diagnostic.Code;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole programs, with all of their effects; expected values are worked out by hand.
class EmbedRunTest extends HostFixture {
  private static final String DOUBLE =
      """
      let x = load("x.npy")
      let y = x
      for i in 0..3 {
        let y = y * 2
        print("{i}: {sum(y):.1f}")
      }
      save("y.npy", y)
      """;

  @TempDir Path folder;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private RunSettings settings;

  @BeforeEach
  void settings() {
    settings = RunSettings.standard().with(new PrintStream(printed, true, StandardCharsets.UTF_8));
  }

  private String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private ProgramException refused(String text) {
    String name = folder.resolve("p.girih").toString();
    return assertThrows(ProgramException.class, () -> Embed.run(device, name, text, settings));
  }

  @Test
  void printsLoadsLoopsAndSaves() throws IOException {
    Path make = file("make.girih", "save(\"x.npy\", ones((2, 3)))");
    Path twice = file("double.girih", DOUBLE);
    assertEquals(List.of(), Embed.run(device, make, settings));
    assertEquals(List.of(), Embed.run(device, twice, settings));
    assertEquals("0: 12.0\n1: 24.0\n2: 48.0\n", printed());
    printed.reset();
    Embed.run(
        device, folder.resolve("show").toString(), "let y = load(\"y.npy\")\nprint(y)", settings);
    assertEquals("[[8. 8. 8.]\n [8. 8. 8.]]\n", printed());
  }

  @Test
  void importsLieBesideTheProgram() throws IOException {
    file("lib.girih", "def twice(x) = x * 2");
    Path main = file("main.girih", "import \"lib.girih\" as lib\nprint(lib.twice(arange(3)))");
    Embed.run(device, main, settings);
    assertEquals("[0 2 4]\n", printed());
  }

  @Test
  void textsNeedNoDevice() {
    Embed.run(device, "hello.girih", "print(\"{1 + 2} is three\")", settings);
    assertEquals("3 is three\n", printed());
  }

  @Test
  void failuresHaveCodeAndPlace() {
    ProgramException wrong = refused("print(ones(3) @ ones(4))");
    assertEquals(Code.CONTRACTED_SIZES_DIFFER, wrong.diagnostics().getFirst().code());
    assertTrue(wrong.getMessage().contains("p.girih:1:15"), wrong.getMessage());
    ProgramException none = refused("let x = load(\"none.npy\")\nprint(x)");
    assertEquals(Code.CANNOT_READ, none.diagnostics().getFirst().code());
    ProgramException asserted = refused("print(1)\nassert sum(ones(3)) > 4");
    assertEquals(Code.ASSERTION_FAILED, asserted.diagnostics().getFirst().code());
    assertTrue(asserted.getMessage().contains("p.girih:2:8"), asserted.getMessage());
    assertEquals("1\n", printed());
    Path missing = folder.resolve("missing.girih");
    var gone = assertThrows(ProgramException.class, () -> Embed.run(device, missing, settings));
    assertEquals(Code.CANNOT_READ, gone.diagnostics().getFirst().code());
  }

  @Test
  void plotsWantAPlotter() throws IOException {
    String text = "print(1)\nplot(\"a.svg\", {b = arange(3), a = zeros(2)})\n";
    ProgramException none = refused(text);
    assertTrue(none.getMessage().contains("this run has no plotter"), none.getMessage());
    assertTrue(none.getMessage().contains("p.girih:2:1"), none.getMessage());
    assertEquals("", printed()); // before anything is done
    var drawn = new ArrayList<String>();
    var plotter =
        new Plotter() {
          @Override
          public void plot(Path file, SequencedMap<String, HostArray> arrays) {
            drawn.add(file.getFileName() + ": " + arrays.keySet());
          }

          @Override
          public void image(Path file, HostArray image) throws IOException {
            throw new IOException("no ink for " + file.getFileName());
          }
        };
    String name = folder.resolve("p.girih").toString();
    settings = settings.with(plotter);
    Embed.run(device, name, text, settings);
    assertEquals(List.of("a.svg: [a, b]"), drawn);
    ProgramException ink = refused("save(\"i.png\", zeros((2, 2)))");
    assertTrue(ink.getMessage().startsWith("error[E0602]: no ink for i.png"), ink.getMessage());
  }

  /// The first iteration's time comes from the checkpoint of another run.
  @Test
  void timesGoOnWhenARunIsResumed() throws IOException {
    Path kept = folder.resolve("kept.safetensors");
    Path program =
        file(
            "times.girih",
            """
            let last = clock()
            let stop = load("stop.npy")
            for i in 0..3 {
              let now = clock()
              print(i, now >= last)
              let last = now
              assert i < stop
            }
            """);
    Path make = folder.resolve("make");
    Embed.run(device, make.toString(), "save(\"stop.npy\", 1)", settings);
    RunSettings first = settings.with(new RunSettings.Checkpoint(kept, Duration.ZERO, false));
    assertThrows(ProgramException.class, () -> Embed.run(device, program, first));
    RunSettings again = settings.with(new RunSettings.Checkpoint(kept, Duration.ZERO, true));
    assertThrows(ProgramException.class, () -> Embed.run(device, program, again));
    assertEquals("0 True\n1 True\n1 True\n", printed());
  }

  @Test
  void aDefThatIsCalledFromOutsideHasNoClock() {
    String text =
        "let t = clock()\nlet w = ones(2)\nlet u = clock()\n"
            + "def f(x: f32[2]) = x * w\ndef g(x: f64) = x - t\n";
    var e = assertThrows(ProgramException.class, () -> Embed.load(device, "c.girih", text));
    assertEquals(1, e.diagnostics().size(), e.getMessage());
    assertTrue(e.getMessage().startsWith("error[E0207]"), e.getMessage());
    assertTrue(e.getMessage().contains("`g` uses"), e.getMessage());
    String good = text.substring(0, text.indexOf("def g"));
    try (var program = Embed.load(device, "c.girih", good);
        var f = program.function("f").prepare()) {
      assertArrayEquals(new float[] {3, 4}, f.add(3, 4f).floats());
    }
  }

  @Test
  void aRunThatFailedGoesOn() throws IOException {
    var seen = new ArrayList<Long>();
    var progress =
        new Progress() {
          @Override
          public void begin(String name, long iterations) {}

          @Override
          public void done(String name, long iterations, long of) {
            seen.add(iterations);
            if (seen.size() == 2) {
              throw new IllegalStateException("the user has had enough");
            }
          }

          @Override
          public void makeWay() {}

          @Override
          public void end() {}

          @Override
          public void close() {}
        };
    Path kept = folder.resolve("kept.safetensors");
    Path program =
        file(
            "loop.girih",
            """
            let x = ones(2)
            for i in 0..4 {
              let x = x * 3
              print(i, x)
            }
            print(sum(x))
            """);
    RunSettings first =
        settings.with(progress).with(new RunSettings.Checkpoint(kept, Duration.ZERO, false));
    assertThrows(IllegalStateException.class, () -> Embed.run(device, program, first));
    assertTrue(Files.exists(kept));
    assertEquals("0 [3. 3.]\n1 [9. 9.]\n", printed());
    printed.reset();
    Embed.run(
        device, program, settings.with(new RunSettings.Checkpoint(kept, Duration.ZERO, true)));
    assertEquals("1 [9. 9.]\n2 [27. 27.]\n3 [81. 81.]\n162.0\n", printed());
    assertFalse(Files.exists(kept));
  }
}
