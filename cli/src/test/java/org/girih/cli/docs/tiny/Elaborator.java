package org.girih.cli.docs.tiny;

import java.util.List;
import java.util.Map;
import org.girih.cli.docs.tiny.Func.Builder;
import org.girih.cli.docs.tiny.Func.Value;
import org.girih.cli.docs.tiny.Op.Pointwise;
import org.girih.cli.docs.tiny.Tree.Binary;
import org.girih.cli.docs.tiny.Tree.Call;
import org.girih.cli.docs.tiny.Tree.Def;
import org.girih.cli.docs.tiny.Tree.Expr;
import org.girih.cli.docs.tiny.Tree.Name;
import org.girih.cli.docs.tiny.Tree.Numbers;

/// From the tree to the IR: names are resolved, calls inlined, scalars stretched to vectors.
record Elaborator(Map<String, Def> defs) {
  private static final Map<String, Op> OPS =
      Map.of("sin", Pointwise.SINE, "cos", Pointwise.COSINE, "sum", new Op.Sum());

  static Func main(Tree tree) {
    var b = new Builder();
    return b.build(new Elaborator(tree.defs()).eval(b, tree.printed(), Map.of()));
  }

  private Value eval(Builder b, Expr expr, Map<String, Value> scope) {
    return switch (expr) {
      case Numbers(var values, var dims) -> b.emit(new Op.Constant(values, dims));
      case Name(var name) when scope.containsKey(name) -> scope.get(name);
      case Name(var name) -> throw new IllegalArgumentException("`" + name + "` is not defined");
      case Binary(var operator, var left, var right) -> {
        Value x = eval(b, left, scope);
        Value y = eval(b, right, scope);
        Value l = b.stretch(x, y.dims());
        Value r = b.stretch(operator.equals("-") ? b.emit(Pointwise.NEGATE, y) : y, x.dims());
        yield b.emit(operator.equals("*") ? Pointwise.MULTIPLY : Pointwise.ADD, l, r);
      }
      case Call(var callee, var args) -> {
        var in = args.stream().map(a -> eval(b, a, scope)).toList();
        yield b.inline(function(callee, in.stream().map(Value::dims).toList()), in);
      }
    };
  }

  /// The function for arguments of these sizes.
  private Func function(Expr callee, List<List<Integer>> sizes) {
    return switch (callee) {
      case Call(Name(var grad), var of) when grad.equals("grad") ->
          Transformations.grad(function(of.getFirst(), sizes));
      case Name(var name) -> {
        var b = new Builder();
        var xs = sizes.stream().map(b::param).toList();
        boolean op = OPS.containsKey(name) && xs.size() == 1;
        yield b.build(op ? b.emit(OPS.get(name), xs.getFirst()) : body(b, name, xs));
      }
      case Expr other -> throw new IllegalArgumentException(other + " is not a function");
    };
  }

  private Value body(Builder b, String name, List<Value> args) {
    Def def = defs.get(name);
    if (def == null || def.params().size() != args.size()) {
      throw new IllegalArgumentException("`" + name + "` is not a function of " + args.size());
    }
    return eval(b, def.body(), Func.zip(def.params(), args));
  }
}
