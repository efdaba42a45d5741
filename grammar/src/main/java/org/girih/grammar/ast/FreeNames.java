package org.girih.grammar.ast;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.girih.ir.source.Span;

/// The names that a lambda or a def uses and does not bind. It may name more than are used (a name
/// bound later in a block counts as used before), never fewer.
public final class FreeNames {
  private final Map<String, Span> free = new LinkedHashMap<>();
  private final boolean choices;
  private final Deque<Set<String>> bound = new ArrayDeque<>();

  private FreeNames(boolean choices) {
    this.choices = choices;
  }

  public static List<String> of(Expr.Lambda lambda) {
    var walk = new FreeNames(true);
    walk.lambda(lambda);
    return List.copyOf(walk.free.keySet());
  }

  /// Returns the names that a body uses, with the first place of each; not those in arms, which
  /// the value that is matched explains.
  ///
  /// @param bound the names that it gets
  public static Map<String, Span> of(List<Item.Param> params, Set<String> bound, Expr body) {
    var walk = new FreeNames(false);
    var names = new HashSet<>(bound);
    params.forEach(p -> names.addAll(BoundNames.of(p.pattern())));
    walk.bound.push(names);
    params.forEach(p -> p.init().ifPresent(walk::expr));
    walk.expr(body);
    return walk.free;
  }

  private void lambda(Expr.Lambda lambda) {
    lambda.inits().forEach(init -> init.ifPresent(this::expr));
    var names = new HashSet<String>();
    lambda.params().forEach(p -> names.addAll(BoundNames.of(p)));
    bound.push(names);
    expr(lambda.body());
    bound.pop();
  }

  private void use(Span at, String name) {
    if (bound.stream().noneMatch(s -> s.contains(name))) {
      free.putIfAbsent(name, at);
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
      case Expr.Name(Span at, String name) -> use(at, name);
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
      case Expr.Comprehension(_, var body, var generators, var condition, _) -> {
        generators.forEach(g -> iter(g.iter()));
        var names = new HashSet<String>();
        generators.forEach(g -> names.addAll(BoundNames.of(g.pattern())));
        bound.push(names);
        expr(body);
        condition.ifPresent(this::expr);
        bound.pop();
      }
      case Expr.Match(_, var value, var arms) -> {
        expr(value);
        arms.forEach(this::arm);
      }
      case Expr.RecordExpr(_, var fields) -> fields.forEach(f -> expr(f.value()));
      case Expr.RecordUpdate(_, var base, var updates) -> {
        expr(base);
        updates.forEach(u -> expr(u.value()));
      }
      case Expr.Block(_, var stmts, var result) -> {
        var names = new HashSet<String>();
        bound.push(names);
        stmts.forEach(s -> stmt(s, names));
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

  private void stmt(Stmt stmt, Set<String> names) {
    switch (stmt) {
      case Stmt.Let(_, var pattern, var type, var value) -> {
        expr(value);
        // The sizes of a type become names of the block where nothing else has their name.
        type.filter(_ -> choices).ifPresent(this::type);
        type.ifPresent(t -> names.addAll(SizeNames.of(t)));
        names.addAll(BoundNames.of(pattern));
      }
      case Stmt.Assert(_, var condition, var message) -> {
        expr(condition);
        message.ifPresent(this::expr);
      }
      case Stmt.HostFor _, Stmt.HostWhile _, Stmt.HostIf _, Stmt.Effect _ ->
          throw new IllegalStateException("a statement of the host program in a block");
    }
  }

  /// The names of an arm: variants may be names of the file, so they count as used.
  private void arm(Expr.Arm arm) {
    var names = new HashSet<String>();
    for (Expr.Choice choice : arm.choices()) {
      switch (choice) {
        case Expr.Choice.Any _ -> {}
        case Expr.Choice.Literal(_, var value) -> expr(value);
        case Expr.Choice.Variant(_, var path, var payload) -> {
          if (choices) {
            use(choice.span(), path.getFirst());
          }
          payload.ifPresent(all -> all.forEach(p -> names.addAll(BoundNames.of(p))));
        }
      }
    }
    bound.push(names);
    expr(arm.body());
    bound.pop();
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
                        switch (d) {
                          case TypeExpr.DimExpr.Dim(_, var size, _) -> size(size);
                          case TypeExpr.DimExpr.Rest(var at, var name) ->
                              name.ifPresent(n -> use(at, n));
                        }
                      }));
      case TypeExpr.TupleType(_, var items) -> items.forEach(this::type);
      case TypeExpr.RecordType(_, var fields, _) -> fields.forEach(f -> type(f.type()));
      case TypeExpr.FunctionType(_, var params, var result) -> {
        params.forEach(this::type);
        type(result);
      }
      case TypeExpr.OptionalType(_, var inner) -> type(inner);
    }
  }

  private void size(TypeExpr.SizeExpr size) {
    switch (size) {
      case TypeExpr.SizeExpr.Any _, TypeExpr.SizeExpr.SizeInt _ -> {}
      case TypeExpr.SizeExpr.SizeName(var at, var path) -> use(at, path.getFirst());
      case TypeExpr.SizeExpr.SizeBinary(_, _, var left, var right) -> {
        size(left);
        size(right);
      }
    }
  }
}
