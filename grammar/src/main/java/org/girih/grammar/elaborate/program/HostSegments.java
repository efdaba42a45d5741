package org.girih.grammar.elaborate.program;

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
import org.girih.grammar.elaborate.core.Affine;
import org.girih.grammar.elaborate.core.Choice;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Fault;
import org.girih.grammar.elaborate.core.FunctionText;
import org.girih.grammar.elaborate.core.FunctionTrace;
import org.girih.grammar.elaborate.core.KeyUse;
import org.girih.grammar.elaborate.core.NestedNames;
import org.girih.grammar.elaborate.core.Symbol;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.grammar.plan.HostPlan;
import org.girih.grammar.plan.LastUses;
import org.girih.grammar.plan.Step;
import org.girih.ir.op.FuncRef;
import org.girih.ir.program.Entry;
import org.girih.ir.program.Program;
import org.girih.ir.source.Span;
import org.girih.ir.type.ArrayType;

/// The host program under construction. Each *segment* of pure statements between two effects of a
/// block is one function; what a later segment or an effect uses of it becomes one of its results.
public final class HostSegments {
  private final Elaboration e;
  private final FunctionTrace outside;
  private final Map<Val.Array, Integer> slots = new HashMap<>();
  private final List<Segment> segments = new ArrayList<>();
  private List<Item> items = new ArrayList<>();
  private Segment current;

  /// A part of a block.
  sealed interface Item {
    record Pure(Segment segment) implements Item {}

    record Done(Step step) implements Item {}

    record Loop(Span at, HostPlan.Times times, List<Item> body) implements Item {}

    record Choice(int condition, List<Item> then, List<Item> otherwise) implements Item {}
  }

  /// A block that is being elaborated, and what was around it.
  static final class Block {
    private final List<Item> itemsAround;
    private final Segment around;
    private List<Item> items;
    private Segment current;

    private Block(List<Item> itemsAround, Segment around) {
      this.itemsAround = itemsAround;
      this.around = around;
    }
  }

  static final class Segment {
    private final FunctionTrace trace;
    private final SequencedSet<Val.Array> outputs = new LinkedHashSet<>();

    private Segment(FunctionTrace trace) {
      this.trace = trace;
    }
  }

  public HostSegments(Elaboration e) {
    this.e = e;
    this.outside = e.newTrace();
    open(e.newTrace());
  }

  private void open(FunctionTrace trace) {
    current = new Segment(trace);
    segments.add(current);
  }

  /// Ends the segment; what follows runs after it.
  private void close() {
    items.add(new Item.Pure(current));
    open(e.in(current.trace, e::newTrace));
  }

  /// Ends the segment, so that what follows has what was computed so far as its arguments.
  public void cut() {
    close();
  }

  /// Ends with what is measured, the segment that was just elaborated; returns whether it computes
  /// anything of the value.
  boolean measured(Val val) {
    boolean computed = Trees.arrays(val).stream().anyMatch(a -> a.owner() == current.trace);
    effect(List.of(val), new Step.Result(tree(val)));
    return computed;
  }

  /// The function that pure statements go to.
  public FunctionTrace trace() {
    return current.trace;
  }

  /// Returns an array that comes from outside: a file, an argument, an earlier iteration.
  Val.Array input(ArrayType type) {
    return input(new Val.Hole(type, false));
  }

  /// Returns the same; a key from there belongs to the iteration that it comes to.
  public Val.Array input(Val.Hole hole) {
    Val.Array array = outside.param(hole.type(), hole.weak());
    slot(array);
    outside.means(
        array, Affine.of(new Symbol.Unknown(array, current.trace.number(), current.trace.depth())));
    return hole.key() ? array.as(KeyUse.in(current.trace, hole.type())) : array;
  }

  /// Returns what a file holds: one array, or a tree of arrays by their names.
  Val inputs(Map<String, ArrayType> header) {
    var arrays = new TreeMap<String, Val>();
    header.forEach((name, type) -> arrays.put(name, input(type)));
    return NestedNames.tree(arrays);
  }

  /// The slot where the run keeps it.
  int slot(Val.Array array) {
    return slots.computeIfAbsent(array, _ -> slots.size());
  }

  /// Does an effect after all that was computed so far, if it uses any of it.
  public void effect(List<Val> used, Step step) {
    need(used.stream().flatMap(v -> Trees.arrays(v).stream()).toList());
    items.add(new Item.Done(step));
  }

  /// Makes sure that the arrays are computed before what comes next.
  private void need(List<Val.Array> arrays) {
    boolean pending = e.hasEffect(current.trace);
    for (Val.Array array : arrays) {
      pending |= array.owner() == current.trace;
      need(array);
    }
    if (pending) {
      close();
    }
  }

  private void need(Val.Array array) {
    slot(array);
    for (Segment segment : segments) {
      if (segment.trace == array.owner()) {
        segment.outputs.add(array);
      }
    }
  }

  /// Notes a value that the host needs next.
  HostPlan.Tree used(Val val) {
    Trees.arrays(val).forEach(this::need);
    return tree(val);
  }

  /// Sets slots, all at once.
  void move(List<Val.Array> from, List<Val.Array> to) {
    need(from);
    if (!from.isEmpty()) {
      items.add(
          new Item.Done(
              new Step.Move(
                  from.stream().map(this::slot).toList(), to.stream().map(this::slot).toList())));
    }
  }

  /// Ends the loop around here unless the condition holds.
  void breakUnless(Val.Array condition) {
    need(List.of(condition));
    items.add(new Item.Done(new Step.BreakUnless(slot(condition))));
  }

  /// Adds what was made of a block.
  void add(Item item) {
    close();
    items.add(item);
  }

  /// One of two blocks.
  void choose(Val.Array condition, List<Item> then, List<Item> otherwise) {
    need(List.of(condition));
    add(new Item.Choice(slot(condition), then, otherwise));
  }

  /// The number of an iteration of the loop around here.
  ///
  /// @param low what it begins with
  Val.Array counter(long low) {
    Val.Array counter = input(ArrayType.scalar(org.girih.ir.type.DType.I32));
    outside.means(counter, Affine.of(current.trace.iterations().getLast()).plus(Affine.of(low)));
    return counter;
  }

  /// Begins a block that runs many times.
  Block enterIteration(Symbol.Iteration iteration) {
    return enter(() -> e.newIterationTrace(iteration));
  }

  /// Begins a branch.
  Block enterBranch(Choice choice, int branch) {
    return enter(() -> e.newBranchTrace(choice, branch));
  }

  private Block enter(java.util.function.Supplier<FunctionTrace> trace) {
    var block = new Block(items, current);
    items = new ArrayList<>();
    open(e.in(current.trace, trace));
    return block;
  }

  /// Goes back to what is around a block, which is not done yet.
  void suspend(Block block) {
    block.items = items;
    block.current = current;
    items = block.itemsAround;
    current = block.around;
  }

  /// Goes on with it.
  void resume(Block block) {
    items = block.items;
    current = block.current;
  }

  /// Ends a block; the segment around it goes on.
  List<Item> leave(Block block) {
    close();
    List<Item> out = items;
    items = block.itemsAround;
    current = block.around;
    return out;
  }

  /// The value with its arrays in slots.
  public HostPlan.Tree tree(Val val) {
    return switch (val) {
      case Val.Array a -> new HostPlan.Tree.Leaf(slot(a), a.type());
      case Val.Int(var value) -> new HostPlan.Tree.Int(value);
      case Val.Real(double value) -> new HostPlan.Tree.Real(value);
      case Val.Bool(boolean value) -> new HostPlan.Tree.Bool(value);
      case Val.Str(var value) -> new HostPlan.Tree.Text(value);
      case Val.Tuple(var parts) -> new HostPlan.Tree.Tuple(parts.stream().map(this::tree).toList());
      case Val.Record(var fields) -> {
        var out = new TreeMap<String, HostPlan.Tree>();
        fields.forEach((name, field) -> out.put(name, tree(field)));
        yield new HostPlan.Tree.Record(out);
      }
      case Val.Poison _ -> throw new Fault.Poisoned();
      case Val.Fn fn -> new HostPlan.Tree.Symbol(FunctionText.of(fn));
      case Val.Size _, Val.Hole _, Val.None _, Val.Dots _, Val.Type _, Val.Namespace _ ->
          new HostPlan.Tree.Symbol(Trees.describe(val));
      case Val.Sum sum -> sum(sum);
    };
  }

  private HostPlan.Tree sum(Val.Sum sum) {
    var variants = new TreeMap<Integer, HostPlan.Tree.Variant>();
    sum.payloads()
        .forEach(
            (number, payload) ->
                variants.put(
                    number,
                    new HostPlan.Tree.Variant(
                        sum.type().variant(number).name(), (HostPlan.Tree.Tuple) tree(payload))));
    return new HostPlan.Tree.Sum(tree(sum.tag()), variants);
  }

  /// The whole plan.
  public HostPlan finish() {
    items.add(new Item.Pure(current));
    var kept = new ArrayList<Segment>();
    collect(items, kept);
    // Captures of later segments decide the results of earlier ones, so names come first.
    for (Segment segment : kept) {
      segment.trace.captures().forEach(this::need);
    }
    var entries = new ArrayList<Entry>();
    var runs = new LinkedHashMap<Segment, Step>();
    for (Segment segment : kept) {
      if (segment.outputs.isEmpty() && !e.hasEffect(segment.trace)) {
        continue;
      }
      List<Val.Array> inputs = segment.trace.captures();
      List<Val.Array> outputs = List.copyOf(segment.outputs);
      FuncRef ref = e.define(segment.trace.finish(e.fresh("main"), inputs, outputs));
      runs.put(
          segment,
          new Step.Run(
              entries.size(),
              inputs.stream().map(this::slot).toList(),
              outputs.stream().map(this::slot).toList()));
      entries.add(new Entry(ref, names("x", inputs.size()), names("y", outputs.size())));
    }
    return LastUses.in(
        new HostPlan(Program.of(e.funcs(), entries), steps(items, runs), slots.size(), e.mesh()));
  }

  private static void collect(List<Item> items, List<Segment> out) {
    for (Item item : items) {
      switch (item) {
        case Item.Pure(var segment) -> out.add(segment);
        case Item.Done _ -> {}
        case Item.Loop(_, _, var body) -> collect(body, out);
        case Item.Choice(_, var then, var otherwise) -> {
          collect(then, out);
          collect(otherwise, out);
        }
      }
    }
  }

  private static List<Step> steps(List<Item> items, Map<Segment, Step> runs) {
    var out = new ArrayList<Step>();
    for (Item item : items) {
      switch (item) {
        case Item.Pure(var segment) -> {
          if (runs.containsKey(segment)) {
            out.add(runs.get(segment));
          }
        }
        case Item.Done(var step) -> out.add(step);
        case Item.Loop(var at, var times, var body) -> {
          List<Step> inner = steps(body, runs);
          List<Integer> carry =
              !inner.isEmpty() && inner.getLast() instanceof Step.Move(_, var to) ? to : List.of();
          out.add(new Step.Loop(at, times, carry, inner));
        }
        case Item.Choice(int condition, var then, var otherwise) ->
            out.add(new Step.Choice(condition, steps(then, runs), steps(otherwise, runs)));
      }
    }
    return out;
  }

  private static List<String> names(String base, int count) {
    return IntStream.range(0, count).mapToObj(i -> base + i).collect(Collectors.toList());
  }
}
