package org.girih.hlo.emit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.girih.ir.op.Cond;
import org.girih.ir.op.FuncRef;
import org.girih.ir.program.Func;
import org.girih.ir.type.ArrayType;

/// Branches. HLO's `conditional` takes what they capture as one tuple.
///
/// A result that both branches were given is the caller's operand, and two results that are one in
/// both branches are one result of the conditional: [Callee] says what comes of it else.
final class BranchEmitter {
  /// A branch under construction.
  private record Branch(ComputationBuilder b, List<Instr> params, List<Instr> results) {
    static Branch of(ComputationBuilder caller, FuncRef ref, List<Instr> captured) {
      Func func = caller.module().program().func(ref);
      var b = new ComputationBuilder(caller.module(), ref.name());
      List<Instr> params = b.tupleParameter(LoopEmitter.types(captured));
      return new Branch(b, params, HloEmitter.block(b, func.block(), params));
    }

    /// A result as an instruction of the caller, if the branch only hands it on, else as one of the
    /// branch.
    long origin(int result, List<Instr> captured) {
      int param = params.indexOf(results.get(result));
      return param < 0 ? results.get(result).id() : captured.get(param).id();
    }
  }

  /// Where a result comes from in either branch. No two instructions of a module have one number.
  private record Origins(long then, long otherwise) {}

  private BranchEmitter() {}

  static List<Instr> cond(ComputationBuilder b, Cond cond, List<Instr> in, List<ArrayType> out) {
    List<Instr> captured = in.subList(1, in.size());
    Branch then = Branch.of(b, cond.then(), captured);
    Branch otherwise = Branch.of(b, cond.otherwise(), captured);
    Map<Long, Instr> operands = new LinkedHashMap<>();
    captured.forEach(x -> operands.put(x.id(), x));
    // Which results stay, each with its place among them.
    Map<Origins, Integer> places = new LinkedHashMap<>();
    var origins = new ArrayList<Origins>();
    var first = new ArrayList<Integer>();
    for (int i = 0; i < out.size(); i++) {
      var each = new Origins(then.origin(i, captured), otherwise.origin(i, captured));
      origins.add(each);
      if (!handedOn(each, operands) && !places.containsKey(each)) {
        places.put(each, first.size());
        first.add(i);
      }
    }
    List<Instr> chosen =
        first.isEmpty()
            ? List.of()
            : conditional(b, in.getFirst(), captured, then, otherwise, first);
    return origins.stream()
        .map(o -> handedOn(o, operands) ? operands.get(o.then()) : chosen.get(places.get(o)))
        .toList();
  }

  private static boolean handedOn(Origins origins, Map<Long, Instr> operands) {
    return origins.then() == origins.otherwise() && operands.containsKey(origins.then());
  }

  /// @param results which of the branches' results it returns
  private static List<Instr> conditional(
      ComputationBuilder b,
      Instr condition,
      List<Instr> captured,
      Branch then,
      Branch otherwise,
      List<Integer> results) {
    long state = LoopEmitter.tuple(b, captured);
    var computations = new ArrayList<Long>();
    for (Branch branch : List.of(then, otherwise)) {
      computations.add(
          branch.b().finish(results.stream().map(branch.results()::get).toList(), true));
    }
    var types = results.stream().map(i -> then.results().get(i).type()).toList();
    var instruction = b.instruction("conditional", Shapes.tuple(types), List.of(condition));
    instruction.addOperandIds(state).addOperandIds(state).addAllCalledComputationIds(computations);
    return b.elements(b.add(instruction), types);
  }
}
