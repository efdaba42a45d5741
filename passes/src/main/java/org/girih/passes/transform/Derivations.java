package org.girih.passes.transform;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.CompilerBug;
import org.girih.ir.op.BatchAxis;
import org.girih.ir.op.Builder;
import org.girih.ir.op.Call;
import org.girih.ir.op.Checkpoint;
import org.girih.ir.op.Cond;
import org.girih.ir.op.CustomLinear;
import org.girih.ir.op.FuncRef;
import org.girih.ir.op.IllTyped;
import org.girih.ir.op.Inference;
import org.girih.ir.op.Mask;
import org.girih.ir.op.MeshMap;
import org.girih.ir.op.Op;
import org.girih.ir.op.Refusal;
import org.girih.ir.op.Scan;
import org.girih.ir.op.Transforms;
import org.girih.ir.op.While;
import org.girih.ir.program.Block;
import org.girih.ir.program.Equation;
import org.girih.ir.program.Func;
import org.girih.ir.program.Origin;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Condition;
import org.girih.ir.type.Value;
import org.girih.passes.rebuild.Effects;

/// The functions of a program whose transformations are being expanded, and all that were made from
/// them, callees first. A function is made once for each question, and a block that is there
/// already is not kept twice: so a block called twelve times has one derivative, called twelve
/// times.
final class Derivations implements Transforms {
  /// The most equations in all; nested derivatives may ask for more than memory holds.
  private static final long MAX_EQUATIONS = 400_000;

  /// A block, and what its transformations wait for.
  private record Known(Block block, Set<Integer> waiting) {}

  private record Question(String method, FuncRef f, List<?> arguments) {}

  private final Map<FuncRef, Func> funcs = new LinkedHashMap<>();
  private final Map<Question, Object> answers = new HashMap<>();
  private final Map<Known, FuncRef> blocks = new HashMap<>();
  private final Map<String, Integer> taken = new HashMap<>();
  private final Map<FuncRef, Set<Integer>> lanes = new HashMap<>();
  private final Map<FuncRef, Set<Integer>> waiting = new HashMap<>();
  private final Set<FuncRef> reverseOnly = new HashSet<>();
  private final Set<FuncRef> loops = new HashSet<>();
  private final Effects effects = new Effects();
  private final boolean lanesApart;
  private Origin origin = Origin.NONE;
  private long equations;

  private final Inference inference =
      new Inference() {
        @Override
        public Signature signature(FuncRef function) {
          return func(function).signature();
        }

        @Override
        public void unknown(Condition condition) {
          throw new IllTyped("undecided: " + condition);
        }
      };

  /// @param names that functions which are still to come have
  Derivations(Set<FuncRef> names) {
    this(names, false);
  }

  /// @param lanesApart whether lanes that go different ways run one after the other
  Derivations(Set<FuncRef> names, boolean lanesApart) {
    this.lanesApart = lanesApart;
    names.forEach(ref -> taken.put(ref.name(), 1));
  }

  Inference inference() {
    return inference;
  }

  Func func(FuncRef ref) {
    Func func = funcs.get(ref);
    if (func == null) {
      throw new CompilerBug("no function " + ref + " yet");
    }
    return func;
  }

  List<Func> funcs() {
    return List.copyOf(funcs.values());
  }

  /// Keeps a function of the program under its own name.
  void add(Func func) {
    funcs.put(func.ref(), func);
    var used = new HashSet<Integer>();
    for (Equation equation : func.block().equations()) {
      equation.op().lanes().ifPresent(used::add);
      equation.op().callees().forEach(f -> used.addAll(lanes.get(f)));
      boolean called =
          switch (equation.op()) {
            case CustomLinear _ -> true;
            case Call _, Cond _, Scan _, While _, Checkpoint _ ->
                equation.op().callees().stream().anyMatch(reverseOnly::contains);
            case Op _ -> false;
          };
      if (called) {
        reverseOnly.add(func.ref());
      }
      boolean endless = equation.op() instanceof While(_, _, _, var max) && max.isEmpty();
      if (endless || equation.op().callees().stream().anyMatch(loops::contains)) {
        loops.add(func.ref());
      }
    }
    effects.add(func);
    lanes.put(func.ref(), used);
    equations += func.block().equations().size();
    if (equations > MAX_EQUATIONS) {
      throw new Refusal(
          Code.TOO_LARGE,
          "the transformed program has over " + MAX_EQUATIONS + " equations",
          "nest fewer derivatives");
    }
  }

  /// Keeps a function that was made; returns the one that does the same if there is one.
  FuncRef made(String base, RuleBuilder sketch, List<Value> params, List<Value> results) {
    return made(base, sketch, params, results, Set.of());
  }

  /// Returns the same for a function whose transformations wait until it was mapped over lanes.
  /// Those of others are expanded now.
  FuncRef made(
      String base,
      RuleBuilder sketch,
      List<Value> params,
      List<Value> results,
      Set<Integer> waitsFor) {
    Func func = sketch.finish(new FuncRef(base), params, results);
    var all = new HashSet<>(waitsFor);
    for (Equation equation : func.block().equations()) {
      for (FuncRef callee : equation.op().callees()) {
        all.addAll(waiting(callee));
        if (equation.op() instanceof MeshMap map) {
          all.remove(map.lane());
        }
      }
    }
    if (all.isEmpty() && Expansion.transforms(func)) {
      func = Expansion.expand(this, func);
    }
    var known = new Known(func.block(), all);
    FuncRef same = blocks.get(known);
    if (same != null) {
      return same;
    }
    var ref = fresh(base);
    await(ref, all);
    add(new Func(ref, func.block()));
    blocks.put(known, ref);
    return ref;
  }

  /// Takes note that a function's transformations wait for lanes.
  void await(FuncRef ref, Set<Integer> lanes) {
    waiting.put(ref, Set.copyOf(lanes));
  }

  /// Returns the lanes over which a function is to be mapped before its transformations are
  /// expanded.
  Set<Integer> waiting(FuncRef ref) {
    return waiting.getOrDefault(ref, Set.of());
  }

  /// Returns what a function still waits for when it was mapped over an axis.
  Set<Integer> waitsFor(FuncRef ref, int mapped) {
    var rest = new HashSet<>(waiting(ref));
    rest.remove(mapped);
    return rest;
  }

  private FuncRef fresh(String like) {
    String base = like.replaceFirst("(\\.[0-9]+)+$", "");
    while (true) {
      int count = taken.merge(base, 1, Integer::sum);
      String name = count == 1 ? base : base + "." + count;
      if (count == 1 || taken.putIfAbsent(name, 1) == null) {
        return new FuncRef(name);
      }
    }
  }

  RuleBuilder sketch() {
    var sketch = new RuleBuilder(inference, effects);
    sketch.at(origin);
    return sketch;
  }

  /// Does a step for an equation: what is made meanwhile comes from its place, and so does what is
  /// refused.
  <T> T at(Origin where, Supplier<T> step) {
    Origin before = origin;
    origin = where;
    try {
      return step.get();
    } catch (Refusal refusal) {
      throw new RefusedAt(refusal, where);
    } finally {
      origin = before;
    }
  }

  @SuppressWarnings("unchecked")
  private <T> T once(String method, FuncRef f, List<?> arguments, Supplier<T> make) {
    var question = new Question(method, f, arguments);
    Object answer = answers.get(question);
    if (answer == null) {
      answer = make.get();
      answers.put(question, answer);
    }
    return (T) answer;
  }

  @Override
  public Inference.Signature signature(FuncRef f) {
    return func(f).signature();
  }

  @Override
  public Made jvp(FuncRef f, Mask nonzero, Mask instantiate) {
    return once(
        "jvp",
        f,
        List.of(nonzero, instantiate),
        () -> new Forward(this).run(func(f), nonzero, instantiate));
  }

  @Override
  public Halves split(FuncRef f, Mask unknown, Mask force) {
    return once(
        "split", f, List.of(unknown, force), () -> new Split(this).run(func(f), unknown, force));
  }

  @Override
  public Made transpose(FuncRef f, Mask linear, Mask nonzero, Mask accumulate) {
    return once(
        "transpose",
        f,
        List.of(linear, nonzero, accumulate),
        () -> new Transposition(this, func(f)).run(linear, nonzero, accumulate));
  }

  @Override
  public Made batch(FuncRef f, BatchAxis axis, Mask batched, Mask force) {
    return once(
        "batch",
        f,
        List.of(axis, batched, force),
        () -> new Batching(this, axis).run(func(f), batched, force));
  }

  @Override
  public boolean uses(FuncRef f, int axis) {
    return lanes.get(f).contains(axis);
  }

  @Override
  public boolean loops(FuncRef f) {
    return loops.contains(f);
  }

  @Override
  public boolean effects(FuncRef f) {
    return effects.in(f);
  }

  @Override
  public boolean lanesApart() {
    return lanesApart;
  }

  @Override
  public boolean reverseOnly(FuncRef f) {
    return reverseOnly.contains(f);
  }

  @Override
  public FuncRef define(
      String name, List<ArrayType> params, BiFunction<Builder, List<Value>, List<Value>> body) {
    var sketch = sketch();
    var values = new ArrayList<Value>();
    params.forEach(type -> values.add(sketch.param(type)));
    return made(name, sketch, values, body.apply(sketch, values));
  }

  @Override
  public Mask fixed(FuncRef f, Mask params) {
    Block block = func(f).block();
    var fixed = new boolean[block.ids()];
    for (int i = 0; i < params.size(); i++) {
      fixed[block.params().get(i).id()] = params.at(i);
    }
    for (Equation equation : block.equations()) {
      boolean all = equation.operands().stream().allMatch(o -> fixed[o.id()]);
      equation.results().forEach(r -> fixed[r.id()] = all);
    }
    return Mask.where(block.results().size(), i -> fixed[block.results().get(i).id()]);
  }

  @Override
  public List<Value> inline(Builder b, FuncRef f, List<Value> args) {
    Block block = func(f).block();
    if (args.size() != block.params().size()) {
      throw new CompilerBug(args.size() + " arguments for " + f);
    }
    var now = new Value[block.ids()];
    for (int i = 0; i < args.size(); i++) {
      now[block.params().get(i).id()] = args.get(i);
    }
    RuleBuilder sketch = (RuleBuilder) b;
    Origin before = sketch.origin();
    for (Equation equation : block.equations()) {
      sketch.at(equation.origin());
      List<Value> results =
          sketch.emit(equation.op(), equation.operands().stream().map(o -> now[o.id()]).toList());
      for (int i = 0; i < results.size(); i++) {
        now[equation.results().get(i).id()] = results.get(i);
      }
    }
    sketch.at(before);
    return block.results().stream().map(r -> now[r.id()]).toList();
  }
}
