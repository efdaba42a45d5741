package org.girih.grammar.elaborate.program;

import java.util.List;
import java.util.Optional;
import org.girih.grammar.ast.BoundNames;
import org.girih.grammar.ast.Expr;
import org.girih.grammar.ast.Item;
import org.girih.grammar.ast.Stmt;
import org.girih.grammar.elaborate.binding.Patterns;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Fault;
import org.girih.grammar.elaborate.core.FileScope;
import org.girih.grammar.elaborate.core.Scope;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.grammar.elaborate.expression.DebugPrints;
import org.girih.grammar.elaborate.expression.Expressions;
import org.girih.grammar.plan.Loader;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.source.Span;

/// Top-level statements, in order.
public final class HostStatements {
  private final Elaboration e;
  private final HostSegments segments;
  private final HostReadings readings;
  private final HostEffects effects;

  public HostStatements(
      Elaboration e,
      FileScope file,
      HostSegments segments,
      Loader loader,
      ProgramArguments arguments) {
    this.e = e;
    this.segments = segments;
    this.readings = new HostReadings(e, file, segments, loader, arguments);
    this.effects = new HostEffects(e, segments, readings);
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
            var loops = new HostLoops(e, this, segments, readings);
            switch (stmt) {
              case Stmt.Let let -> let(let, place);
              case Stmt.Assert check when place.effects ->
                  effects.assertion(check, place.scope().inner());
              case Stmt.Effect effect when place.effects ->
                  effects.effect(effect, place.scope().inner());
              case Stmt.DebugPrint print when place.effects ->
                  readings.in(
                      print.call(),
                      true,
                      place.scope().inner(),
                      () -> {
                        DebugPrints.emit(e, print, place.scope().inner());
                        return null;
                      });
              case Stmt.Assert _, Stmt.Effect _, Stmt.DebugPrint _ -> {}
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
      Patterns.bind(e, let.pattern(), readings.loaded(call, let.type(), scope), scope);
    } else {
      readings.in(
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

  /// Returns whether a file has effects; without any it is a library.
  public static boolean isProgram(List<Item> items) {
    return items.stream().anyMatch(i -> i instanceof Item.Host(Stmt s) && !(s instanceof Stmt.Let));
  }
}
