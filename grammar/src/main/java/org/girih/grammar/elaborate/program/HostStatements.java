package org.girih.grammar.elaborate.program;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.girih.grammar.ast.BoundNames;
import org.girih.grammar.ast.Expr;
import org.girih.grammar.ast.Item;
import org.girih.grammar.ast.SizeNames;
import org.girih.grammar.ast.Stmt;
import org.girih.grammar.ast.TypeExpr;
import org.girih.grammar.elaborate.binding.Annotations;
import org.girih.grammar.elaborate.binding.Patterns;
import org.girih.grammar.elaborate.binding.Sizes;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Fault;
import org.girih.grammar.elaborate.core.FileScope;
import org.girih.grammar.elaborate.core.NestedNames;
import org.girih.grammar.elaborate.core.Scope;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.grammar.elaborate.expression.Expressions;
import org.girih.grammar.plan.Loader;
import org.girih.grammar.plan.Step;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.source.Span;
import org.girih.ir.type.ArrayType;

/// Top-level statements, in order.
public final class HostStatements {
  private final Elaboration e;
  private final FileScope file;
  private final HostSegments segments;
  private final Loader loader;
  private final HostClock clock;
  private final HostEffects effects;

  public HostStatements(Elaboration e, FileScope file, HostSegments segments, Loader loader) {
    this.e = e;
    this.file = file;
    this.segments = segments;
    this.loader = loader;
    this.clock = new HostClock(e, segments);
    this.effects = new HostEffects(e, segments, clock);
  }

  /// The place of a statement: at the top level, or in a host block, whose names are its own.
  public static final class Place {
    private final FileScope file;
    private final int position;
    private final boolean effects;
    private final Scope block;

    /// @param effects whether effects are done, or left out (for `--entry`)
    public Place(FileScope file, int position, boolean effects) {
      this(file, position, effects, null);
    }

    private Place(FileScope file, int position, boolean effects, Scope block) {
      this.file = file;
      this.position = position;
      this.effects = effects;
      this.block = block;
    }

    /// A block inside.
    public Place inner() {
      Scope around = block == null ? Scope.host(file, position) : block;
      return new Place(file, position, effects, around.inner());
    }

    /// Returns whether effects are done.
    boolean effects() {
      return effects;
    }

    /// Returns what a statement sees.
    Scope scope() {
      return block == null ? Scope.host(file, position) : block;
    }

    /// The value that a statement has bound to a name.
    Optional<Val> value(String name) {
      return (block == null ? Optional.<Val>empty() : block.local(name))
          .or(() -> file.value(name, position));
    }

    void bind(String name, Val val) {
      if (block == null) {
        file.let(name, position, val);
      } else {
        block.bind(name, val);
      }
    }
  }

  /// The statements of a block.
  public void block(List<Stmt> body, Place place) {
    body.forEach(stmt -> statement(stmt, place));
  }

  /// The statements of a bench, of which the last, an expression, becomes a segment of its own.
  public void bench(Item.Bench bench, Place place) {
    List<Stmt> body = bench.body();
    if (body.isEmpty()
        || !(body.getLast() instanceof Stmt.Effect measured)
        || HostEffects.isEffect(measured.call(), place.scope())) {
      Span at = body.isEmpty() ? bench.span() : body.getLast().span();
      e.diagnostics()
          .add(
              Diagnostic.error(
                      Code.BAD_BENCH, at, "a `bench` ends with the expression that it measures")
                  .help("what precedes it is not timed"));
      return;
    }
    block(body.subList(0, body.size() - 1), place);
    if (e.diagnostics().hasErrors()) {
      return;
    }
    segments.cut();
    try {
      Val val = e.in(segments.trace(), () -> e.eval(measured.call(), place.scope().inner()));
      measure(val, measured.span());
    } catch (Fault fault) {
      e.diagnostics().add(fault.diagnostic());
    } catch (Fault.Poisoned poisoned) {
      // reported where it failed
    }
  }

  /// Makes the segment that was cut off, and the value that it yields, what is measured.
  public void measure(Val val, Span at) {
    if (!segments.measured(val)) {
      e.diagnostics()
          .add(
              Diagnostic.error(Code.BAD_BENCH, at, "nothing to measure in " + Trees.describe(val))
                  .help("measure the expression that computes it, not its name"));
    }
  }

  /// Does a statement; one that fails leaves a diagnostic, and its names poisoned.
  public void statement(Stmt stmt, Place place) {
    try {
      e.in(
          segments.trace(),
          () -> {
            var loops = new HostLoops(e, this, segments, clock);
            switch (stmt) {
              case Stmt.Let let -> let(let, place);
              case Stmt.Assert check when place.effects ->
                  effects.assertion(check, place.scope().inner());
              case Stmt.Effect effect when place.effects ->
                  effects.effect(effect, place.scope().inner());
              case Stmt.Assert _, Stmt.Effect _ -> {}
              case Stmt.HostFor loop -> loops.forLoop(loop, place);
              case Stmt.HostWhile loop -> loops.whileLoop(loop, place);
              case Stmt.HostIf branch -> loops.branch(branch, place);
            }
            return null;
          });
    } catch (Fault fault) {
      e.diagnostics().add(fault.diagnostic());
      poison(stmt, place);
    } catch (Fault.Poisoned poisoned) {
      poison(stmt, place);
    }
  }

  private static void poison(Stmt stmt, Place place) {
    BoundNames.of(List.of(stmt)).forEach(n -> place.bind(n, new Val.Poison()));
  }

  private void let(Stmt.Let let, Place place) {
    Scope scope = place.scope().inner();
    if (let.value() instanceof Expr.Call call && HostEffects.isCallOf(call, "load", scope)) {
      var args = call.args();
      if (args.size() != 1 || !(args.getFirst() instanceof Expr.Arg.Positional)) {
        throw e.fault(Code.WRONG_ARGUMENTS, call.span(), "`load` takes one path");
      }
      Val loaded = load(call.span(), args.getFirst().value(), let.type(), scope);
      Patterns.bind(e, let.pattern(), loaded, scope);
    } else {
      clock.in(
          let.value(),
          place.effects,
          scope,
          () -> {
            Expressions.let(e, let, scope);
            return null;
          });
    }
    for (String name : BoundNames.of(let.pattern())) {
      place.bind(name, scope.local(name).orElseThrow());
    }
  }

  private Val load(Span at, Expr written, Optional<TypeExpr> type, Scope scope) {
    String path = effects.path(written, scope);
    Val val;
    boolean typed = type.isPresent() && fullySized(type.get());
    if (typed) {
      var sizes = new Sizes(List.of(), scope);
      Val made = e.in(e.newTrace(), () -> Annotations.make(e, type.get(), sizes));
      val = Trees.map(made, leaf -> leaf instanceof Val.Array a ? segments.input(a.type()) : leaf);
    } else {
      var header = loader.header(file.file().source(), path, written.span(), e.diagnostics());
      if (header.isEmpty()) {
        throw new Fault.Poisoned();
      }
      val = nested(header.get());
    }
    segments.effect(List.of(), new Step.Load(at, path, segments.tree(val)));
    if (type.isPresent() && (!typed || Annotations.places(type.get()))) {
      val = annotated(type.get(), val, written.span(), "the file", scope);
    }
    return val;
  }

  private Val annotated(TypeExpr type, Val val, Span at, String what, Scope scope) {
    var sizes = new Sizes(List.of(), scope);
    Val checked = Annotations.check(e, type, val, sizes, at, what);
    sizes.finish(e);
    sizes.bindInto(scope);
    return checked;
  }

  private boolean fullySized(TypeExpr type) {
    return SizeNames.of(type).isEmpty()
        && !type.span().text().contains("_")
        && !type.span().text().contains("...");
  }

  /// Returns what a file holds: one array, or a tree of arrays by their names.
  private Val nested(java.util.SortedMap<String, ArrayType> header) {
    var arrays = new TreeMap<String, Val>();
    header.forEach((name, type) -> arrays.put(name, segments.input(type)));
    return NestedNames.tree(arrays);
  }

  /// Returns whether a file has effects; without any it is a library.
  public static boolean isProgram(List<Item> items) {
    return items.stream().anyMatch(i -> i instanceof Item.Host(Stmt s) && !(s instanceof Stmt.Let));
  }
}
