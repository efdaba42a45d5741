package org.girih.hlo.emit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.stream.IntStream;
import org.girih.ir.type.ArrayType;

/// A function as a computation that calls name.
///
/// A call that stays apart must not return a parameter, nor one value twice: XLA then gives two
/// values of the caller one piece of memory, and when a fusion reads both, one of them elementwise
/// and the other in a reduction, it may write its result over them. Such results are the caller's
/// own operands, or results that it has.
///
/// @param computed the types of what the computation returns
/// @param sources where each result of the function comes from
record Callee(long computation, List<ArrayType> computed, List<Source> sources) {
  /// A result of the function.
  sealed interface Source {}

  /// The operand of this number.
  record Operand(int number) implements Source {}

  /// The result of this number of the computation.
  record Computed(int number) implements Source {}

  /// Finishes a function that is inlined by XLA: the computation returns all results.
  static Callee inlined(ComputationBuilder b, List<Instr> results) {
    return new Callee(
        b.finish(results, false),
        LoopEmitter.types(results),
        IntStream.range(0, results.size()).<Source>mapToObj(Computed::new).toList());
  }

  /// Finishes a function that stays apart: the computation returns what it computes, each once.
  static Callee apart(ComputationBuilder b, List<Instr> params, List<Instr> results) {
    var known = new HashMap<Long, Source>();
    for (int i = 0; i < params.size(); i++) {
      known.put(params.get(i).id(), new Operand(i));
    }
    var computed = new ArrayList<Instr>();
    var sources = new ArrayList<Source>();
    for (Instr result : results) {
      if (!known.containsKey(result.id())) {
        known.put(result.id(), new Computed(computed.size()));
        computed.add(result);
      }
      sources.add(known.get(result.id()));
    }
    return new Callee(b.finish(computed, false), LoopEmitter.types(computed), sources);
  }

  /// Returns the results of the function.
  ///
  /// @param in the operands of the call
  /// @param out what the computation returned
  List<Instr> results(List<Instr> in, List<Instr> out) {
    return sources.stream()
        .map(
            source ->
                switch (source) {
                  case Operand(int number) -> in.get(number);
                  case Computed(int number) -> out.get(number);
                })
        .toList();
  }
}
