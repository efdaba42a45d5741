package org.girih.ir.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Value;

/// The tangents of a function with `@vjp` rule: linear in what follows the `residuals` leading
/// operands. Nothing computes it; its transpose calls `backward` (see [CustomVjp]). One that is
/// left when all transformations are expanded is forward mode, which the rule does not provide.
///
/// - (C1) `backward` is a function defined before
/// - (C2) `residuals` is at most the number of operands and of the parameters of `backward`, and
///   not negative
/// - (C3) residuals of the types of the first parameters of `backward`
/// - (C4) tangents of the types of the results of `backward`
public record CustomLinear(FuncRef backward, int residuals) implements Structured {
  @Override
  public List<FuncRef> callees() {
    return List.of(backward);
  }

  @Override
  public List<ArrayType> infer(Inference cx, List<ArrayType> in) {
    var signature = cx.c(1).signature(backward);
    cx.c(2)
        .require(
            residuals >= 0 && residuals <= in.size() && residuals <= signature.params().size(),
            "%d residuals of %d operands and %d parameters",
            residuals,
            in.size(),
            signature.params().size());
    cx.c(3).same(signature.params().subList(0, residuals), in.subList(0, residuals), "residuals");
    cx.c(4).same(signature.results(), in.subList(residuals, in.size()), "tangents");
    return signature.params().subList(residuals, signature.params().size());
  }

  /// @throws Refusal always: that is forward mode of the rule
  @Override
  public Duals jvp(Builder b, Transforms t, List<Value> xs, List<Optional<Value>> ts) {
    throw forward();
  }

  /// Returns the refusal of forward mode.
  public static Refusal forward() {
    return new Refusal(
        Code.NOT_DIFFERENTIABLE,
        "the forward derivative of a def with a `@vjp` rule",
        "give it a `@jvp` rule, which serves both directions");
  }

  @Override
  public void split(Transforms t, Splitting s) {
    var operands = new ArrayList<Value>();
    for (int i = 0; i < s.mask().size(); i++) {
      operands.add(s.unknown(i));
    }
    List<Value> out = s.unknown().emit(this, operands);
    Tangents.unknownResults(s, Mask.all(out.size()), out);
  }

  @Override
  public void transpose(
      Builder b, Transforms t, TransposedOperands in, List<Optional<Value>> cts, Cotangents out) {
    var signature = t.signature(backward);
    var operands = new ArrayList<Value>();
    for (int i = 0; i < residuals; i++) {
      operands.add(in.get(i));
    }
    List<ArrayType> types = signature.params().subList(residuals, signature.params().size());
    operands.addAll(Tangents.filled(b, cts, Mask.all(cts.size()), types));
    List<Value> results = b.emit(new Call(backward), operands);
    for (int i = 0; i < results.size(); i++) {
      out.add(residuals + i, results.get(i));
    }
  }

  @Override
  public Batched batch(Builder b, Transforms t, BatchAxis axis, List<Value> xs, Mask batched) {
    var signature = t.signature(backward);
    var made =
        t.batch(
            backward,
            axis,
            Mask.concat(
                batched.slice(0, residuals), Mask.all(signature.params().size() - residuals)),
            Mask.all(signature.results().size()));
    var operands = new ArrayList<>(xs.subList(0, residuals));
    operands.addAll(
        Batched.spread(
            b, axis, xs.subList(residuals, xs.size()), batched.slice(residuals, batched.size())));
    return Batched.all(b.emit(new CustomLinear(made.ref(), residuals), operands));
  }
}
