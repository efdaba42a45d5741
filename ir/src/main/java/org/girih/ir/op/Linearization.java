package org.girih.ir.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.girih.ir.type.Value;

/// A function cut into what depends on its parameters and the linear map of their tangents: `jvp`,
/// then `split`. Its forward half is a call that all users share.
record Linearization(FuncRef callee, Transforms.Made jvp, Transforms.Halves halves, int params) {
  /// @param wrt the parameters whose tangents are not zero
  static Linearization of(Transforms t, FuncRef callee, List<Integer> wrt) {
    var signature = t.signature(callee);
    int params = signature.params().size();
    int results = signature.results().size();
    var jvp = t.jvp(callee, Mask.where(params, wrt::contains), Mask.none(results));
    Mask tangents = Mask.concat(Mask.none(params), Mask.all(wrt.size()));
    var halves = t.split(jvp.ref(), tangents, Mask.none(results + jvp.out().count()));
    return new Linearization(callee, jvp, halves, params);
  }

  private int results() {
    return jvp.out().size();
  }

  /// Returns the results of the function, then residuals.
  List<Value> forward(Builder b, List<Value> xs) {
    return b.once(new Call(halves.known()), xs.subList(0, params));
  }

  private List<Value> residuals(List<Value> xs, List<Value> forward) {
    return halves.residuals(xs::get, forward::get);
  }

  /// Returns which results have a tangent that depends on those of the parameters.
  private Mask varying() {
    var bits = new ArrayList<Boolean>();
    int next = results();
    for (int i = 0; i < results(); i++) {
      bits.add(jvp.out().at(i) && halves.unknownOut().at(next));
      next += jvp.out().at(i) ? 1 : 0;
    }
    return new Mask(bits);
  }

  /// Returns the tangents of the results, empty where zero.
  List<Optional<Value>> tangents(Builder b, List<Value> xs, List<Value> ts) {
    var operands = new ArrayList<>(residuals(xs, forward(b, xs)));
    operands.addAll(ts);
    return Tangents.spread(varying(), b.emit(new Call(halves.unknown()), operands).iterator());
  }

  /// Returns the cotangents of the parameters, empty where zero.
  ///
  /// @param cts those of the results, empty where zero
  List<Optional<Value>> cotangents(
      Builder b, Transforms t, List<Value> xs, List<Optional<Value>> cts) {
    int residuals = halves.residuals().size();
    int tangents = t.signature(halves.unknown()).params().size() - residuals;
    Mask linear = Mask.concat(Mask.none(residuals), Mask.all(tangents));
    List<Optional<Value>> given = varying().pick(cts);
    var made =
        t.transpose(halves.unknown(), linear, Tangents.nonzero(given), Mask.none(linear.size()));
    var operands = new ArrayList<>(residuals(xs, forward(b, xs)));
    given.forEach(ct -> ct.ifPresent(operands::add));
    Mask out = made.out().slice(residuals, linear.size());
    return Tangents.spread(out, b.emit(new Call(made.ref()), operands).iterator());
  }
}
