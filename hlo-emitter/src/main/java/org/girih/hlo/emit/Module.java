package org.girih.hlo.emit;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.girih.hlo.proto.HloComputationProto;
import org.girih.hlo.proto.HloModuleProto;
import org.girih.ir.op.Call;
import org.girih.ir.op.Cond;
import org.girih.ir.op.Convolution;
import org.girih.ir.op.Dot;
import org.girih.ir.op.FuncRef;
import org.girih.ir.op.Structured;
import org.girih.ir.op.Threefry2x32;
import org.girih.ir.program.Equation;
import org.girih.ir.program.Func;
import org.girih.ir.program.Program;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;

/// The module under construction: its computations so far, callees first, and the small ones that
/// reductions share.
final class Module {
  /// A function of this many equations that is called at least [#OFTEN] times stays a computation
  /// of its own in XLA, which then compiles it once: 48 calls of 56 operations compile in 0.6 of
  /// the time. Others gain more from being inlined, where XLA fuses across the call and plans
  /// memory as a whole.
  private static final int LARGE = 40;

  private static final int OFTEN = 24;

  /// A sampler becomes some 200 operations, which compile in 30 ms each time that they are inlined;
  /// nothing is gained by fusing them with their surroundings. So these stay computations of their
  /// own from the second call on.
  private static final int AGAIN = 2;

  private final Program program;
  private final Set<FuncRef> looped;
  private final boolean partitioned;
  private final Map<FuncRef, Integer> calls = new HashMap<>();
  private final HloModuleProto.Builder proto;
  private final Map<FuncRef, Callee> functions = new HashMap<>();
  private final Map<String, Long> shared = new HashMap<>();
  private final Map<String, Integer> names = new HashMap<>();
  private long nextId = 1;

  Module(Program program, HloModuleProto.Builder proto, boolean partitioned) {
    this.program = program;
    this.partitioned = partitioned;
    this.proto = proto;
    this.looped = looped(program);
    for (Func func : program.funcs().values()) {
      for (Equation equation : func.block().equations()) {
        if (equation.op() instanceof Call(FuncRef callee)) {
          calls.merge(callee, 1, Integer::sum);
        }
      }
    }
  }

  /// Returns whether the module is for several devices, and tells the partitioner so.
  boolean partitioned() {
    return partitioned;
  }

  Program program() {
    return program;
  }

  /// Returns a number that no instruction and no computation has.
  long id() {
    return nextId++;
  }

  /// Returns the name, with a number behind it if it is taken. No dtype's token has a dot, so that
  /// no name reads as one in HLO text.
  String name(String base) {
    int count = names.merge(base, 1, Integer::sum);
    return base + "." + count;
  }

  void add(HloComputationProto computation) {
    proto.addComputations(computation);
  }

  /// Returns the functions that run in a loop: its body, its condition, and what they call.
  private static Set<FuncRef> looped(Program program) {
    var looped = new HashSet<FuncRef>();
    // Callers before callees.
    for (Func func : program.funcs().values().stream().toList().reversed()) {
      for (Equation equation : func.block().equations()) {
        if (equation.op() instanceof Structured op
            && (looped.contains(func.ref()) || !(op instanceof Call || op instanceof Cond))) {
          looped.addAll(op.callees());
        }
      }
    }
    return looped;
  }

  /// Returns whether calls in a function may be kept apart: not in a loop. There XLA's CPU compiler
  /// loses track of which memory a call reads and writes, and the second iteration of a
  /// transformer's training yields other numbers.
  boolean mayKeepApart(FuncRef caller) {
    return !looped.contains(caller);
  }

  /// Returns whether a function is to stay a computation of its own.
  boolean outlined(FuncRef ref) {
    if (looped.contains(ref)) {
      return false;
    }
    int called = calls.getOrDefault(ref, 0);
    List<Equation> body = program.func(ref).block().equations();
    return called >= OFTEN && body.size() >= LARGE || called >= AGAIN && sampler(body);
  }

  /// Draws bits and makes numbers of them, one for one; a layer that has a sampler in it is not a
  /// sampler.
  private static boolean sampler(List<Equation> body) {
    return body.stream().anyMatch(e -> e.op() instanceof Threefry2x32)
        && body.stream()
            .noneMatch(
                e ->
                    e.op() instanceof Structured
                        || e.op() instanceof Dot
                        || e.op() instanceof Convolution);
  }

  Callee function(FuncRef ref) {
    return functions.get(ref);
  }

  void function(FuncRef ref, Callee callee) {
    functions.put(ref, callee);
  }

  /// Returns the number of a computation that is made once for each name and the types of its
  /// parameters.
  long shared(String name, List<ArrayType> types, Function<ComputationBuilder, List<Instr>> body) {
    String key = name + " " + types;
    Long known = shared.get(key);
    if (known != null) {
      return known;
    }
    var builder = new ComputationBuilder(this, name);
    for (int i = 0; i < types.size(); i++) {
      builder.parameter(types.get(i), "x" + i);
    }
    long id = builder.finish(body.apply(builder), false);
    shared.put(key, id);
    return id;
  }

  /// Returns the number of a computation of scalars, made once for each name and dtype.
  long scalar(String name, DType dtype, Function<ComputationBuilder, Instr> body, int params) {
    return shared(
        name, Collections.nCopies(params, ArrayType.scalar(dtype)), b -> List.of(body.apply(b)));
  }
}
