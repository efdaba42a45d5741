package org.girih.host.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.girih.grammar.plan.Step;
import org.girih.host.array.HostArray;
import org.girih.host.file.AtomicFile;
import org.girih.host.file.FileProblem;
import org.girih.host.file.SealedArrays;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.diagnostic.Severity;
import org.girih.ir.diagnostic.Visible;
import org.girih.ir.source.Source;
import org.girih.ir.source.Span;

/// Keeps the state of a run's outermost loops, so that another can go on: in
/// `NAME.girih.checkpoint.safetensors` beside the program or in a file that the user names, written
/// whole or not at all, and gone when the run ends well.
///
/// [SavedLoop] tells what it holds. It is [locked][CheckpointLock] for one run from the first time
/// that it is written, or resumed.
public final class Checkpoints implements AutoCloseable {
  private static final String AFRESH = "run without `--resume`; the checkpoint is replaced then";

  private final Path file;
  private final String command;
  private final Duration every;
  private final Consumer<Diagnostic> warn;
  private final Inputs inputs;
  private final Set<Path> outputs = new HashSet<>();
  private final Map<String, Inputs.Input> expected = new HashMap<>();
  private Optional<SavedLoop> saved = Optional.empty();
  private CheckpointLock lock;
  private long last = System.nanoTime();
  private boolean failed;
  private volatile long written = -1;

  /// @param program the source that is run
  /// @param file where the checkpoint is kept; null for beside the program
  /// @param every the time between two checkpoints, at least
  /// @param warn is told why there are none
  public Checkpoints(Path program, Path file, Duration every, Consumer<Diagnostic> warn) {
    this.file =
        file == null
            ? program.resolveSibling(program.getFileName() + ".checkpoint.safetensors")
            : file;
    this.command = "girih run " + program;
    this.every = every;
    this.warn = warn;
    this.inputs = new Inputs(program);
    AtomicFile.clean(this.file);
  }

  /// Takes up the checkpoint that is there.
  ///
  /// @throws RunProblem if there is none, it is damaged, another run has it, or a file that it was
  ///     computed from is gone
  public void resume() throws RunProblem {
    if (!Files.exists(file)) {
      throw new RunProblem(
          Diagnostic.error(
                  Code.CANNOT_READ, "cannot resume: checkpoint `" + file + "` does not exist")
              .help("a run writes one every `--checkpoint-every` seconds, in its outermost loop"));
    }
    Optional<String> owner = lock();
    if (owner.isPresent()) {
      throw new RunProblem(CheckpointLock.busy(file, owner.get()));
    }
    SavedLoop loop;
    try {
      loop = SavedLoop.of(SealedArrays.read(file));
    } catch (FileProblem e) {
      throw new RunProblem(Diagnostic.error(e.code(), e.getMessage()).help(AFRESH));
    } catch (IOException e) {
      throw new RunProblem(refused(e.getMessage()));
    }
    for (Inputs.Input each : loop.inputs()) {
      expected.put(each.path(), each);
      if (!Files.exists(inputs.resolve(each.path()))) {
        throw new RunProblem(refused("`" + each.path() + "`, which it was computed from, is gone"));
      }
    }
    saved = Optional.of(loop);
  }

  /// Returns the checkpoint that was taken up, if one was.
  Optional<SavedLoop> saved() {
    return saved;
  }

  /// Records what the run is made of.
  ///
  /// @param sources all that were read
  /// @throws RunProblem if they are not those of the checkpoint that was taken up
  public void begin(
      SortedMap<Path, Source> sources, List<Step> steps, BiFunction<Source, String, Path> paths)
      throws RunProblem {
    FileEffects.written(steps, paths)
        .forEach(path -> outputs.add(path.toAbsolutePath().normalize()));
    for (var each : sources.entrySet()) {
      Inputs.Input now = inputs.source(each.getKey(), each.getValue().text());
      Inputs.Input then = expected.get(now.path());
      if (saved.isPresent() && then == null) {
        throw new RunProblem(refused("it was written by another program"));
      }
      Optional<String> change = then == null ? Optional.empty() : then.change(now);
      if (change.isPresent()) {
        throw new RunProblem(changed(then, change.get()));
      }
    }
    boolean loops = steps.stream().anyMatch(Step.Loop.class::isInstance);
    if (loops && saved.isEmpty()) {
      // Somebody who starts a long run shall not learn it after half a minute.
      CheckpointLock.owner(file).ifPresent(this::busy);
    }
  }

  /// Notes that a file was read; what the program writes itself is none of its inputs.
  ///
  /// @throws RunProblem if it is another than the checkpoint was computed from
  void loaded(Span at, Path path, SortedMap<String, HostArray> arrays) throws RunProblem {
    if (outputs.contains(path.toAbsolutePath().normalize())) {
      return;
    }
    var now = inputs.data(path, arrays);
    Inputs.Input then = expected.get(inputs.name(path));
    Optional<String> change = then == null ? Optional.empty() : then.change(now.join());
    if (change.isPresent()) {
      Diagnostic text = changed(then, change.get());
      throw new RunProblem(
          Diagnostic.error(text.code(), at, text.message()).help(text.help().orElse(AFRESH)));
    }
  }

  private Diagnostic changed(Inputs.Input input, String how) {
    return refused("`" + input.path() + "` was changed since: " + how)
        .help("put the file back, or run without `--resume`: the checkpoint is replaced then");
  }

  /// Reports why the checkpoint cannot be resumed.
  Diagnostic refused(String why) {
    return Diagnostic.error(
            Code.FILE_DIFFERS, "the checkpoint `" + file + "` cannot be resumed: " + why)
        .help(AFRESH);
  }

  /// Notes that an iteration is done; writes a checkpoint if it is time.
  void iteration(long loop, long next, Supplier<List<HostArray>> carry) {
    if (failed || System.nanoTime() - last < every.toNanos()) {
      return;
    }
    Optional<String> owner = lock();
    if (owner.isPresent()) {
      busy(owner.get());
    }
    if (failed) {
      return;
    }
    try {
      SealedArrays.write(file, new SavedLoop(loop, next, carry.get(), inputs.all()).arrays());
      last = System.nanoTime();
      written = next;
    } catch (FileProblem e) {
      fail(Diagnostic.error(e.code(), "no checkpoints are kept: " + e.getMessage()));
    }
  }

  /// Takes the lock; empty if this run has it, or there can be none; else who has it.
  private Optional<String> lock() {
    if (lock != null) {
      return Optional.empty();
    }
    try {
      return switch (CheckpointLock.take(file, command)) {
        case CheckpointLock.Attempt.Taken(var taken) -> {
          lock = taken;
          yield Optional.empty();
        }
        case CheckpointLock.Attempt.Busy(String owner) -> Optional.of(owner);
      };
    } catch (IOException e) {
      String why = "no checkpoints are kept: `" + file + "` cannot be locked: ";
      fail(Diagnostic.error(Code.CANNOT_WRITE, why + AtomicFile.reason(e)));
      return Optional.empty();
    }
  }

  private void busy(String owner) {
    fail(CheckpointLock.busy(file, owner));
  }

  /// Gives up checkpoints; the run itself is well and goes on.
  private void fail(Diagnostic why) {
    if (!failed) {
      warn.accept(why.withSeverity(Severity.WARNING));
    }
    failed = true;
  }

  /// Returns what to tell someone who ends the run: where it can go on.
  public String ended() {
    return written < 0
        ? "girih: ended before the first checkpoint"
        : "girih: ended; `--resume` continues at iteration "
            + written
            + ", as `"
            + Visible.text(file.toString())
            + "` has it";
  }

  /// Ends a run that went well: what it wrote is of no more use, nor what an earlier one left. What
  /// belongs to a run that goes on stays.
  void finished() {
    if (!Files.exists(file)) {
      return;
    }
    if (failed || lock().isEmpty()) {
      delete();
    }
  }

  private void delete() {
    if (lock == null) {
      return;
    }
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      String why = "the checkpoint `" + file + "` stays: " + AtomicFile.reason(e);
      warn.accept(Diagnostic.error(Code.CANNOT_WRITE, why).withSeverity(Severity.WARNING));
    }
  }

  @Override
  public void close() {
    if (lock != null) {
      lock.close();
    }
  }
}
