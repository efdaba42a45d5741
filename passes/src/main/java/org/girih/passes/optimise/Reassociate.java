package org.girih.passes.optimise;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.op.Dot;
import org.girih.ir.program.Block;
import org.girih.ir.program.Equation;
import org.girih.ir.program.Func;
import org.girih.ir.program.Origin;
import org.girih.ir.program.Program;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Value;
import org.girih.passes.rebuild.BlockCopy;
import org.girih.passes.rewrite.Rewrites;

/// Computes sums and products of floats in another order, where that is less work: it is asked for
/// by `--reassociate`, since last bits change. A product of matrices with another is begun at the
/// end where it takes fewer operations, if nothing else needs the first product; two constants that
/// are added or multiplied one after the other become one.
///
/// ```
/// %3: f32[500, 500] = dot %0 %1 …                      %3: f32[500] = dot %1 %2 …
/// %4: f32[500] = dot %3 %2 …                    ───▶   %4: f32[500] = dot %0 %3 …
/// ```
///
/// Limits: products without batch axes, of two at a time from the inside outwards, which is not
/// always the best order of a long chain.
public final class Reassociate {
  private final BlockCopy copy;
  private final Map<Value, Integer> uses = new HashMap<>();

  private Reassociate(Block block) {
    this.copy = new BlockCopy(block);
  }

  public static Program run(Program program, Diagnostics diagnostics) {
    Program before = Rewriting.run("reassociate", program, Rewrites.REASSOCIATING, diagnostics);
    var funcs = new ArrayList<Func>();
    for (Func func : before.funcs().values()) {
      funcs.add(new Func(func.ref(), new Reassociate(func.block()).run(func.block())));
    }
    return before.withFuncs(funcs);
  }

  private Block run(Block block) {
    var read = new HashMap<Value, Integer>();
    block.results().forEach(r -> read.merge(r, 1, Integer::sum));
    block.equations().forEach(e -> e.operands().forEach(x -> read.merge(x, 1, Integer::sum)));
    for (Equation equation : block.equations()) {
      List<Value> in = copy.now(equation.operands());
      Equation made =
          equation.op() instanceof Dot dot && equation.result().type().dtype().inexact()
              ? dot(equation, dot, in)
              : copy.keep(equation, equation.op(), in);
      for (int i = 0; i < made.results().size(); i++) {
        uses.put(made.results().get(i), read.getOrDefault(equation.results().get(i), 0));
      }
    }
    return copy.finish();
  }

  private record Product(Dot dot, Value left, Value right) {}

  private Equation dot(Equation equation, Dot dot, List<Value> in) {
    var product = new Product(dot, in.getFirst(), in.getLast());
    for (Optional<Product> better = better(product, equation); better.isPresent(); ) {
      product = better.get();
      better = better(product, equation);
    }
    return copy.keep(equation, product.dot, List.of(product.left, product.right));
  }

  private Optional<Product> better(Product outer, Equation equation) {
    return fromTheRight(outer, equation).or(() -> fromTheLeft(outer, equation));
  }

  /// Returns `(a · b) · c` as `a · (b · c)`.
  private Optional<Product> fromTheRight(Product outer, Equation equation) {
    Optional<Equation> first = alone(outer.left, outer.dot);
    if (first.isEmpty()) {
      return Optional.empty();
    }
    var inner = (Dot) first.get().op();
    Value a = first.get().operands().getFirst();
    Value b = first.get().operands().getLast();
    List<Integer> ofA = rest(a.type(), inner.leftContract());
    List<Integer> ofB = rest(b.type(), inner.rightContract());
    if (outer.dot.leftContract().stream().anyMatch(i -> i < ofA.size())) {
      return Optional.empty();
    }
    List<Integer> shared =
        outer.dot.leftContract().stream().map(i -> ofB.get(i - ofA.size())).toList();
    ArrayType made = type(b.type(), shared, outer.right.type(), outer.dot.rightContract());
    ArrayType result = equation.result().type();
    boolean less =
        work(made, b.type(), shared) + work(result, a.type(), inner.leftContract())
            < work(outer.left.type(), a.type(), inner.leftContract())
                + work(result, outer.left.type(), outer.dot.leftContract());
    if (!less) {
      return Optional.empty();
    }
    Value bc =
        append(
            new Dot(List.of(), List.of(), shared, outer.dot.rightContract()),
            made,
            b,
            outer.right,
            equation.origin());
    List<Integer> left = rest(b.type(), shared);
    var at = inner.rightContract().stream().map(left::indexOf).toList();
    return Optional.of(new Product(new Dot(List.of(), List.of(), inner.leftContract(), at), a, bc));
  }

  /// Returns `c · (a · b)` as `(c · a) · b`.
  private Optional<Product> fromTheLeft(Product outer, Equation equation) {
    Optional<Equation> first = alone(outer.right, outer.dot);
    if (first.isEmpty()) {
      return Optional.empty();
    }
    var inner = (Dot) first.get().op();
    Value a = first.get().operands().getFirst();
    Value b = first.get().operands().getLast();
    List<Integer> ofA = rest(a.type(), inner.leftContract());
    if (outer.dot.rightContract().stream().anyMatch(i -> i >= ofA.size())) {
      return Optional.empty();
    }
    List<Integer> shared = outer.dot.rightContract().stream().map(ofA::get).toList();
    ArrayType made = type(outer.left.type(), outer.dot.leftContract(), a.type(), shared);
    ArrayType result = equation.result().type();
    boolean less =
        work(made, a.type(), shared) + work(result, b.type(), inner.rightContract())
            < work(outer.right.type(), b.type(), inner.rightContract())
                + work(result, outer.right.type(), outer.dot.rightContract());
    if (!less) {
      return Optional.empty();
    }
    Value ca =
        append(
            new Dot(List.of(), List.of(), outer.dot.leftContract(), shared),
            made,
            outer.left,
            a,
            equation.origin());
    int before = outer.left.type().rank() - outer.dot.leftContract().size();
    List<Integer> left = rest(a.type(), shared);
    var at = inner.leftContract().stream().map(i -> before + left.indexOf(i)).toList();
    return Optional.of(
        new Product(new Dot(List.of(), List.of(), at, inner.rightContract()), ca, b));
  }

  /// Returns the product that a value is, if only one equation reads it; neither has batch axes.
  private Optional<Equation> alone(Value value, Dot outer) {
    Equation made = copy.equation(value);
    return made != null
            && made.op() instanceof Dot inner
            && inner.leftBatch().isEmpty()
            && outer.leftBatch().isEmpty()
            && uses.getOrDefault(value, 0) == 1
        ? Optional.of(made)
        : Optional.empty();
  }

  private Value append(Dot dot, ArrayType type, Value left, Value right, Origin origin) {
    Value made = copy.append(dot, List.of(left, right), List.of(type), origin).getFirst();
    uses.put(made, 1);
    return made;
  }

  private static List<Integer> rest(ArrayType type, List<Integer> contracted) {
    return IntStream.range(0, type.rank()).boxed().filter(i -> !contracted.contains(i)).toList();
  }

  private static ArrayType type(
      ArrayType left, List<Integer> ofLeft, ArrayType right, List<Integer> ofRight) {
    var dims = new ArrayList<>(rest(left, ofLeft).stream().map(left::dim).toList());
    rest(right, ofRight).forEach(i -> dims.add(right.dim(i)));
    return left.withDims(dims);
  }

  /// Returns the products that a dot adds up.
  private static double work(ArrayType result, ArrayType operand, List<Integer> contracted) {
    double work = result.elements().known().orElse(Long.MAX_VALUE);
    for (int axis : contracted) {
      work *= operand.dim(axis).known().orElse(Long.MAX_VALUE);
    }
    return work;
  }
}
