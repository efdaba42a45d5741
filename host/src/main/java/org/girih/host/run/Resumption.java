package org.girih.host.run;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.girih.host.array.HostArray;
import org.girih.ir.diagnostic.Diagnostic;

/// Takes a run back to the loop that its checkpoint was written in, and writes the next ones.
final class Resumption {
  private final Optional<Checkpoints> checkpoints;
  private final Transfers transfers;

  /// What is to be resumed; empty once its loop is reached.
  private Optional<SavedLoop> saved;

  private long loops;

  Resumption(Optional<Checkpoints> checkpoints, Transfers transfers) {
    this.checkpoints = checkpoints;
    this.transfers = transfers;
    this.saved = checkpoints.flatMap(Checkpoints::saved);
  }

  /// Returns whether its loop is still to come: until then effects are silent.
  boolean pending() {
    return saved.isPresent();
  }

  /// Numbers the next of the outermost loops.
  long nextLoop() {
    return loops++;
  }

  /// Returns the iteration that a loop begins with: the first, or the one that the checkpoint was
  /// written before, whose carry is in the slots then.
  ///
  /// @param loop its number among the outermost ones
  /// @param end the iteration behind the last
  int begin(long loop, int first, int end, List<Integer> carry) throws RunProblem {
    if (saved.isEmpty() || loop != saved.get().loop()) {
      return first;
    }
    long next = saved.get().next();
    // A checkpoint is written between two iterations.
    if (next <= first || next >= end) {
      throw refused(
          "it continues at iteration %d, and the loop has %d to %d"
              .formatted(next, first, end - 1));
    }
    restore(saved.get().carry(), carry);
    saved = Optional.empty();
    return (int) next;
  }

  private void restore(List<HostArray> values, List<Integer> carry) throws RunProblem {
    boolean fits = values.size() == carry.size();
    for (int i = 0; fits && i < values.size(); i++) {
      HostArray now = transfers.array(carry.get(i));
      fits =
          now.dtype() == values.get(i).dtype() && Arrays.equals(now.dims(), values.get(i).dims());
    }
    if (!fits) {
      throw refused("it does not hold what the loop carries");
    }
    for (int i = 0; i < values.size(); i++) {
      transfers.put(carry.get(i), values.get(i));
    }
  }

  /// Notes that an iteration of an outermost loop is done, and another follows.
  void done(long loop, int next, Supplier<List<HostArray>> carry) {
    if (!pending()) {
      checkpoints.ifPresent(c -> c.iteration(loop, next, carry));
    }
  }

  /// Notes that all steps are done.
  ///
  /// @throws RunProblem if what was to be resumed was not among them
  void finish() throws RunProblem {
    if (pending()) {
      throw refused("it is of a loop that this run does not reach");
    }
    checkpoints.ifPresent(Checkpoints::finished);
  }

  private RunProblem refused(String why) {
    Diagnostic diagnostic = checkpoints.orElseThrow().refused(why);
    return new RunProblem(diagnostic);
  }
}
