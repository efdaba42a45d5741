package org.girih.grammar.elaborate.expression;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Supplier;
import org.girih.grammar.ast.BoundNames;
import org.girih.grammar.ast.Expr;
import org.girih.grammar.ast.Pattern;
import org.girih.grammar.ast.Stmt;
import org.girih.grammar.ast.TypeExpr;
import org.girih.grammar.elaborate.array.Operands;
import org.girih.grammar.elaborate.array.Operators;
import org.girih.grammar.elaborate.array.Stacking;
import org.girih.grammar.elaborate.binding.Annotations;
import org.girih.grammar.elaborate.binding.Patterns;
import org.girih.grammar.elaborate.binding.Placing;
import org.girih.grammar.elaborate.binding.Sizes;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Evaluator;
import org.girih.grammar.elaborate.core.Fault;
import org.girih.grammar.elaborate.core.Given;
import org.girih.grammar.elaborate.core.HostReading;
import org.girih.grammar.elaborate.core.Members;
import org.girih.grammar.elaborate.core.Scope;
import org.girih.grammar.elaborate.core.Spelling;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.grammar.elaborate.core.WayOut;
import org.girih.grammar.elaborate.module.Modules;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.source.Span;

/// Expressions to values: one case a kind of expression.
public final class Expressions {
  /// The places where the effects belong, which are not functions.
  private static final Map<String, String> EFFECTS =
      Map.of(
          "load",
          "the host program reads files, in a `let`, an effect or a condition, but not in a"
              + " function, a branch, a loop or a block of an expression:"
              + " `let x = load(\"x.npz\")`",
          "arg",
          "the host program reads its arguments, in a `let`, an effect or a condition:"
              + " `let rate = arg(\"rate\", 0.1)`",
          "clock",
          "the host program reads the time, in a `let`, an effect or a condition, but not in a"
              + " function, a branch, a loop or a block of an expression: `let t = clock()`",
          "print",
          "`print` is a statement at top level or in a host block",
          "save",
          "`save` is a statement at top level or in a host block",
          "plot",
          "`plot` is a statement at top level or in a host block");

  private Expressions() {}

  /// Returns what evaluates for an elaboration.
  ///
  /// @param offered what the library offers programs
  public static Evaluator evaluator(Supplier<SortedSet<String>> offered) {
    return new Evaluator() {
      private SortedSet<String> names = Collections.emptySortedSet();

      @Override
      public SortedSet<String> offered() {
        // The whole library is parsed for it, so only where something is wrong.
        names = names.isEmpty() ? offered.get() : names;
        return names;
      }

      @Override
      public Val eval(Elaboration e, Expr expr, Scope scope) {
        return Expressions.eval(e, expr, scope);
      }

      @Override
      public Val eval(Elaboration e, Expr expr, TypeExpr expected, Scope scope) {
        return Variants.type(e, expected, scope.file())
            .map(type -> Variants.meant(e, expr, type, scope))
            .orElseGet(() -> Expressions.eval(e, expr, scope));
      }

      @Override
      public Val apply(
          Elaboration e, Span at, Val callee, List<Given> positional, Map<String, Given> named) {
        return Calls.apply(e, at, at, callee, positional, named, Optional.empty());
      }
    };
  }

  static Val eval(Elaboration e, Expr expr, Scope scope) {
    return eval(e, expr, scope, Optional.empty());
  }

  /// @param let the name that a `let` gives to the whole value
  private static Val eval(Elaboration e, Expr expr, Scope scope, Optional<String> let) {
    e.at(expr.span());
    e.step(1);
    Val val = value(e, expr, scope, let);
    return switch (expr) {
      case Expr.TupleExpr _, Expr.RecordExpr _, Expr.RecordUpdate _, Expr.Lambda _ ->
          e.held(val, expr.span());
      case Expr.Call _, Expr.Loop _, Expr.Binary _, Expr.Update _, Expr.Match _ ->
          e.held(val, expr.span());
      case Expr _ -> val; // What was held before, or a part of it.
    };
  }

  private static Val value(Elaboration e, Expr expr, Scope scope, Optional<String> let) {
    return switch (expr) {
      case Expr.Name(Span at, String name) -> name(e, at, name, scope);
      case Expr.IntLit(_, var value) -> new Val.Int(value);
      case Expr.FloatLit(_, String text) -> new Val.Real(Double.parseDouble(text.replace("_", "")));
      case Expr.BoolLit(_, boolean value) -> Val.of(value);
      case Expr.NoneLit _ -> Val.NONE;
      case Expr.Ellipsis _ -> new Val.Dots();
      case Expr.Text text -> new Val.Str(Strings.fixed(e, text, scope));
      case Expr.TupleExpr(_, var items) -> tuple(e, items, scope, let);
      case Expr.ArrayExpr array -> array(e, array, scope);
      case Expr.Comprehension comprehension -> Comprehensions.eval(e, comprehension, scope);
      case Expr.Match match -> Matches.eval(e, match, scope);
      case Expr.RecordExpr record -> Records.make(e, record, scope);
      case Expr.RecordUpdate update -> Records.update(e, update, scope);
      case Expr.Block block -> block(e, block, scope);
      case Expr.Loop loop -> Loops.loop(e, loop, scope);
      case Expr.Lambda lambda -> closure(e, lambda, scope);
      case Expr.If branch -> Branches.eval(e, branch, scope);
      case Expr.Call call ->
          HostReading.of(call, scope).orElseGet(() -> Calls.eval(e, call, scope, let));
      case Expr.Index(Span at, var base, var subs) ->
          Indexing.index(e, at, eval(e, base, scope), base.span(), subs, scope);
      case Expr.Field field -> field(e, field, scope);
      case Expr.Unary(Span at, var op, var operand) ->
          Operators.unary(e, at, op, eval(e, operand, scope), operand.span());
      case Expr.Binary binary -> chain(e, binary, scope);
      case Expr.Update update -> Updates.eval(e, update, scope);
      case Expr.Constrain as -> Placing.constrain(e, as, scope);
    };
  }

  private static Val tuple(Elaboration e, List<Expr> items, Scope scope, Optional<String> let) {
    var vals = new ArrayList<Val>();
    for (Expr item : items) {
      int number = vals.size();
      boolean call = item instanceof Expr.Call;
      vals.add(eval(e, item, scope, call ? let.map(n -> n + "_" + number) : Optional.empty()));
    }
    return new Val.Tuple(vals);
  }

  private static Val name(Elaboration e, Span at, String name, Scope scope) {
    Val val = scope.find(name).orElse(null);
    if (val == null) {
      throw unknown(e, at, name, scope);
    }
    if (!scope.host()
        && scope.file().rebound(name)
        && scope.local(name).isEmpty()
        && scope.value(name).isPresent()) {
      throw e.fault(
          Diagnostic.error(
                  Code.REBOUND_NAME,
                  at,
                  "a host loop rebinds `" + name + "`, so a def cannot capture it")
              .help("pass it as an argument"));
    }
    if (val instanceof Val.Poison) {
      throw new Fault.Poisoned();
    }
    return val;
  }

  /// Refuses a name that nothing binds.
  public static Fault unknown(Elaboration e, Span at, String name, Scope scope) {
    var diagnostic = Diagnostic.error(Code.UNKNOWN_NAME, at, "unknown name `" + name + "`");
    if (scope.file().find(name, Integer.MAX_VALUE).isPresent()) {
      return e.fault(diagnostic.help("a top-level `let` is visible only below it: move it up"));
    }
    if (EFFECTS.containsKey(name)) {
      return e.fault(diagnostic.help(EFFECTS.get(name)));
    }
    return e.fault(
        WayOut.ofName(e, diagnostic, at, List.of(name), scope)
            .or(
                () ->
                    Spelling.nearestName(name, scope.all())
                        .map(near -> WayOut.near(diagnostic, at, near)))
            .orElse(diagnostic));
  }

  /// Left-leaning chains are walked in a loop: they may be 100,000 operators long.
  private static Val chain(Elaboration e, Expr.Binary last, Scope scope) {
    var spine = new ArrayDeque<Expr.Binary>();
    Expr left = last;
    while (left instanceof Expr.Binary binary) {
      spine.push(binary);
      left = binary.left();
    }
    Val value = eval(e, left, scope);
    Span valueAt = left.span();
    for (Expr.Binary binary : spine) {
      if (binary.op() == Expr.BinaryOp.AND && value instanceof Val.Bool(boolean known) && !known
          || binary.op() == Expr.BinaryOp.OR
              && value instanceof Val.Bool(boolean known2)
              && known2) {
        valueAt = binary.span();
        continue;
      }
      Val right = eval(e, binary.right(), scope);
      e.at(binary.opSpan());
      value =
          Operators.binary(
              e,
              new Operators.Site(binary.op(), binary.opSpan(), valueAt, binary.right().span()),
              value,
              right);
      valueAt = binary.span();
    }
    return value;
  }

  private static Val array(Elaboration e, Expr.ArrayExpr array, Scope scope) {
    if (array.items().isEmpty()) {
      throw e.fault(
          Diagnostic.error(Code.NOT_A_NUMBER, array.span(), "an empty array has no dtype")
              .help("`zeros(0)` is an empty `f32`, `zeros(0, i32)` an empty `i32`"));
    }
    var operands = new ArrayList<Operands.Operand>();
    for (Expr item : array.items()) {
      operands.add(new Operands.Operand(eval(e, item, scope), item.span()));
    }
    e.at(array.span());
    return Stacking.stack(e, array.span(), operands);
  }

  private static Val block(Elaboration e, Expr.Block block, Scope scope) {
    Scope inner = scope.inner();
    for (Stmt stmt : block.stmts()) {
      try {
        item(e, stmt, inner);
      } catch (Fault.Poisoned poisoned) {
        // What is checked for all sizes goes on as far as it is annotated.
        if (!e.symbolic() || !(stmt instanceof Stmt.Let let)) {
          throw poisoned;
        }
        BoundNames.of(let.pattern()).forEach(name -> inner.bind(name, new Val.Poison()));
      }
    }
    return eval(e, block.result(), inner);
  }

  private static void item(Elaboration e, Stmt stmt, Scope inner) {
    switch (stmt) {
      case Stmt.Let let -> let(e, let, inner);
      case Stmt.Assert check -> Assertions.check(e, check, inner);
      case Stmt.DebugPrint print -> DebugPrints.emit(e, print, inner);
      case Stmt.HostFor _, Stmt.HostWhile _, Stmt.HostIf _, Stmt.Effect _ ->
          throw new org.girih.ir.diagnostic.CompilerBug("a statement of the host in a block");
    }
  }

  /// Binds the names of a `let`. In a module, what it makes has its name, as in
  /// `let fc = Dense(3)` and `let kernel = param(…)`; the parts of a tuple add their number.
  public static void let(Elaboration e, Stmt.Let let, Scope scope) {
    Optional<String> name =
        e.frame().isPresent() && let.pattern() instanceof Pattern.NamePattern(_, String n)
            ? Optional.of(n)
            : Optional.empty();
    Val value =
        let.type()
            .flatMap(type -> Variants.type(e, type, scope.file()))
            .map(type -> Variants.meant(e, let.value(), type, scope))
            .orElseGet(() -> eval(e, let.value(), scope, name));
    if (let.type().isPresent()) {
      var sizes = new Sizes(List.of(), scope);
      value = Annotations.check(e, let.type().get(), value, sizes, let.value().span(), "`let`");
      sizes.finish(e);
      sizes.bindInto(scope);
    }
    Patterns.bind(e, let.pattern(), value, scope);
  }

  static Val.Closure closure(Elaboration e, Expr.Lambda lambda, Scope scope) {
    Val.Code code = e.code(lambda, scope);
    var captured = new LinkedHashMap<String, Val>();
    for (String name : code.free) {
      // What a file defines is found again by name, so that a lambda does not drag it along; only
      // its top-level values must be those of now.
      scope.local(name).ifPresent(val -> captured.put(name, val));
      if (!captured.containsKey(name)) {
        scope
            .find(name)
            .filter(val -> !(val instanceof Val.Fn))
            .ifPresent(val -> captured.put(name, val));
      }
    }
    return new Val.Closure(code, captured);
  }

  private static Val field(Elaboration e, Expr.Field field, Scope scope) {
    WayOut.path(field)
        .filter(path -> path.size() > 1 && scope.find(path.getFirst()).isEmpty())
        .ifPresent(
            path -> {
              throw unknown(e, field.span(), path, scope);
            });
    Val base = eval(e, field.base(), scope);
    // The initialisers stand beside `init`, which uses them.
    if (base instanceof Val.Builtin(var intrinsic) && intrinsic.namespace().isPresent()) {
      base = scope.find(intrinsic.namespace().get()).orElseThrow();
    }
    return member(e, field, base, scope);
  }

  /// Refuses a dotted name of which nothing binds the first part: above all, a member of a library
  /// that is not imported, or is another language's.
  public static Fault unknown(Elaboration e, Span at, List<String> path, Scope scope) {
    String name = String.join(".", path);
    var diagnostic = Diagnostic.error(Code.UNKNOWN_NAME, at, "unknown name `" + name + "`");
    Span first = new Span(at.source(), at.start(), at.start() + path.getFirst().length());
    return WayOut.ofName(e, diagnostic, at, path, scope)
        .map(e::fault)
        .orElseGet(() -> unknown(e, first, path.getFirst(), scope));
  }

  private static Val member(Elaboration e, Expr.Field field, Val base, Scope scope) {
    return switch (base) {
      case Val.Record(var fields) -> {
        Val found = fields.get(field.name());
        if (found == null) {
          throw Members.noField(e, field, base, fields.keySet(), scope);
        }
        yield found;
      }
      case Val.Module module when field.name().equals("params") ->
          Modules.params(e, field.nameSpan(), module);
      case Val.Namespace(var name, var members) -> {
        Val found = members.get(field.name());
        if (found instanceof Val.Poison) {
          throw new Fault.Poisoned();
        }
        if (found == null) {
          var diagnostic =
              Diagnostic.error(
                  Code.UNKNOWN_NAME, field.nameSpan(), "no `" + field.name() + "` in " + name);
          throw e.fault(
              WayOut.ofMember(e, diagnostic, field.span(), name, field.name(), scope)
                  .or(
                      () ->
                          Spelling.nearest(field.name(), members.keySet().stream())
                              .map(near -> WayOut.near(diagnostic, field.nameSpan(), near)))
                  .orElse(diagnostic));
        }
        yield found;
      }
      case Val other -> {
        var diagnostic =
            Diagnostic.error(
                Code.NO_SUCH_FIELD,
                field.nameSpan(),
                "no field `" + field.name() + "`: " + Trees.describe(other) + " is not a record");
        throw e.fault(WayOut.ofField(e, diagnostic, field, other, scope).orElse(diagnostic));
      }
    };
  }
}
