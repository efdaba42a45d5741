package org.girih.passes.golden;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.girih.ir.op.FuncRef;
import org.girih.ir.op.IllTyped;
import org.girih.ir.op.Inference;
import org.girih.ir.op.Jvp;
import org.girih.ir.op.Op;
import org.girih.ir.op.VjpBackward;
import org.girih.ir.op.Vmap;
import org.girih.ir.program.Entry;
import org.girih.ir.program.Func;
import org.girih.ir.program.FuncBuilder;
import org.girih.ir.program.Program;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Condition;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Value;

/// Programs with one function more, which is a transformation of one that is there.
public final class Derived {
  private Derived() {}

  /// Positions of the types that have tangents.
  static List<Integer> inexact(List<ArrayType> types) {
    return IntStream.range(0, types.size())
        .filter(i -> types.get(i).dtype().inexact())
        .boxed()
        .toList();
  }

  private static List<ArrayType> pick(List<ArrayType> types, List<Integer> at) {
    return at.stream().map(types::get).toList();
  }

  /// Parameters, then tangents, to results, then tangents.
  static Program jvp(Program program, FuncRef f) {
    List<ArrayType> params = program.func(f).signature().params();
    List<Integer> wrt = inexact(params);
    return with(program, "jvp", new Jvp(f, wrt), params, pick(params, wrt));
  }

  /// Parameters, then cotangents of the results, to cotangents of the parameters.
  static Program vjp(Program program, FuncRef f) {
    var signature = program.func(f).signature();
    List<Integer> wrt = inexact(signature.params());
    List<Integer> of = inexact(signature.results());
    return with(
        program,
        "vjp",
        new VjpBackward(f, wrt, of),
        signature.params(),
        pick(signature.results(), of));
  }

  /// The function on lanes; parameters in `mapped` have a leading axis.
  public static Program vmap(Program program, FuncRef f, int size, List<Integer> mapped) {
    var signature = program.func(f).signature();
    var params = new ArrayList<ArrayType>();
    var in = new ArrayList<Integer>();
    for (int i = 0; i < signature.params().size(); i++) {
      ArrayType type = signature.params().get(i);
      in.add(mapped.contains(i) ? 0 : -1);
      if (mapped.contains(i)) {
        var dims = new ArrayList<Dim>(List.of(Dim.of(size)));
        dims.addAll(type.dims());
        type = type.withDims(dims);
      }
      params.add(type);
    }
    var out = signature.results().stream().map(_ -> 0).toList();
    return with(program, "vmap", new Vmap(f, Dim.of(size), in, out, 900 + size), params, List.of());
  }

  /// The name of the function that was added last.
  public static FuncRef last(Program program) {
    return program.entries().getLast().func();
  }

  private static Program with(
      Program program, String name, Op op, List<ArrayType> params, List<ArrayType> more) {
    var inference =
        new Inference() {
          @Override
          public Signature signature(FuncRef function) {
            return program.func(function).signature();
          }

          @Override
          public void unknown(Condition condition) {
            throw new IllTyped(condition.toString());
          }
        };
    var ref = new FuncRef("test." + name + "." + program.funcs().size());
    var builder = new FuncBuilder(ref, inference);
    var values = new ArrayList<Value>();
    params.forEach(type -> values.add(builder.param(type)));
    more.forEach(type -> values.add(builder.param(type)));
    Func func = builder.finish(builder.emit(op, values));
    var funcs = new ArrayList<>(program.funcs().values());
    funcs.add(func);
    var entry =
        new Entry(
            ref,
            IntStream.range(0, values.size()).mapToObj(i -> "x" + i).toList(),
            func.block().results().stream().map(_ -> "").toList());
    return Program.of(funcs, List.of(entry));
  }
}
