package org.girih.cli.docs.tiny;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import org.girih.cli.docs.tiny.Func.Builder;
import org.girih.cli.docs.tiny.Func.Equation;
import org.girih.cli.docs.tiny.Func.Type;
import org.girih.cli.docs.tiny.Func.Value;
import org.girih.cli.docs.tiny.Op.Pair;

/// Functions of functions of the IR.
final class Transformations {
  private Transformations() {}

  /// Forward mode: of (x, …) the function of (x, …, tangents) that returns the result's tangent.
  static Func jvp(Func f) {
    var b = new Builder();
    var here = new HashMap<Value, Value>();
    var tangents = new HashMap<Value, Value>();
    f.params().forEach(p -> here.put(p, b.param(p.type())));
    f.params().forEach(p -> tangents.put(p, b.param(p.type())));
    for (Equation e : f.equations()) {
      var xs = e.operands().stream().map(here::get).toList();
      here.put(e.result(), b.emit(e.op(), xs.toArray(Value[]::new)));
      for (int i = 0; i < xs.size(); i++) {
        Value t = tangents.get(e.operands().get(i));
        if (t != null) { // else it is zero
          Value part = e.op().tangent(b, i, xs, t);
          tangents.merge(e.result(), part, (one, other) -> b.emit(Pair.ADD, one, other));
        }
      }
    }
    Value t = tangents.get(f.result());
    return b.build(t == null ? b.fill(0, f.result().type()) : t);
  }

  /// Reverse mode: what does not depend on tangents is computed, the rest, which is linear, is run
  /// backward. The derivative in the first parameter.
  static Func grad(Func f) {
    if (!f.result().type().equals(Type.SCALAR)) {
      throw new Wrong("`grad` of a function to " + f.result().type() + ": expected a scalar");
    }
    Func jvp = jvp(f);
    int n = f.params().size();
    var b = new Builder();
    var known = new HashMap<Value, Value>();
    var tangents = new HashSet<>(jvp.params().subList(n, 2 * n));
    var linear = new ArrayList<Equation>();
    jvp.params().subList(0, n).forEach(p -> known.put(p, b.param(p.type())));
    for (Equation e : jvp.equations()) {
      if (Collections.disjoint(e.operands(), tangents)) {
        var xs = e.operands().stream().map(known::get).toArray(Value[]::new);
        known.put(e.result(), b.emit(e.op(), xs));
      } else {
        linear.add(e);
        tangents.add(e.result());
      }
    }
    var cotangents = new HashMap<Value, Value>();
    cotangents.put(jvp.result(), b.fill(1, Type.SCALAR));
    for (Equation e : linear.reversed()) {
      Value ct = cotangents.get(e.result());
      for (int i = 0; ct != null && i < e.operands().size(); i++) {
        Value x = e.operands().get(i);
        if (tangents.contains(x)) {
          var xs = e.operands().stream().map(o -> known.getOrDefault(o, o)).toList();
          Value part = e.op().transpose(b, i, xs, ct);
          cotangents.merge(x, part, (one, other) -> b.emit(Pair.ADD, one, other));
        }
      }
    }
    Value first = jvp.params().get(n);
    Value result = cotangents.get(first);
    return pruned(b.build(result == null ? b.fill(0, first.type()) : result));
  }

  /// Without equations that the result does not need, each distinct one once.
  static Func pruned(Func f) {
    var needed = new HashSet<>(List.of(f.result()));
    for (Equation e : f.equations().reversed()) {
      if (needed.contains(e.result())) {
        needed.addAll(e.operands());
      }
    }
    record Computed(Op op, List<Value> operands) {}
    var b = new Builder();
    var here = new HashMap<Value, Value>();
    var done = new HashMap<Computed, Value>();
    f.params().forEach(p -> here.put(p, b.param(p.type())));
    for (Equation e : f.equations()) {
      if (needed.contains(e.result())) {
        var xs = e.operands().stream().map(here::get).toList();
        var computed = new Computed(e.op(), xs);
        here.put(
            e.result(),
            done.computeIfAbsent(computed, c -> b.emit(c.op(), xs.toArray(Value[]::new))));
      }
    }
    return b.build(here.get(f.result()));
  }
}
