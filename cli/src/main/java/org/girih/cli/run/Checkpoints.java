package org.girih.cli.run;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.girih.cli.array.HostArray;
import org.girih.cli.file.AtomicFile;
import org.girih.cli.file.DataFiles;
import org.girih.cli.file.FileProblem;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;

/// What a run keeps of its outermost loops, so that another can go on: beside the program, in
/// `NAME.girih.checkpoint.safetensors`, written whole or not at all, and gone when the run ends
/// well.
///
/// It holds the loop's number, the next round's counter, the carry, and a digest of the sources: a
/// changed program is not resumed.
public final class Checkpoints {
  private final Path file;
  private final int[] digest;
  private final Duration every;
  private final PrintStream err;
  private long last = System.nanoTime();
  private boolean failed;
  private volatile int written = -1;

  /// @param next the counter of the round that comes next
  record Saved(long loop, int next, List<HostArray> carry) {}

  /// @param program the source that is run
  /// @param digest of all its sources
  /// @param every the time between two checkpoints, at least
  public Checkpoints(Path program, int[] digest, Duration every, PrintStream err) {
    this.file = program.resolveSibling(program.getFileName() + ".checkpoint.safetensors");
    this.digest = digest.clone();
    this.every = every;
    this.err = err;
    AtomicFile.clean(file);
  }

  /// The checkpoint that is there.
  ///
  /// @throws RunProblem if there is none, or it is another program's
  Saved read() throws RunProblem {
    if (!Files.exists(file)) {
      throw new RunProblem(
          Diagnostic.error(Code.CANNOT_READ, "there is no checkpoint `" + file + "` to resume from")
              .help("a run writes one every `--checkpoint-every` seconds, in its outermost loop"));
    }
    try {
      var arrays = DataFiles.read(file);
      HostArray place = arrays.get("girih.place");
      HostArray program = arrays.get("girih.program");
      boolean whole =
          place != null && place.size() == 2 && program != null && program.size() == digest.length;
      if (!whole || !HostArray.of(digest).equals(program)) {
        throw new RunProblem(
            Diagnostic.error(
                    Code.FILE_DIFFERS,
                    "`" + file + "` was written by another program, or before this one was changed")
                .help("run without `--resume`; the file is replaced then"));
      }
      var carry = new ArrayList<HostArray>();
      while (arrays.containsKey("carry." + carry.size())) {
        carry.add(arrays.get("carry." + carry.size()));
      }
      return new Saved(place.integer(0), (int) place.integer(1), carry);
    } catch (FileProblem e) {
      throw new RunProblem(Diagnostic.error(e.code(), e.getMessage()));
    }
  }

  /// A round is done; writes a checkpoint if it is time.
  void round(long loop, int next, Supplier<List<HostArray>> carry) {
    if (failed || System.nanoTime() - last < every.toNanos()) {
      return;
    }
    var arrays = new TreeMap<String, HostArray>();
    arrays.put("girih.place", HostArray.of(loop, next));
    arrays.put("girih.program", HostArray.of(digest));
    List<HostArray> values = carry.get();
    for (int i = 0; i < values.size(); i++) {
      arrays.put("carry." + i, values.get(i));
    }
    try {
      DataFiles.write(file, arrays);
      last = System.nanoTime();
      written = next;
    } catch (FileProblem e) {
      // The run itself is well: it goes on without.
      failed = true;
      err.println("girih: no checkpoints: " + e.getMessage());
    }
  }

  /// What to say to somebody who ends the run: where it can go on.
  public String ended() {
    return written < 0
        ? "girih: ended before the first checkpoint"
        : "girih: ended; `--resume` goes on from round " + written + ", as `" + file + "` has it";
  }

  /// The run has ended well.
  void finished() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      err.println("girih: the checkpoint `" + file + "` stays: " + e.getMessage());
    }
  }
}
