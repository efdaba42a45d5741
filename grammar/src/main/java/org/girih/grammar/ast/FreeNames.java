package org.girih.grammar.ast;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The names that a lambda uses and does not bind. It may name more than are used (a name bound
/// later in a block counts as used before), never fewer.
public final class FreeNames {
  private final Set<String> free = new LinkedHashSet<>();
  private final Deque<Set<String>> bound = new ArrayDeque<>();

  private FreeNames() {}

  public static List<String> of(Expr.Lambda lambda) {
    var walk = new FreeNames();
    walk.lambda(lambda);
    return List.copyOf(walk.free);
  }

  private void lambda(Expr.Lambda lambda) {
    lambda.inits().forEach(init -> init.ifPresent(this::expr));
    var names = new HashSet<String>();
    lambda.params().forEach(p -> names.addAll(BoundNames.of(p)));
    bound.push(names);
    expr(lambda.body());
    bound.pop();
  }

  private void use(String name) {
    if (bound.stream().noneMatch(s -> s.contains(name))) {
      free.add(name);
    }
  }

  private void with(Pattern pattern, Runnable inside) {
    bound.push(new HashSet<>(BoundNames.of(pattern)));
    inside.run();
    bound.pop();
  }

  private void each(List<Expr> all) {
    all.forEach(this::expr);
  }

  private void expr(Expr root) {
    Expr expr = root;
    while (expr instanceof Expr.Binary(_, _, _, var left, var right)) {
      expr(right);
      expr = left;
    }
    switch (expr) {
      case Expr.Name(_, String name) -> use(name);
      case Expr.IntLit _, Expr.FloatLit _, Expr.BoolLit _, Expr.NoneLit _, Expr.Ellipsis _ -> {}
      case Expr.Text(_, var parts) ->
          parts.forEach(
              p -> {
                if (p instanceof Expr.Part.Hole(_, var value, _)) {
                  expr(value);
                }
              });
      case Expr.TupleExpr(_, var items) -> each(items);
      case Expr.ArrayExpr(_, var items) -> each(items);
      case Expr.Comprehension(_, var body, var generators) -> {
        generators.forEach(g -> iter(g.iter()));
        var names = new HashSet<String>();
        generators.forEach(g -> names.addAll(BoundNames.of(g.pattern())));
        bound.push(names);
        expr(body);
        bound.pop();
      }
      case Expr.RecordExpr(_, var fields) -> fields.forEach(f -> expr(f.value()));
      case Expr.RecordUpdate(_, var base, var updates) -> {
        expr(base);
        updates.forEach(u -> expr(u.value()));
      }
      case Expr.Block(_, var lets, var result) -> {
        var names = new HashSet<String>();
        bound.push(names);
        lets.forEach(
            l -> {
              expr(l.value());
              l.type().ifPresent(this::type);
              names.addAll(BoundNames.of(l.pattern()));
            });
        expr(result);
        bound.pop();
      }
      case Expr.Loop(_, var carry, var init, var head, var body) -> {
        expr(init);
        switch (head) {
          case Expr.LoopHead.For(_, Expr.Generator(_, var pattern, var iter)) -> {
            iter(iter);
            with(carry, () -> with(pattern, () -> expr(body)));
          }
          case Expr.LoopHead.While(_, var condition, var max) -> {
            max.ifPresent(this::expr);
            with(
                carry,
                () -> {
                  expr(condition);
                  expr(body);
                });
          }
        }
      }
      case Expr.Lambda lambda -> lambda(lambda);
      case Expr.If(_, var condition, var then, var otherwise) -> {
        expr(condition);
        expr(then);
        expr(otherwise);
      }
      case Expr.Call(_, var callee, var args) -> {
        expr(callee);
        args.forEach(a -> expr(a.value()));
      }
      case Expr.Index(_, var base, var subs) -> {
        expr(base);
        subs.forEach(this::sub);
      }
      case Expr.Field(_, var base, _, _) -> expr(base);
      case Expr.Unary(_, _, var operand) -> expr(operand);
      case Expr.Binary _ -> throw new IllegalStateException();
      case Expr.Update(_, var base, var subs, _, var value) -> {
        expr(base);
        subs.forEach(this::sub);
        expr(value);
      }
      case Expr.Constrain(_, var base, _) -> expr(base);
    }
  }

  private void sub(Expr.Sub sub) {
    switch (sub) {
      case Expr.Sub.At(_, var value) -> expr(value);
      case Expr.Sub.Slice(_, Optional<Expr> start, Optional<Expr> stop, Optional<Expr> step) -> {
        start.ifPresent(this::expr);
        stop.ifPresent(this::expr);
        step.ifPresent(this::expr);
      }
    }
  }

  private void iter(Expr.Iter iter) {
    switch (iter) {
      case Expr.Iter.Over(_, var sequence) -> expr(sequence);
      case Expr.Iter.Range(_, var from, var to) -> {
        expr(from);
        expr(to);
      }
    }
  }

  private void type(TypeExpr type) {
    switch (type) {
      case TypeExpr.NamedType(_, _, var dims) ->
          dims.ifPresent(
              all ->
                  all.forEach(
                      d -> {
                        if (d instanceof TypeExpr.DimExpr.Dim(_, var size, _)) {
                          size(size);
                        }
                      }));
      case TypeExpr.TupleType(_, var items) -> items.forEach(this::type);
      case TypeExpr.RecordType(_, var fields) -> fields.forEach(f -> type(f.type()));
    }
  }

  private void size(TypeExpr.SizeExpr size) {
    switch (size) {
      case TypeExpr.SizeExpr.Any _, TypeExpr.SizeExpr.SizeInt _ -> {}
      case TypeExpr.SizeExpr.SizeName(_, var path) -> use(path.getFirst());
      case TypeExpr.SizeExpr.SizeBinary(_, _, var left, var right) -> {
        size(left);
        size(right);
      }
    }
  }
}
