package org.girih.hlo.emit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.girih.hlo.proto.HloInputOutputAliasProto;
import org.girih.hlo.proto.HloModuleProto;
import org.girih.hlo.proto.OpMetadata;
import org.girih.hlo.proto.OpSharding;
import org.girih.hlo.rewrite.Cuts;
import org.girih.ir.op.Call;
import org.girih.ir.op.FuncRef;
import org.girih.ir.op.Structured;
import org.girih.ir.program.Block;
import org.girih.ir.program.Entry;
import org.girih.ir.program.Equation;
import org.girih.ir.program.Func;
import org.girih.ir.program.Origin;
import org.girih.ir.program.Program;
import org.girih.ir.source.Span;

/// Emits a program: one module for each entry. Linear in the number of equations.
public final class HloEmitter {
  private HloEmitter() {}

  /// Returns the module of an entry: a computation for each function that is called, and for the
  /// bodies of loops and branches where they are.
  ///
  /// @param program well-typed, all sizes numbers
  public static HloModuleProto emit(Program program, Entry entry) {
    return emit(program, entry, List.of(), false);
  }

  /// Returns the module of an entry for several devices: placements are passed to XLA's
  /// partitioner.
  ///
  /// @param params where the parts of each parameter are
  public static HloModuleProto emit(Program program, Entry entry, List<OpSharding> params) {
    return emit(program, entry, params, true);
  }

  private static HloModuleProto emit(
      Program program, Entry entry, List<OpSharding> shardings, boolean partitioned) {
    var proto = HloModuleProto.newBuilder();
    var module = new Module(program, proto, partitioned);
    Set<FuncRef> called = called(program, entry.func());
    for (Func func : program.funcs().values()) {
      if (called.contains(func.ref()) && !func.ref().equals(entry.func())) {
        var builder = new ComputationBuilder(module, name(func.ref()));
        if (module.mayKeepApart(func.ref())) {
          builder.keepApart();
        }
        List<Instr> params = new ArrayList<>();
        func.block().params().forEach(p -> params.add(builder.parameter(p.type(), "x" + p.id())));
        List<Instr> results = block(builder, func.block(), params);
        module.function(
            func.ref(),
            module.outlined(func.ref())
                ? Callee.apart(builder, params, results)
                : Callee.inlined(builder, results));
      }
    }
    Func func = program.func(entry.func());
    var builder = new ComputationBuilder(module, name(func.ref()));
    builder.keepApart();
    List<Instr> params = new ArrayList<>();
    for (int i = 0; i < func.block().params().size(); i++) {
      Optional<OpSharding> sharding =
          partitioned ? Optional.of(shardings.get(i)) : Optional.empty();
      params.add(
          builder.parameter(func.block().params().get(i).type(), entry.params().get(i), sharding));
    }
    long id = builder.finish(block(builder, func.block(), params), false);
    proto
        .setName(name(func.ref()))
        .setEntryComputationName(builder.name())
        .setEntryComputationId(id)
        .setId(0)
        .setHostProgramShape(builder.signature())
        .setInputOutputAlias(aliases(entry));
    // The partitioner looks into no call that is kept apart.
    return partitioned ? proto.build() : Cuts.of(proto.build());
  }

  /// Returns what is donated, of which the plugin may take the memory; whether it does is for each
  /// run to decide.
  private static HloInputOutputAliasProto aliases(Entry entry) {
    var aliases = HloInputOutputAliasProto.newBuilder();
    entry
        .donated()
        .forEach(
            (param, result) -> {
              var alias =
                  aliases
                      .addEntriesBuilder()
                      .setParameterNumber(param)
                      .setKind(HloInputOutputAliasProto.Kind.MAY_ALIAS);
              // A single result is no tuple.
              if (entry.results().size() != 1) {
                alias.addOutputShapeIndex(result);
              }
            });
    return aliases.build();
  }

  private static String name(FuncRef ref) {
    return ref.name().replaceAll("[^A-Za-z0-9_.]", "_");
  }

  /// Returns the functions that the entry reaches by `call`, from itself or from loops and
  /// branches.
  private static Set<FuncRef> called(Program program, FuncRef entry) {
    var called = new HashSet<FuncRef>();
    var seen = new HashSet<FuncRef>();
    var work = new ArrayList<FuncRef>(List.of(entry));
    while (!work.isEmpty()) {
      FuncRef ref = work.removeLast();
      if (!seen.add(ref)) {
        continue;
      }
      for (Equation equation : program.func(ref).block().equations()) {
        if (equation.op() instanceof Structured op) {
          work.addAll(op.callees());
          if (op instanceof Call(FuncRef callee)) {
            called.add(callee);
          }
        }
      }
    }
    return called;
  }

  /// Emits the instructions of a block, its parameters given; returns its results.
  static List<Instr> block(ComputationBuilder builder, Block block, List<Instr> params) {
    var values = new Instr[block.ids()];
    for (int i = 0; i < params.size(); i++) {
      values[block.params().get(i).id()] = params.get(i);
    }
    for (Equation equation : block.equations()) {
      builder.at(metadata(equation));
      List<Instr> operands = new ArrayList<>(equation.operands().size());
      equation.operands().forEach(o -> operands.add(values[o.id()]));
      List<Instr> results = OpEmitter.emit(builder, equation, operands);
      for (int i = 0; i < results.size(); i++) {
        values[equation.results().get(i).id()] = results.get(i);
      }
    }
    return block.results().stream().map(r -> values[r.id()]).toList();
  }

  private static OpMetadata metadata(Equation equation) {
    Origin origin = equation.origin();
    if (origin.span().isEmpty()) {
      return OpMetadata.getDefaultInstance();
    }
    Span span = origin.span().get();
    return OpMetadata.newBuilder()
        .setOpName(equation.op().primitive())
        .setSourceFile(span.source().name())
        .setSourceLine(span.source().line(span.start()))
        .build();
  }
}
