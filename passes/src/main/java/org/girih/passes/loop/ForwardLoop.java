package org.girih.passes.loop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.function.ToDoubleFunction;
import org.girih.ir.op.Scan;
import org.girih.ir.program.Block;
import org.girih.ir.program.Equation;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Value;

/// A scan whose stacks are read by other scans of the same block only, and which of them those
/// scans are to compute again. What an iteration computed can be computed from the scan's constants
/// and slices, the stacks that stay, and the carries that the iteration began with, which then are
/// stacked instead.
public final class ForwardLoop {
  /// At most this many stacks are weighed, the largest first.
  private static final int MOST = 256;

  /// The gain of dropping stacks.
  ///
  /// @param results the numbers of the results that are dropped
  /// @param carries the numbers of the carries that are to be stacked for it
  /// @param saved bytes that need not be held, less those of new stacks
  /// @param operations that are done again
  public record Gain(
      ForwardLoop loop,
      SequencedSet<Integer> results,
      SequencedSet<Integer> carries,
      long saved,
      double operations) {
    /// Returns the price: what is dearer comes later.
    double price() {
      return operations / saved;
    }
  }

  /// The values to be computed or read to have some values of the body again.
  ///
  /// @param equations by their places in the body
  /// @param params of the body that are read
  /// @param kept results whose stacks are read
  public record Needs(BitSet equations, SequencedSet<Value> params, SequencedSet<Integer> kept) {}

  public final Equation equation;
  public final Scan scan;
  public final Block body;

  /// The results dropped so far.
  private final SequencedSet<Integer> dropped = new LinkedHashSet<>();

  /// Carries that are stacked for it.
  private final SequencedSet<Integer> stacked = new LinkedHashSet<>();

  /// The readers of the stack of a result that may be dropped.
  private final SequencedMap<Integer, List<Equation>> readers;

  private final Map<Value, Integer> results = new LinkedHashMap<>();
  private final int[] places;
  private final ToDoubleFunction<Equation> operations;

  private ForwardLoop(
      Equation equation,
      Scan scan,
      Block body,
      SequencedMap<Integer, List<Equation>> readers,
      ToDoubleFunction<Equation> operations) {
    this.equation = equation;
    this.scan = scan;
    this.body = body;
    this.readers = readers;
    this.operations = operations;
    this.places = new int[body.ids()];
    Arrays.fill(places, -1);
    for (int i = 0; i < body.equations().size(); i++) {
      for (Value result : body.equations().get(i).results()) {
        places[result.id()] = i;
      }
    }
    for (int i = scan.carries(); i < body.results().size(); i++) {
      results.putIfAbsent(body.results().get(i), i);
    }
  }

  /// Returns a scan with a stack that may be dropped; empty if it has none.
  ///
  /// @param uses who reads a value of the block
  public static Optional<ForwardLoop> of(
      Equation equation,
      Scan scan,
      Block body,
      Map<Value, List<Equation>> uses,
      List<Value> blockResults,
      ToDoubleFunction<Equation> operations) {
    var candidates = new ArrayList<Integer>();
    for (int i = scan.carries(); i < equation.results().size(); i++) {
      Value stack = equation.results().get(i);
      List<Equation> readers = uses.getOrDefault(stack, List.of());
      boolean made = !body.params().contains(body.results().get(i));
      boolean known = stack.type().elements().known().orElse(0) > 0;
      if (made
          && known
          && !readers.isEmpty()
          && !blockResults.contains(stack)
          && readers.stream().allMatch(r -> slices(r, stack))) {
        candidates.add(i);
      }
    }
    candidates.sort(
        Comparator.comparingLong((Integer i) -> -bytes(equation.results().get(i).type())));
    var readers = new LinkedHashMap<Integer, List<Equation>>();
    for (int i : candidates.subList(0, Math.min(MOST, candidates.size()))) {
      readers.put(i, uses.get(equation.results().get(i)).stream().distinct().toList());
    }
    return readers.isEmpty() || scan.counted()
        ? Optional.empty()
        : Optional.of(new ForwardLoop(equation, scan, body, readers, operations));
  }

  /// Returns whether an equation is a scan that reads the value slice by slice, and not otherwise.
  private static boolean slices(Equation reader, Value stack) {
    return reader.op() instanceof Scan scan
        && !reader.operands().subList(0, firstSlice(scan)).contains(stack);
  }

  /// Returns where the arrays begin among a scan's operands.
  public static int firstSlice(Scan scan) {
    return (scan.counted() ? 1 : 0) + scan.constants() + scan.carries();
  }

  public static long bytes(ArrayType type) {
    return type.elements().known().orElse(0) * type.dtype().bytes();
  }

  public SequencedSet<Integer> dropped() {
    return dropped;
  }

  public SequencedSet<Integer> stacked() {
    return stacked;
  }

  public List<Equation> readers(int result) {
    return readers.get(result);
  }

  /// Returns the best that can be done next: the cheapest stack by operations for a byte, or all of
  /// them where none alone is worth the carries that it needs.
  public Optional<Gain> best() {
    Gain best = null;
    for (int result : readers.keySet()) {
      if (!dropped.contains(result)) {
        Gain gain = gain(new LinkedHashSet<>(List.of(result)));
        if (gain.saved() > 0 && (best == null || gain.price() < best.price())) {
          best = gain;
        }
      }
    }
    if (best == null) {
      var rest = new LinkedHashSet<>(readers.keySet());
      rest.removeAll(dropped);
      Gain all = gain(rest);
      best = all.saved() > 0 ? all : null;
    }
    return Optional.ofNullable(best);
  }

  private Gain gain(SequencedSet<Integer> more) {
    var out = new LinkedHashSet<>(dropped);
    out.addAll(more);
    Needs needs = needs(more, out);
    var carries = new LinkedHashSet<Integer>();
    long saved = 0;
    for (int result : more) {
      saved += bytes(equation.results().get(result).type());
    }
    for (Value param : needs.params()) {
      int carry = carry(param);
      if (carry >= 0 && !stacked.contains(carry) && !results.containsKey(param)) {
        carries.add(carry);
        saved -= scan.length().known().orElseThrow() * bytes(param.type());
      }
    }
    double once =
        needs.equations().stream()
            .mapToDouble(i -> operations.applyAsDouble(body.equations().get(i)))
            .sum();
    int times = more.stream().mapToInt(r -> readers.get(r).size()).max().orElse(1);
    return new Gain(this, more, carries, saved, once * times * scan.length().known().orElseThrow());
  }

  public void take(Gain gain) {
    dropped.addAll(gain.results());
    stacked.addAll(gain.carries());
  }

  /// Returns which carry a parameter of the body is; −1 for none.
  public int carry(Value param) {
    int at = body.params().indexOf(param) - scan.constants() - 1;
    return at < scan.carries() ? Math.max(at, -1) : -1;
  }

  /// Returns the result whose stack holds the carries of that number as the iterations begin, if
  /// there is one.
  public Optional<Integer> stackOf(Value param) {
    return Optional.ofNullable(results.get(param));
  }

  /// Returns what it takes to have these results of the body again where those others are gone.
  public Needs needs(SequencedSet<Integer> wanted, SequencedSet<Integer> gone) {
    var needs = new Needs(new BitSet(), new LinkedHashSet<>(), new LinkedHashSet<>());
    var open = new ArrayList<Value>();
    wanted.forEach(r -> open.add(body.results().get(r)));
    while (!open.isEmpty()) {
      Value value = open.removeLast();
      Integer result = results.get(value);
      int place = places[value.id()];
      if (place < 0) {
        needs.params().add(value);
      } else if (result != null && !gone.contains(result)) {
        needs.kept().add(result);
      } else if (!needs.equations().get(place)) {
        needs.equations().set(place);
        open.addAll(body.equations().get(place).operands());
      }
    }
    return needs;
  }
}
