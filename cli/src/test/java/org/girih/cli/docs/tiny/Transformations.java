package org.girih.cli.docs.tiny;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.girih.cli.docs.tiny.Func.Builder;
import org.girih.cli.docs.tiny.Func.Equation;
import org.girih.cli.docs.tiny.Func.Value;

/// Functions of functions of the IR.
final class Transformations {
  private Transformations() {}

  /// Forward mode: of (x, …) the function of (x, …, tangents) that returns the result's tangent.
  static Func jvp(Func f) {
    var b = new Builder();
    var here = new HashMap<Value, Value>();
    var tangents = new HashMap<Value, Value>();
    f.params().forEach(p -> here.put(p, b.param(p.dims())));
    f.params().forEach(p -> tangents.put(p, b.param(p.dims())));
    for (Equation e : f.equations()) {
      b.copy(e, here);
      var xs = e.operands().stream().map(here::get).toList();
      for (int i = 0; i < xs.size(); i++) {
        Value t = tangents.get(e.operands().get(i));
        if (t != null) { // else it is zero
          add(b, tangents, e.result(), e.op().tangent(b, i, xs, t));
        }
      }
    }
    return b.build(tangents.computeIfAbsent(f.result(), y -> b.fill(0, y.dims())));
  }

  private static void add(Builder b, Map<Value, Value> sums, Value at, Value part) {
    sums.merge(at, part, (one, other) -> b.emit(Op.Pointwise.ADD, one, other));
  }

  /// Reverse mode: what does not depend on tangents is computed, the rest, which is linear, is run
  /// backward. The derivative in the first parameter.
  static Func grad(Func f) {
    if (!f.result().dims().isEmpty()) {
      throw new IllegalArgumentException("`grad` expects a scalar, got " + f.result().dims());
    }
    Func jvp = jvp(f);
    int n = f.params().size();
    var b = new Builder();
    var known = new HashMap<Value, Value>();
    var tangents = new HashSet<>(jvp.params().subList(n, 2 * n));
    var linear = new ArrayList<Equation>();
    jvp.params().subList(0, n).forEach(p -> known.put(p, b.param(p.dims())));
    for (Equation e : jvp.equations()) {
      if (Collections.disjoint(e.operands(), tangents)) {
        b.copy(e, known);
      } else {
        linear.add(e);
        tangents.add(e.result());
      }
    }
    var cotangents = new HashMap<>(Map.of(jvp.result(), b.fill(1, List.of())));
    for (Equation e : linear.reversed()) {
      Value ct = cotangents.get(e.result());
      var xs = e.operands().stream().map(x -> known.getOrDefault(x, x)).toList();
      for (int i = 0; ct != null && i < xs.size(); i++) {
        Value x = e.operands().get(i);
        if (tangents.contains(x)) {
          add(b, cotangents, x, e.op().transpose(b, i, xs, ct));
        }
      }
    }
    Value first = jvp.params().get(n);
    return pruned(b.build(cotangents.computeIfAbsent(first, x -> b.fill(0, x.dims()))));
  }

  /// Without equations that the result does not need.
  static Func pruned(Func f) {
    var needed = new HashSet<>(List.of(f.result()));
    var kept = new ArrayList<Equation>();
    for (Equation e : f.equations().reversed()) {
      if (needed.contains(e.result())) {
        needed.addAll(e.operands());
        kept.addFirst(e);
      }
    }
    return new Func(f.params(), kept, f.result());
  }
}
