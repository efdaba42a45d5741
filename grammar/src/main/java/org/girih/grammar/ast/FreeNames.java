package org.girih.grammar.ast;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.girih.ir.source.Span;

/// The names that a lambda or a def uses and does not bind. It may name more than are used (a name
/// bound later in a block counts as used before), never fewer.
public final class FreeNames {
  private final Map<String, Span> free = new LinkedHashMap<>();
  private final boolean choices;
  private final Deque<Map<String, Binding>> bound = new ArrayDeque<>();
  private final Consumer<Binding> unused;
  private final BiPredicate<Stmt.Let, Expr> dropped;

  /// What a name is bound by.
  enum By {
    LET("`let`"),
    PARAMETER("parameter"),
    IMPORT("import"),
    /// A pattern of something else, of which nobody expects that it is used.
    OTHER("");

    private final String text;

    By(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  /// A name at the place where it is bound.
  static final class Binding {
    final String name;
    final Span at;
    final By by;
    private boolean used;

    Binding(String name, Span at, By by) {
      this.name = name;
      this.at = at;
      this.by = by;
    }
  }

  private FreeNames(boolean choices) {
    this(choices, _ -> {}, (_, _) -> false);
  }

  /// @param choices whether the names in arms count
  /// @param unused is passed what is bound and not used
  /// @param dropped tells of an unused `let` before the result of a block whether it was reported
  FreeNames(boolean choices, Consumer<Binding> unused, BiPredicate<Stmt.Let, Expr> dropped) {
    this.choices = choices;
    this.unused = unused;
    this.dropped = dropped;
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
    walk.open(bound);
    params.forEach(p -> walk.bind(p.pattern(), By.OTHER));
    params.forEach(p -> p.init().ifPresent(walk::expr));
    walk.expr(body);
    return walk.free;
  }

  private void lambda(Expr.Lambda lambda) {
    lambda.inits().forEach(init -> init.ifPresent(this::expr));
    open(List.of());
    lambda.params().forEach(p -> bind(p, By.OTHER));
    expr(lambda.body());
    close();
  }

  /// Begins a scope with names that need not be used.
  void open(Collection<String> names) {
    var scope = new LinkedHashMap<String, Binding>();
    names.forEach(n -> scope.put(n, new Binding(n, null, By.OTHER)));
    bound.push(scope);
  }

  /// Ends a scope.
  void close() {
    bound.pop().values().forEach(this::leave);
  }

  private void leave(Binding binding) {
    if (!binding.used && binding.by != By.OTHER && !binding.name.startsWith("_")) {
      unused.accept(binding);
    }
  }

  /// Binds a name in the innermost scope.
  void bind(String name, Span at, By by) {
    Binding before = bound.peek().put(name, new Binding(name, at, by));
    if (before != null) {
      leave(before);
    }
  }

  /// Binds the names of a pattern; of a tuple or a record the parts need not be used.
  void bind(Pattern pattern, By by) {
    if (pattern instanceof Pattern.NamePattern(Span at, String name)) {
      bind(name, at, by);
    } else {
      BoundNames.of(pattern).forEach(name -> bind(name, pattern.span(), By.OTHER));
    }
  }

  /// Returns whether a scope around the innermost one binds the name.
  boolean boundOutside(String name) {
    return bound.stream().skip(1).anyMatch(s -> s.containsKey(name));
  }

  /// Uses a name of a scope around the innermost one.
  void useOutside(Span at, String name) {
    Map<String, Binding> inner = bound.pop();
    use(at, name);
    bound.push(inner);
  }

  void use(Span at, String name) {
    for (Map<String, Binding> scope : bound) {
      Binding binding = scope.get(name);
      if (binding != null) {
        binding.used = true;
        return;
      }
    }
    free.putIfAbsent(name, at);
  }

  private void with(Pattern pattern, Runnable inside) {
    open(List.of());
    bind(pattern, By.OTHER);
    inside.run();
    close();
  }

  private void each(List<Expr> all) {
    all.forEach(this::expr);
  }

  void expr(Expr root) {
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
        open(List.of());
        generators.forEach(g -> bind(g.pattern(), By.OTHER));
        expr(body);
        condition.ifPresent(this::expr);
        close();
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
        open(List.of());
        stmts.forEach(this::stmt);
        expr(result);
        if (!stmts.isEmpty()
            && stmts.getLast() instanceof Stmt.Let let
            && let.pattern() instanceof Pattern.NamePattern(_, String name)
            && !bound.peek().get(name).used
            && dropped.test(let, result)) {
          bound.peek().get(name).used = true;
        }
        close();
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

  private void stmt(Stmt stmt) {
    switch (stmt) {
      case Stmt.Let(_, var pattern, var type, var value) -> {
        expr(value);
        // The sizes of a type become names of the block where nothing else has their name.
        type.filter(_ -> choices).ifPresent(this::type);
        type.ifPresent(t -> SizeNames.of(t).forEach(n -> bind(n, t.span(), By.OTHER)));
        bind(pattern, By.LET);
      }
      case Stmt.Assert check -> {
        expr(check.condition());
        check.texts().forEach(this::expr);
      }
      case Stmt.DebugPrint(_, var call) -> call.args().forEach(arg -> expr(arg.value()));
      case Stmt.HostFor _, Stmt.HostWhile _, Stmt.HostIf _, Stmt.Effect _ ->
          throw new IllegalStateException("a statement of the host program in a block");
    }
  }

  /// The names of an arm: variants may be names of the file, so they count as used.
  private void arm(Expr.Arm arm) {
    open(List.of());
    for (Expr.Choice choice : arm.choices()) {
      switch (choice) {
        case Expr.Choice.Any _ -> {}
        case Expr.Choice.Literal(_, var value) -> expr(value);
        case Expr.Choice.Variant(_, var path, var payload) -> {
          if (choices) {
            use(choice.span(), path.getFirst());
          }
          payload.ifPresent(all -> all.forEach(p -> bind(p, By.OTHER)));
        }
      }
    }
    expr(arm.body());
    close();
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

  void iter(Expr.Iter iter) {
    switch (iter) {
      case Expr.Iter.Over(_, var sequence) -> expr(sequence);
      case Expr.Iter.Range(_, var from, var to) -> {
        expr(from);
        expr(to);
      }
    }
  }

  void type(TypeExpr type) {
    switch (type) {
      case TypeExpr.NamedType(var place, var path, var dims) -> {
        if (path.size() > 1) {
          use(place, path.getFirst());
        }
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
      }
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
