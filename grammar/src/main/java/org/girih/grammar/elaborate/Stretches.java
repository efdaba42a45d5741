package org.girih.grammar.elaborate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.girih.ir.op.FuncRef;
import org.girih.ir.program.Entry;
import org.girih.ir.program.Program;
import org.girih.ir.type.ArrayType;

/// The host program under construction. Each *stretch* of pure statements between two effects is
/// one function; what a later stretch or an effect uses of it becomes one of its results.
final class Stretches {
  private final Elaboration e;
  private final Trace outside;
  private final Map<Val.Array, Integer> slots = new HashMap<>();
  private final List<Stretch> stretches = new ArrayList<>();
  private final List<Object> steps = new ArrayList<>();
  private Stretch current;

  private static final class Stretch {
    final Trace trace;
    final SequencedSet<Val.Array> outputs = new LinkedHashSet<>();

    Stretch(Trace trace) {
      this.trace = trace;
    }
  }

  Stretches(Elaboration e) {
    this.e = e;
    this.outside = e.newTrace();
    open();
  }

  private void open() {
    current = new Stretch(e.newTrace());
    stretches.add(current);
  }

  /// The function that pure statements go to.
  Trace trace() {
    return current.trace;
  }

  /// An array that comes from outside: a file or an argument.
  Val.Array input(ArrayType type) {
    Val.Array array = outside.param(type, false);
    slot(array);
    return array;
  }

  private int slot(Val.Array array) {
    return slots.computeIfAbsent(array, _ -> slots.size());
  }

  /// Does an effect after all that was computed so far, if it uses any of it.
  void effect(List<Val> used, HostPlan.Step step) {
    boolean pending = false;
    for (Val val : used) {
      for (Val.Array array : Trees.arrays(val)) {
        pending |= array.owner() == current.trace;
        need(array);
      }
    }
    if (pending) {
      steps.add(current);
      open();
    }
    steps.add(step);
  }

  private void need(Val.Array array) {
    slot(array);
    for (Stretch stretch : stretches) {
      if (stretch.trace == array.owner()) {
        stretch.outputs.add(array);
      }
    }
  }

  /// The value with its arrays in slots.
  HostPlan.Tree tree(Val val) {
    return switch (val) {
      case Val.Array a -> new HostPlan.Tree.Leaf(slot(a), a.type());
      case Val.Int(var value) -> new HostPlan.Tree.Int(value);
      case Val.Real(double value) -> new HostPlan.Tree.Real(value);
      case Val.Bool(boolean value) -> new HostPlan.Tree.Bool(value);
      case Val.Str(var value) -> new HostPlan.Tree.Text(value);
      case Val.Tuple(var items) -> new HostPlan.Tree.Tuple(items.stream().map(this::tree).toList());
      case Val.Record(var fields) -> {
        var out = new TreeMap<String, HostPlan.Tree>();
        fields.forEach((name, field) -> out.put(name, tree(field)));
        yield new HostPlan.Tree.Record(out);
      }
      case Val.Poison _ -> throw new Fault.Poisoned();
      case Val.Size _, Val.Hole _, Val.None _, Val.Dots _, Val.Type _, Val.Fn _, Val.Namespace _ ->
          new HostPlan.Tree.Symbol(Trees.describe(val));
    };
  }

  /// The whole plan.
  HostPlan finish() {
    // Captures of later stretches decide the results of earlier ones, so names come first.
    for (Stretch stretch : stretches) {
      stretch.trace.captures().forEach(this::need);
    }
    var entries = new ArrayList<Entry>();
    var runs = new LinkedHashMap<Stretch, HostPlan.Step>();
    for (Stretch stretch : stretches) {
      if (stretch.outputs.isEmpty()) {
        continue;
      }
      List<Val.Array> inputs = stretch.trace.captures();
      List<Val.Array> outputs = List.copyOf(stretch.outputs);
      FuncRef ref = e.define(stretch.trace.finish(e.fresh("main"), inputs, outputs));
      runs.put(
          stretch,
          new HostPlan.Step.Run(
              entries.size(),
              inputs.stream().map(this::slot).toList(),
              outputs.stream().map(this::slot).toList()));
      entries.add(new Entry(ref, names("x", inputs.size()), names("y", outputs.size())));
    }
    var out = new ArrayList<HostPlan.Step>();
    for (Object step : steps) {
      if (step instanceof Stretch stretch) {
        if (runs.containsKey(stretch)) {
          out.add(runs.get(stretch));
        }
      } else {
        out.add((HostPlan.Step) step);
      }
    }
    return new HostPlan(Program.of(e.funcs(), entries), out, slots.size());
  }

  private static List<String> names(String base, int count) {
    return IntStream.range(0, count).mapToObj(i -> base + i).collect(Collectors.toList());
  }
}
