package org.girih.grammar.elaborate.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.girih.ir.diagnostic.CompilerBug;
import org.girih.ir.op.FuncRef;
import org.girih.ir.op.Inference;
import org.girih.ir.op.Op;
import org.girih.ir.program.Func;

/// Holds the functions of the IR that an elaboration has made, in order, and the code that they
/// come from.
final class FunctionTable {
  private final Map<FuncRef, Inference.Signature> signatures = new HashMap<>();
  private final List<Func> funcs = new ArrayList<>();
  private final Set<FuncRef> effects = new HashSet<>();
  private final Map<String, Integer> taken = new HashMap<>();
  private final Map<Specialised.Key, Optional<Specialised>> specialised = new HashMap<>();

  Inference.Signature signature(FuncRef function) {
    var signature = signatures.get(function);
    if (signature == null) {
      throw new CompilerBug("no function " + function);
    }
    return signature;
  }

  /// A name that no function has yet.
  FuncRef fresh(String base) {
    int count = taken.merge(base, 1, Integer::sum);
    return new FuncRef(count == 1 ? base : base + "." + count);
  }

  /// Returns whether an op does something besides computing its results, itself or in a function
  /// that it names.
  boolean effect(Op op) {
    return op.effect() || op.callees().stream().anyMatch(this::effect);
  }

  boolean effect(FuncRef function) {
    return effects.contains(function);
  }

  /// Adds a function; its callees are there already.
  FuncRef define(Func func) {
    if (func.block().equations().stream().anyMatch(e -> effect(e.op()))) {
      effects.add(func.ref());
    }
    signatures.put(func.ref(), func.signature());
    funcs.add(func);
    return func.ref();
  }

  List<Func> funcs() {
    return List.copyOf(funcs);
  }

  Map<Specialised.Key, Optional<Specialised>> specialised() {
    return specialised;
  }

  /// Returns what takes back all that is added from now on, except names.
  Runnable restorer() {
    int kept = funcs.size();
    var before = new HashMap<>(specialised);
    return () -> {
      funcs.subList(kept, funcs.size()).clear();
      specialised.clear();
      specialised.putAll(before);
    };
  }
}
