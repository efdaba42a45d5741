package org.girih.hlo.emit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.girih.ir.op.Cond;
import org.girih.ir.op.FuncRef;
import org.girih.ir.program.Func;
import org.girih.ir.type.ArrayType;

/// Branches. HLO's `conditional` takes what they capture as one tuple.
///
/// A result that both branches were given is the caller's operand: [Callee] tells what comes of it
/// otherwise. Two results that are one in both branches are two, since a conditional copies its
/// results.
final class BranchEmitter {
  /// A branch under construction.
  private record Branch(ComputationBuilder b, List<Instr> params, List<Instr> results) {
    static Branch of(ComputationBuilder caller, FuncRef ref, List<Instr> captured) {
      Func func = caller.module().program().func(ref);
      var b = new ComputationBuilder(caller.module(), ref.name());
      List<Instr> params = b.tupleParameter(LoopEmitter.types(captured));
      return new Branch(b, params, HloEmitter.block(b, func.block(), params));
    }

    /// Returns the operand that a result is, if the branch only hands it on.
    Optional<Instr> operand(int result, List<Instr> captured) {
      int param = params.indexOf(results.get(result));
      return param < 0 ? Optional.empty() : Optional.of(captured.get(param));
    }
  }

  private BranchEmitter() {}

  static List<Instr> cond(ComputationBuilder b, Cond cond, List<Instr> in, List<ArrayType> out) {
    List<Instr> captured = in.subList(1, in.size());
    Branch then = Branch.of(b, cond.then(), captured);
    Branch otherwise = Branch.of(b, cond.otherwise(), captured);
    List<Optional<Instr>> handedOn =
        IntStream.range(0, out.size())
            .mapToObj(
                i ->
                    then.operand(i, captured)
                        .filter(x -> otherwise.operand(i, captured).equals(Optional.of(x))))
            .toList();
    List<Integer> chosen =
        IntStream.range(0, out.size()).filter(i -> handedOn.get(i).isEmpty()).boxed().toList();
    Iterator<Instr> made =
        chosen.isEmpty()
            ? Collections.emptyIterator()
            : conditional(b, in.getFirst(), captured, then, otherwise, chosen).iterator();
    return handedOn.stream().map(x -> x.orElseGet(made::next)).toList();
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
    var instruction = b.instruction("conditional", HloShapes.tuple(types), List.of(condition));
    instruction.addOperandIds(state).addOperandIds(state).addAllCalledComputationIds(computations);
    return b.elements(b.add(instruction), types);
  }
}
