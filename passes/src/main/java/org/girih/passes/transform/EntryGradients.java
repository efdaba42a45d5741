package org.girih.passes.transform;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.girih.ir.op.FuncRef;
import org.girih.ir.op.VjpBackward;
import org.girih.ir.program.Entry;
import org.girih.ir.program.Func;
import org.girih.ir.program.Program;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Value;

/// The derivative of what a program enters, to be read: instead of each entry one that takes its
/// parameters and a cotangent for each float that it returns, and returns the cotangents of its
/// float parameters. Entries without floats on either side go.
public final class EntryGradients {
  private EntryGradients() {}

  public static Program of(Program program) {
    var derivations = new Derivations(program.funcs().keySet());
    program.funcs().values().forEach(derivations::add);
    var funcs = new ArrayList<>(program.funcs().values());
    var entries = new ArrayList<Entry>();
    for (Entry entry : program.entries()) {
      Func func = program.func(entry.func());
      List<Integer> wrt = inexact(func.signature().params());
      List<Integer> of = inexact(func.signature().results());
      if (wrt.isEmpty() || of.isEmpty()) {
        continue;
      }
      RuleBuilder sketch = derivations.sketch();
      var params = new ArrayList<Value>();
      func.signature().params().forEach(type -> params.add(sketch.param(type)));
      of.forEach(i -> params.add(sketch.param(func.signature().results().get(i))));
      List<Value> gradients = sketch.emit(new VjpBackward(func.ref(), wrt, of), params);
      var ref = new FuncRef(func.ref().name() + ".gradient");
      funcs.add(sketch.finish(ref, params, gradients));
      var names = new ArrayList<>(entry.params());
      of.forEach(i -> names.add("cotangent." + i));
      entries.add(new Entry(ref, names, wrt.stream().map(entry.params()::get).toList()));
    }
    return Program.of(funcs, entries);
  }

  private static List<Integer> inexact(List<ArrayType> types) {
    return IntStream.range(0, types.size())
        .filter(i -> types.get(i).dtype().inexact())
        .boxed()
        .toList();
  }
}
