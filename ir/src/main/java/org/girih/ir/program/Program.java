package org.girih.ir.program;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.girih.ir.diagnostic.CompilerBug;
import org.girih.ir.op.FuncRef;

/// Functions, callees before callers, and the entries among them.
public record Program(SequencedMap<FuncRef, Func> funcs, List<Entry> entries) {
  public Program {
    funcs = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(funcs));
    entries = List.copyOf(entries);
  }

  /// @throws CompilerBug if two functions have one name
  public static Program of(List<Func> funcs, List<Entry> entries) {
    var map = new LinkedHashMap<FuncRef, Func>();
    for (Func func : funcs) {
      if (map.put(func.ref(), func) != null) {
        throw new CompilerBug("two functions " + func.ref());
      }
    }
    return new Program(map, entries);
  }

  /// @throws CompilerBug if there is none
  public Func func(FuncRef ref) {
    Func func = funcs.get(ref);
    if (func == null) {
      throw new CompilerBug("no function " + ref);
    }
    return func;
  }

  /// Returns the same with other functions, given callees before callers.
  public Program withFuncs(List<Func> others) {
    return of(others, entries);
  }
}
