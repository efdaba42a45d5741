package org.girih.grammar.elaborate.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.girih.grammar.ast.Expr;
import org.girih.grammar.ast.FreeNames;
import org.girih.grammar.ast.Item;
import org.girih.grammar.ast.TypeExpr;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.op.FuncRef;
import org.girih.ir.op.IllTyped;
import org.girih.ir.op.Inference;
import org.girih.ir.op.Op;
import org.girih.ir.op.Shard;
import org.girih.ir.program.Func;
import org.girih.ir.program.Origin;
import org.girih.ir.source.Span;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Condition;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Mesh;

/// The state of one elaboration: the functions made so far, the one under construction, the calls
/// that led there, and what is to be reported of it all.
public final class Elaboration {
  private final Diagnostics diagnostics;
  private final Evaluator evaluator;
  private final FunctionTable functions = new FunctionTable();
  private final CallStack calls;
  private final Conditions conditions = new Conditions(functions);
  private final Map<Expr.Lambda, Val.Code> codes = new IdentityHashMap<>();
  private final NamedTypes types = new NamedTypes();
  private final Lanes lanes = new Lanes();
  private final ElaborationBudget budget = new ElaborationBudget();
  private final List<KeyArray.Event> keyEvents = new ArrayList<>();
  private int traces;
  private ModuleFrame frame;
  private Mesh mesh = Mesh.NONE;
  private FunctionTrace trace;

  public Elaboration(Diagnostics diagnostics, Span start, Evaluator evaluator) {
    this.diagnostics = diagnostics;
    this.evaluator = evaluator;
    this.calls = new CallStack(start);
    this.trace = new FunctionTrace(conditions, 0, List.of(), List.of());
  }

  public Diagnostics diagnostics() {
    return diagnostics;
  }

  Inference inference() {
    return conditions;
  }

  /// Returns the value of an expression.
  public Val eval(Expr expr, Scope scope) {
    return evaluator.eval(this, expr, scope);
  }

  /// Returns the value of a default of a parameter of that type.
  public Val eval(Expr expr, Optional<TypeExpr> expected, Scope scope) {
    return expected.isEmpty()
        ? eval(expr, scope)
        : evaluator.eval(this, expr, expected.get(), scope);
  }

  /// Applies a function value.
  ///
  /// @param at the whole call
  public Val apply(Span at, Val callee, List<Given> positional, Map<String, Given> named) {
    return evaluator.apply(this, at, callee, positional, named);
  }

  /// Applies a function value to values, as a library function does.
  public Val apply(Span at, Val callee, Val... args) {
    return apply(at, callee, Arrays.stream(args).map(a -> new Given(a, at)).toList(), Map.of());
  }

  /// Returns whether the standard library has a library of that name.
  boolean offers(String library) {
    return evaluator.offered().stream().anyMatch(name -> name.startsWith(library + "."));
  }

  boolean offers(String library, String name) {
    return evaluator.offered().contains(library + "." + name);
  }

  /// Returns whether programs see a function of that name without an import.
  public boolean inPrelude(String name) {
    return offers("prelude", name);
  }

  // --- where we are ---

  public Span here() {
    return calls.here();
  }

  /// Returns the steps that were taken.
  public long steps() {
    return budget.steps();
  }

  /// Takes that many steps of those that a program may take.
  public void step(int count) {
    budget.step(this, count);
  }

  /// Returns the value, which must not be too large to be worked with.
  public Val held(Val val, Span at) {
    return budget.held(this, val, at);
  }

  /// Sets the place that later equations come from.
  public void at(Span span) {
    calls.at(span);
  }

  public FunctionTrace trace() {
    return trace;
  }

  /// Does something with another function under construction.
  public <T> T in(FunctionTrace other, Supplier<T> body) {
    FunctionTrace before = trace;
    trace = other;
    try {
      return body.get();
    } finally {
      trace = before;
    }
  }

  /// Returns whether a def is being checked for all sizes.
  public boolean symbolic() {
    return conditions.symbolic();
  }

  /// Checks something for all sizes; returns the conditions that stay open. The functions made
  /// meanwhile are thrown away.
  public Set<Condition> symbolically(Runnable body) {
    Runnable restorer = functions.restorer();
    KeyMark keys = keyMark();
    try {
      return conditions.collect(
          () ->
              in(
                  newTrace(),
                  () -> {
                    body.run();
                    return null;
                  }));
    } finally {
      forgetKeys(keys);
      restorer.run();
    }
  }

  /// Does something of which nothing is kept but the sizes that it solves.
  public void aside(Runnable body) {
    if (!symbolic()) {
      symbolically(body);
      return;
    }
    KeyMark keys = keyMark();
    in(
        newTrace(),
        () -> {
          body.run();
          return null;
        });
    forgetKeys(keys);
  }

  /// Takes note of what a call must meet.
  public void condition(Condition open) {
    conditions.add(open);
  }

  /// Places something: where the mesh's axes divide sizes is not a condition that a def is shown
  /// with, since its annotations state it; a call whose sizes they do not divide is refused.
  public <T> T placing(Supplier<T> body) {
    return conditions.placing(body);
  }

  /// Keeps the conditions of a def, which `girih check` shows.
  public void condition(Definition definition, Set<Condition> open) {
    ConditionOfDef.warning(definition, open).ifPresent(diagnostics::add);
  }

  /// The call of a module that is elaborated now.
  public Optional<ModuleFrame> frame() {
    return Optional.ofNullable(frame);
  }

  /// Does the body of a module.
  public <T> T within(ModuleFrame inner, Supplier<T> body) {
    ModuleFrame before = frame;
    frame = inner;
    try {
      return body.get();
    } finally {
      frame = before;
    }
  }

  /// The devices of the program.
  public Mesh mesh() {
    return mesh;
  }

  public void mesh(Mesh known) {
    mesh = known;
  }

  /// Returns how a value was placed where it was made, if it was.
  public Optional<Shard> placement(Val.Array array) {
    return array.owner().placement(array.value());
  }

  public Lanes lanes() {
    return lanes;
  }

  // --- emission ---

  public FunctionTrace newTrace() {
    return new FunctionTrace(conditions, ++traces, trace.iterations(), trace.sides());
  }

  /// Returns a trace for what runs many times: the body of a loop, a mapped function.
  public FunctionTrace newIterationTrace(Symbol.Iteration iteration) {
    var iterations = new ArrayList<>(trace.iterations());
    iterations.add(iteration);
    return new FunctionTrace(conditions, ++traces, iterations, trace.sides());
  }

  /// Returns a trace for a branch.
  ///
  /// @param choice the same object for all branches of one choice
  public FunctionTrace newBranchTrace(Choice choice, int branch) {
    var sides = new ArrayList<>(trace.sides());
    sides.add(new FunctionTrace.Side(choice, branch, trace.depth()));
    return new FunctionTrace(conditions, ++traces, trace.iterations(), sides);
  }

  /// Returns what was done with keys so far, in order.
  public List<KeyArray.Event> keyEvents() {
    return keyEvents;
  }

  /// A moment to which what was done with keys can be taken back.
  public record KeyMark(int events, int traces) {}

  public KeyMark keyMark() {
    return new KeyMark(keyEvents.size(), traces);
  }

  /// Takes back what was done since then with keys that there were then: it is elaborated again.
  /// What shared code does with its own keys stays.
  public void forgetKeys(KeyMark mark) {
    List<KeyArray.Event> since = keyEvents.subList(mark.events, keyEvents.size());
    since.stream()
        .filter(event -> event.array().owner().number() <= mark.traces)
        .forEach(KeyArray.Event::undo);
    since.clear();
  }

  /// Returns what was done with keys since there were that many events.
  public List<KeyArray.Event> keyEventsSince(int count) {
    return List.copyOf(keyEvents.subList(count, keyEvents.size()));
  }

  public List<Val.Array> emit(Op op, List<Val.Array> operands) {
    try {
      return trace.emit(op, operands, Origin.at(here()));
    } catch (IllTyped problem) {
      throw fault(Code.ILL_TYPED, here(), problem.text(op));
    } catch (ArithmeticException problem) {
      throw fault(Code.TOO_LARGE, here(), op.primitive() + ": " + StaticArithmetic.why(problem));
    }
  }

  public Val.Array emit1(Op op, Val.Array... operands) {
    return emit(op, List.of(operands)).getFirst();
  }

  /// Returns whether a function under construction does something besides computing its results.
  public boolean hasEffect(FunctionTrace of) {
    return of.equations().stream().anyMatch(equation -> functions.effect(equation.op()));
  }

  /// Returns whether a function does something besides computing its results.
  public boolean hasEffect(FuncRef function) {
    return functions.effect(function);
  }

  /// A name that no function has yet.
  public FuncRef fresh(String base) {
    return functions.fresh(base);
  }

  /// Adds a function; its callees are there already.
  public FuncRef define(Func func) {
    return functions.define(func);
  }

  public List<Func> funcs() {
    return functions.funcs();
  }

  /// The functions that code has become, by the kind of its arguments; empty while the body is
  /// elaborated.
  public Map<Specialised.Key, Optional<Specialised>> specialised() {
    return functions.specialised();
  }

  /// A lambda with its free names, the same object each time.
  public Val.Code code(Expr.Lambda lambda, Scope scope) {
    return codes.computeIfAbsent(lambda, l -> new Val.Code(l, FreeNames.of(l), scope.outermost()));
  }

  /// A named type: of this file, the prelude or an imported file.
  public Optional<Item.TypeDef> typeDef(List<String> path, FileScope from) {
    return types.find(path, from);
  }

  /// Returns the sum type of a name, seen from a file.
  public Optional<SumType> sumType(List<String> path, FileScope from) {
    return types.sum(path, from);
  }

  /// Returns whether a file of the program has a variant of that name.
  public boolean isVariant(String name) {
    return types.isVariant(name);
  }

  /// Makes a file's types known.
  public void seeTypes(FileScope file) {
    types.see(file, diagnostics);
  }

  // --- faults ---

  public Fault fault(Code code, Span at, String message) {
    return fault(Diagnostic.error(code, at, message));
  }

  public Fault fault(Diagnostic diagnostic) {
    return calls.fault(diagnostic);
  }

  /// A warning, unless the place is in the library.
  public void warn(Diagnostic warning) {
    calls.warning(warning).ifPresent(diagnostics::add);
  }

  /// Returns where the innermost def or module that is elaborated was called.
  public Optional<Span> caller() {
    return calls.caller();
  }

  /// Does the body of a call.
  public <T> T call(Span at, String name, Supplier<String> signature, Supplier<T> body) {
    return calls.call(at, name, signature, body);
  }

  /// The type with each size as a number; for what needs numbers now.
  long[] sizes(ArrayType type) {
    if (!type.known()) {
      throw new Fault.Undecided("the sizes of " + type);
    }
    return type.sizes();
  }

  /// A size as a number.
  public long size(Dim dim) {
    return dim.known().orElseThrow(() -> new Fault.Undecided("the value of size " + dim));
  }
}
