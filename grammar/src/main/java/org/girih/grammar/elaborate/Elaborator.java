package org.girih.grammar.elaborate;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.girih.grammar.ast.Item;
import org.girih.grammar.ast.SourceFile;
import org.girih.grammar.ast.UnusedNames;
import org.girih.grammar.elaborate.core.Definition;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.FileScope;
import org.girih.grammar.elaborate.core.ModuleDefinition;
import org.girih.grammar.elaborate.expression.Expressions;
import org.girih.grammar.elaborate.intrinsic.Library;
import org.girih.grammar.elaborate.intrinsic.LibraryNames;
import org.girih.grammar.elaborate.program.HostSegments;
import org.girih.grammar.elaborate.program.HostStatements;
import org.girih.grammar.elaborate.program.ProgramArguments;
import org.girih.grammar.elaborate.program.Signatures;
import org.girih.grammar.elaborate.program.SymbolicCheck;
import org.girih.grammar.plan.Callable;
import org.girih.grammar.plan.EntryCall;
import org.girih.grammar.plan.HostPlan;
import org.girih.grammar.plan.Loader;
import org.girih.grammar.plan.Step;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.source.LargeStack;
import org.girih.ir.source.Span;

/// From a parsed file to a [HostPlan]: names resolved, functions specialised away, everything
/// typed.
///
/// It runs on a thread with a large stack, since expressions and calls nest. Nothing is thrown for
/// a wrong program: what is wrong goes to the diagnostics, and the answer is empty.
public final class Elaborator {
  private static final long STACK = 1L << 30;

  private final Diagnostics diagnostics;
  private final Loader loader;
  private final Elaboration e;
  private final HostSegments segments;
  private final SourceFile file;
  private final ProgramArguments arguments;

  private Elaborator(SourceFile file, Loader loader, Diagnostics diagnostics) {
    this(file, Map.of(), loader, diagnostics);
  }

  private Elaborator(
      SourceFile file,
      Map<String, EntryCall.Arg> arguments,
      Loader loader,
      Diagnostics diagnostics) {
    this.file = file;
    this.arguments = new ProgramArguments(arguments);
    this.loader = loader;
    this.diagnostics = diagnostics;
    this.e =
        new Elaboration(
            diagnostics, new Span(file.source(), 0, 0), Expressions.evaluator(LibraryNames::all));
    this.segments = new HostSegments(e);
  }

  /// Checks the file and returns the plan of its host program, which gets these arguments.
  public static Optional<HostPlan> elaborate(
      SourceFile file,
      Map<String, EntryCall.Arg> arguments,
      Loader loader,
      Diagnostics diagnostics) {
    return LargeStack.call(
        STACK,
        () -> {
          var elaborator = new Elaborator(file, arguments, loader, diagnostics);
          Optional<HostPlan> plan = elaborator.run(Optional.empty(), false);
          elaborator.arguments.finish(diagnostics);
          return diagnostics.hasErrors() ? Optional.empty() : plan;
        });
  }

  /// Checks the file and returns the plan of its host program; with `entry`, of that function's
  /// call.
  public static Optional<HostPlan> elaborate(
      SourceFile file, Optional<EntryCall> entry, Loader loader, Diagnostics diagnostics) {
    return LargeStack.call(
        STACK, () -> new Elaborator(file, loader, diagnostics).run(entry, false));
  }

  /// Checks the file and returns the plan of one of its tests: the file's `let`s, then the test's
  /// statements.
  public static Optional<HostPlan> test(
      SourceFile file, Item.Test test, Loader loader, Diagnostics diagnostics) {
    return LargeStack.call(
        STACK,
        () ->
            new Elaborator(file, loader, diagnostics)
                .block(test, (s, p) -> s.block(test.body(), p)));
  }

  /// Checks the file and returns the plan of one of its benches: the file's `let`s, then the
  /// bench's statements. Its last [Step.Run] is what is measured; what was computed before
  /// it are its arguments.
  public static Optional<HostPlan> bench(
      SourceFile file, Item.Bench bench, Loader loader, Diagnostics diagnostics) {
    return LargeStack.call(
        STACK,
        () -> new Elaborator(file, loader, diagnostics).block(bench, (s, p) -> s.bench(bench, p)));
  }

  /// The same for the call of a function.
  public static Optional<HostPlan> bench(
      SourceFile file, EntryCall entry, Loader loader, Diagnostics diagnostics) {
    return LargeStack.call(
        STACK, () -> new Elaborator(file, loader, diagnostics).run(Optional.of(entry), true));
  }

  /// The libraries of the standard library, each as one file, and each space of one as a file; they
  /// have tests of their own.
  public static List<SourceFile> library() {
    return Library.all();
  }

  /// Returns what the library offers programs, functions of the compiler included: `prelude.mean`,
  /// `nn.Dense`.
  public static SortedSet<String> publicNames() {
    return LibraryNames.all();
  }

  /// Returns whether the file has effects, or is a library.
  public static boolean isProgram(SourceFile file) {
    return HostStatements.isProgram(file.items());
  }

  /// Returns what the defs of a file take and return, for those that are called from outside; empty
  /// if the file is wrong.
  public static Optional<List<Callable>> callables(
      SourceFile file, Loader loader, Diagnostics diagnostics) {
    return LargeStack.call(STACK, () -> new Elaborator(file, loader, diagnostics).callables());
  }

  private Optional<List<Callable>> callables() {
    FileScope scope = new FileScopes(e, segments, loader, arguments).scope(file, false);
    checkDefs(scope);
    if (diagnostics.hasErrors()) {
      return Optional.empty();
    }
    return Optional.of(
        scope.defs().values().stream().map(d -> Signatures.of(e, segments.trace(), d)).toList());
  }

  private Optional<HostPlan> run(Optional<EntryCall> entry, boolean measured) {
    Consumer<FileScope> call =
        scope ->
            entry.ifPresent(
                c -> new EntryCalls(e, segments, scope, statements(scope)).elaborate(c, measured));
    return plan(entry.isEmpty(), true, call);
  }

  /// The plan of a file's `let`s and of a block behind them.
  private Optional<HostPlan> block(
      Item item, BiConsumer<HostStatements, HostStatements.Place> body) {
    Consumer<FileScope> then =
        scope -> {
          var place = new HostStatements.Place(scope, file.items().indexOf(item), true);
          body.accept(statements(scope), place.inner());
        };
    return plan(false, false, then);
  }

  /// The plan of a file and of what comes behind it, unless something is wrong.
  ///
  /// @param effects whether the file's own statements run, not its `let`s alone
  /// @param defs whether its defs are checked for all sizes
  private Optional<HostPlan> plan(boolean effects, boolean defs, Consumer<FileScope> then) {
    FileScope scope = new FileScopes(e, segments, loader, arguments).scope(file, effects);
    if (defs) {
      checkDefs(scope);
    }
    if (!diagnostics.hasErrors()) {
      then.accept(scope);
    }
    return diagnostics.hasErrors() ? Optional.empty() : Optional.of(segments.finish());
  }

  private HostStatements statements(FileScope scope) {
    return new HostStatements(e, scope, segments, loader, arguments);
  }

  private void checkDefs(FileScope scope) {
    if (Library.of(file.source()).isEmpty()) {
      UnusedNames.of(file, HostStatements.isProgram(file.items())).forEach(diagnostics::add);
    }
    for (Definition definition : scope.defs().values()) {
      SymbolicCheck.check(e, definition);
    }
    for (ModuleDefinition module : scope.modules().values()) {
      SymbolicCheck.check(e, module);
    }
  }
}
