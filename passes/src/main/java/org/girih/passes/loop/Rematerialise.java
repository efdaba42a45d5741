package org.girih.passes.loop;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.op.FuncRef;
import org.girih.ir.op.Scan;
import org.girih.ir.program.Block;
import org.girih.ir.program.Equation;
import org.girih.ir.program.Func;
import org.girih.ir.program.Program;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Value;
import org.girih.passes.rebuild.BlockCopy;
import org.girih.passes.rebuild.FunctionVersions;

/// Lets scans compute again what an earlier scan would have stacked for them: the residuals of
/// reverse mode, above all. It takes the stacks that cost the fewest operations for a byte first,
/// until as many bytes are saved as were asked for (T. Chen et al., "Training Deep Nets with
/// Sublinear Memory Cost", 2016, whose segments are the iterations here; choosing by price is as in
/// M. Kumar et al., "Efficient Rematerialization for Deep Networks", 2019).
///
/// ```
/// func @forward(%0: i32, %1: f32[9], %2: f32[9]) …    func @forward(…) …
///   %3: f32[9] = multiply %1 %2                         %3: f32[9] = multiply %1 %2
///   %4: f32[9] = tanh %3                                %4: f32[9] = tanh %3
///   %5: f32[9] = cos %3                                 return %4, %1
///   return %4, %3, %5                                 }
/// }                                             ───▶  func @backward(%0: i32, %1: f32[9], %2:
/// f32[9], %3: … func @backward(%0: i32, %1: f32[9], %2: f32[9], …     %4: f32[9] = multiply %2 %3
///   %4: … = multiply %2 %3 …                            %5: f32[9] = cos %4 …
/// ```
///
/// Valid since an iteration's number, its slices and what it carried are the same for each scan
/// that reads its stack, and equal ops on equal operands have equal results; XLA may still round a
/// product of matrices in another order in another place.
///
/// Limits: stacks of scans that are not `counted`, read by scans of the same block; one level of
/// nested loops. Outside loops nothing is computed again: there the compilers of GPUs and TPUs
/// rematerialise themselves, and XLA's CPU compiler would merge it.
public final class Rematerialise {
  private static final String SUFFIX = ".again";

  /// The resulting program.
  ///
  /// @param saved bytes that need not be held, by our own account
  public record Result(Program program, long saved) {}

  /// A forward body that stacks its carries of those numbers too.
  private record Stacking(List<Integer> carries) {}

  /// A body that computes again.
  ///
  /// @param sources of what its slices were, by their numbers; empty for those that stay
  /// @param gone what the forward loops no longer stack
  private record Again(List<Optional<Source>> sources, List<Gone> gone) {}

  /// A result of the forward loop of that number.
  private record Source(int loop, int result) {}

  private record Gone(FuncRef forward, List<Integer> results) {}

  private final Program program;
  private final FunctionVersions versions;

  private Rematerialise(Program program) {
    this.program = program;
    this.versions = new FunctionVersions(program);
  }

  /// Saves all that can be.
  public static Program run(Program program, Diagnostics diagnostics) {
    return run(program, Long.MAX_VALUE).program();
  }

  /// Saves at least that many bytes, or all that can be.
  public static Result run(Program program, long bytes) {
    long saved = 0;
    Program current = program;
    while (saved < bytes) {
      Result more = new Rematerialise(current).once(bytes - saved);
      if (more.saved() == 0) {
        break;
      }
      saved += more.saved();
      current = more.program();
    }
    return new Result(current, saved);
  }

  private Result once(long bytes) {
    var choice = StackChoice.of(program, bytes);
    if (choice.saved() == 0) {
      return new Result(program, 0);
    }
    for (Func func : program.funcs().values()) {
      List<ForwardLoop> chosen = choice.loops(func.ref());
      versions.add(chosen.isEmpty() ? func : new Func(func.ref(), block(func.block(), chosen)));
    }
    return new Result(versions.finish(), choice.saved());
  }

  private Block block(Block block, List<ForwardLoop> chosen) {
    var copy = new BlockCopy(block);
    var forward = new HashMap<Equation, ForwardLoop>();
    var makers = new HashMap<Value, ForwardLoop>();
    for (ForwardLoop loop : chosen) {
      forward.put(loop.equation, loop);
      loop.dropped().forEach(r -> makers.put(loop.equation.results().get(r), loop));
    }
    var stacks = new HashMap<ForwardLoop, Map<Integer, Value>>();
    for (Equation equation : block.equations()) {
      ForwardLoop loop = forward.get(equation);
      if (loop != null) {
        stacks.put(loop, stack(copy, loop));
      } else if (equation.op() instanceof Scan scan
          && equation.operands().stream().anyMatch(makers::containsKey)) {
        again(copy, equation, scan, makers, stacks);
      } else {
        copy.keep(equation, equation.op(), copy.now(equation.operands()));
      }
    }
    return copy.finish();
  }

  /// Emits the loop with the stacks of carries that are needed, which it returns.
  private Map<Integer, Value> stack(BlockCopy copy, ForwardLoop loop) {
    List<Integer> carries = List.copyOf(loop.stacked());
    Scan scan = loop.scan;
    Block body = loop.body;
    var ours = carries.stream().map(c -> body.params().get(scan.constants() + 1 + c)).toList();
    FuncRef ref =
        carries.isEmpty()
            ? scan.body()
            : versions.version(
                scan.body(), SUFFIX, new Stacking(carries), () -> stacking(body, ours));
    var types = new ArrayList<ArrayType>();
    loop.equation.results().forEach(r -> types.add(r.type()));
    for (Value carry : ours) {
      var dims = new ArrayList<>(List.of(scan.length()));
      dims.addAll(carry.type().dims());
      types.add(carry.type().withDims(dims));
    }
    List<Value> results =
        copy.append(
            with(scan, ref, scan.constants()),
            copy.now(loop.equation.operands()),
            types,
            loop.equation.origin());
    int own = loop.equation.results().size();
    for (int i = 0; i < own; i++) {
      copy.replace(loop.equation.results().get(i), results.get(i));
    }
    var stacks = new HashMap<Integer, Value>();
    for (int i = 0; i < carries.size(); i++) {
      stacks.put(carries.get(i), results.get(own + i));
    }
    return stacks;
  }

  private static Block stacking(Block body, List<Value> carries) {
    var copy = new BlockCopy(body);
    body.equations().forEach(e -> copy.keep(e, e.op(), copy.now(e.operands())));
    var results = new ArrayList<>(body.results());
    results.addAll(carries);
    return copy.finish(results);
  }

  private static Scan with(Scan scan, FuncRef body, int constants) {
    return new Scan(body, scan.length(), constants, scan.carries(), scan.reverse(), scan.counted());
  }

  private void again(
      BlockCopy copy,
      Equation equation,
      Scan scan,
      Map<Value, ForwardLoop> makers,
      Map<ForwardLoop, Map<Integer, Value>> stacks) {
    int first = ForwardLoop.firstSlice(scan);
    int head = scan.counted() ? 1 : 0;
    List<Value> arrays = equation.operands().subList(first, equation.operands().size());
    var wanted = new LinkedHashMap<ForwardLoop, SequencedSet<Integer>>();
    var order = new ArrayList<ForwardLoop>();
    var sources = new ArrayList<Optional<Source>>();
    for (Value array : arrays) {
      ForwardLoop maker = makers.get(array);
      if (maker == null) {
        sources.add(Optional.empty());
      } else {
        int result = maker.equation.results().indexOf(array);
        if (!wanted.containsKey(maker)) {
          order.add(maker);
        }
        wanted.computeIfAbsent(maker, _ -> new LinkedHashSet<>()).add(result);
        sources.add(Optional.of(new Source(order.indexOf(maker), result)));
      }
    }
    var recomputed = new ArrayList<Recomputed>();
    var constants = new ArrayList<Value>();
    var slices = new ArrayList<Value>();
    var gone = new ArrayList<Gone>();
    wanted.forEach(
        (maker, results) -> {
          var each = new Recomputed(maker, maker.needs(results, maker.dropped()));
          each.operands(copy, stacks.get(maker), constants, slices);
          recomputed.add(each);
          gone.add(new Gone(maker.scan.body(), List.copyOf(maker.dropped())));
        });
    Block body = versions.block(scan.body());
    FuncRef ref =
        versions.version(
            scan.body(),
            SUFFIX,
            new Again(sources, gone),
            () -> computing(body, scan, sources, recomputed));
    List<Value> now = copy.now(equation.operands());
    var operands = new ArrayList<>(now.subList(0, head + scan.constants()));
    operands.addAll(constants);
    operands.addAll(now.subList(head + scan.constants(), first));
    for (int i = 0; i < arrays.size(); i++) {
      if (sources.get(i).isEmpty()) {
        operands.add(now.get(first + i));
      }
    }
    operands.addAll(slices);
    copy.keep(equation, with(scan, ref, scan.constants() + constants.size()), operands);
  }

  private static Block computing(
      Block body, Scan scan, List<Optional<Source>> sources, List<Recomputed> recomputed) {
    var copy = BlockCopy.bare(body);
    List<Value> params = body.params();
    int own = scan.constants();
    params.subList(0, own).forEach(p -> copy.replace(p, copy.param(p.type())));
    recomputed.forEach(each -> each.constants(copy));
    int arrays = own + 1 + scan.carries();
    params.subList(own, arrays).forEach(p -> copy.replace(p, copy.param(p.type())));
    for (int i = 0; i < sources.size(); i++) {
      Value param = params.get(arrays + i);
      if (sources.get(i).isEmpty()) {
        copy.replace(param, copy.param(param.type()));
      }
    }
    recomputed.forEach(each -> each.slices(copy));
    recomputed.forEach(each -> each.compute(copy, copy.now(params.get(own))));
    for (int i = 0; i < sources.size(); i++) {
      if (sources.get(i).isPresent()) {
        Source source = sources.get(i).get();
        Recomputed from = recomputed.get(source.loop());
        copy.replace(params.get(arrays + i), from.result(source.result()));
      }
    }
    body.equations().forEach(e -> copy.keep(e, e.op(), copy.now(e.operands())));
    return copy.finish();
  }
}
