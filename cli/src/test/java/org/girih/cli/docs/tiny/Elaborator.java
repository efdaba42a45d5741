package org.girih.cli.docs.tiny;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.girih.cli.docs.tiny.Func.Builder;
import org.girih.cli.docs.tiny.Func.Type;
import org.girih.cli.docs.tiny.Func.Value;
import org.girih.cli.docs.tiny.Op.Pair;
import org.girih.cli.docs.tiny.Op.Unary;
import org.girih.cli.docs.tiny.Tree.Callee;
import org.girih.cli.docs.tiny.Tree.Def;
import org.girih.cli.docs.tiny.Tree.Expr;

/// From the tree to the IR: names are resolved, calls inlined, scalars stretched to vectors.
record Elaborator(Map<String, Def> defs) {
  static Func main(Tree tree) {
    var b = new Builder();
    return b.build(new Elaborator(tree.defs()).eval(b, tree.printed(), Map.of()));
  }

  private Value eval(Builder b, Expr expr, Map<String, Value> scope) {
    return switch (expr) {
      case Expr.Numbers(var values, var scalar) -> b.emit(new Op.Constant(values, scalar));
      case Expr.Name(var name) ->
          Optional.ofNullable(scope.get(name))
              .orElseThrow(() -> new Wrong("`" + name + "` is not defined"));
      case Expr.Binary(var operator, var left, var right) -> {
        Value x = eval(b, left, scope);
        Value y = eval(b, right, scope);
        Value l = stretch(b, x, y.type());
        Value r = stretch(b, y, x.type());
        yield switch (operator) {
          case "*" -> b.emit(Pair.MULTIPLY, l, r);
          case "-" -> b.emit(Pair.ADD, l, b.emit(Unary.NEGATE, r));
          default -> b.emit(Pair.ADD, l, r);
        };
      }
      case Expr.Call(var callee, var args) -> {
        var in = args.stream().map(a -> eval(b, a, scope)).toList();
        yield b.inline(function(callee, in.stream().map(Value::type).toList()), in);
      }
    };
  }

  private static Value stretch(Builder b, Value x, Type other) {
    return x.type().size().isEmpty() && other.size().isPresent()
        ? b.emit(new Op.Broadcast(other.size().get()), x)
        : x;
  }

  /// The function for arguments of these types.
  private Func function(Callee callee, List<Type> types) {
    return switch (callee) {
      case Callee.Grad(var of) -> Transformations.grad(function(of, types));
      case Callee.Named(var name) -> {
        var b = new Builder();
        var params = types.stream().map(b::param).toList();
        yield b.build(
            switch (name) {
              case "sin" -> b.emit(Unary.SIN, params.getFirst());
              case "cos" -> b.emit(Unary.COS, params.getFirst());
              case "sum" -> b.emit(new Op.Sum(), params.getFirst());
              default -> body(b, name, params);
            });
      }
    };
  }

  private Value body(Builder b, String name, List<Value> params) {
    Def def = defs.get(name);
    if (def == null || def.params().size() != params.size()) {
      throw new Wrong("`" + name + "` is not a function of " + params.size());
    }
    var scope = new HashMap<String, Value>();
    for (int i = 0; i < params.size(); i++) {
      scope.put(def.params().get(i), params.get(i));
    }
    return eval(b, def.body(), scope);
  }
}
