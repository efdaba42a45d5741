package org.girih.hlo.emit;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.girih.hlo.proto.HloComputationProto;
import org.girih.hlo.proto.HloModuleProto;
import org.girih.ir.op.Call;
import org.girih.ir.op.FuncRef;
import org.girih.ir.program.Equation;
import org.girih.ir.program.Func;
import org.girih.ir.program.Program;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;

/// The module under construction: its computations so far, callees first, and the small ones that
/// reductions share.
final class Module {
  /// A function of so many equations that is called so often stays a computation of its own in XLA,
  /// which then compiles it once: 48 calls of 56 operations compile in 0.6 of the time. Others gain
  /// more from being put in place, where XLA fuses across the call and plans memory as a whole.
  private static final int LARGE = 40;

  private static final int OFTEN = 24;

  private final Program program;
  private final Map<FuncRef, Integer> calls = new HashMap<>();
  private final HloModuleProto.Builder proto;
  private final Map<FuncRef, Long> functions = new HashMap<>();
  private final Map<String, Long> scalars = new HashMap<>();
  private final Map<String, Integer> names = new HashMap<>();
  private long nextId = 1;

  Module(Program program, HloModuleProto.Builder proto) {
    this.program = program;
    this.proto = proto;
    for (Func func : program.funcs().values()) {
      for (Equation equation : func.block().equations()) {
        if (equation.op() instanceof Call(FuncRef callee)) {
          calls.merge(callee, 1, Integer::sum);
        }
      }
    }
  }

  Program program() {
    return program;
  }

  /// A number that no instruction and no computation has.
  long id() {
    return nextId++;
  }

  /// The name, with a number behind it if it is taken. A dot stands in no dtype's token, so that no
  /// name reads as one in HLO text.
  String name(String base) {
    int count = names.merge(base, 1, Integer::sum);
    return base + "." + count;
  }

  void add(HloComputationProto computation) {
    proto.addComputations(computation);
  }

  /// Whether a function is to stay a computation of its own.
  boolean outlined(FuncRef ref) {
    return calls.getOrDefault(ref, 0) >= OFTEN
        && program.func(ref).block().equations().size() >= LARGE;
  }

  long function(FuncRef ref) {
    return functions.get(ref);
  }

  void function(FuncRef ref, long computation) {
    functions.put(ref, computation);
  }

  /// A computation of scalars, made once for each name and dtype.
  long scalar(String name, DType dtype, Function<ComputationBuilder, Instr> body, int params) {
    String key = name + " " + dtype + " " + params;
    Long known = scalars.get(key);
    if (known != null) {
      return known;
    }
    var builder = new ComputationBuilder(this, name);
    for (int i = 0; i < params; i++) {
      builder.parameter(ArrayType.scalar(dtype), "x" + i);
    }
    long id = builder.finish(java.util.List.of(body.apply(builder)), false);
    scalars.put(key, id);
    return id;
  }
}
