package org.girih.grammar.elaborate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.girih.grammar.ast.BoundNames;
import org.girih.grammar.ast.Expr;
import org.girih.grammar.ast.Item;
import org.girih.grammar.ast.SourceFile;
import org.girih.grammar.ast.Stmt;
import org.girih.grammar.elaborate.array.Binding;
import org.girih.grammar.elaborate.array.Operands;
import org.girih.grammar.elaborate.binding.Annotations;
import org.girih.grammar.elaborate.binding.Placing;
import org.girih.grammar.elaborate.binding.Sizes;
import org.girih.grammar.elaborate.core.Definition;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Fault;
import org.girih.grammar.elaborate.core.FileScope;
import org.girih.grammar.elaborate.core.Given;
import org.girih.grammar.elaborate.core.ModuleDefinition;
import org.girih.grammar.elaborate.core.NestedNames;
import org.girih.grammar.elaborate.core.NotBuilt;
import org.girih.grammar.elaborate.core.Scope;
import org.girih.grammar.elaborate.core.Spelling;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.grammar.elaborate.expression.Expressions;
import org.girih.grammar.elaborate.intrinsic.Libraries;
import org.girih.grammar.elaborate.intrinsic.Prelude;
import org.girih.grammar.elaborate.program.HostStatements;
import org.girih.grammar.elaborate.program.Signatures;
import org.girih.grammar.elaborate.program.Stretches;
import org.girih.grammar.elaborate.program.SymbolicCheck;
import org.girih.grammar.plan.Callable;
import org.girih.grammar.plan.EntryCall;
import org.girih.grammar.plan.HostPlan;
import org.girih.grammar.plan.Loader;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
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
  private final Map<SourceFile, FileScope> files = new IdentityHashMap<>();
  private final Set<SourceFile> importing = Collections.newSetFromMap(new IdentityHashMap<>());
  private Elaboration e;
  private Stretches stretches;
  private FileScope prelude;
  private final Map<String, Val.Namespace> libraries = new HashMap<>();

  private Elaborator(Loader loader, Diagnostics diagnostics) {
    this.loader = loader;
    this.diagnostics = diagnostics;
  }

  /// Checks the file and gives the plan of its host program; with `entry`, of that function's call.
  public static Optional<HostPlan> elaborate(
      SourceFile file, Optional<EntryCall> entry, Loader loader, Diagnostics diagnostics) {
    return LargeStack.call(
        STACK, () -> new Elaborator(loader, diagnostics).run(file, entry, false));
  }

  /// Checks the file and gives the plan of one of its tests: the file's `let`s, then the test's
  /// statements.
  public static Optional<HostPlan> test(
      SourceFile file, Item.Test test, Loader loader, Diagnostics diagnostics) {
    return LargeStack.call(
        STACK,
        () ->
            new Elaborator(loader, diagnostics)
                .block(file, test, (s, p) -> s.block(test.body(), p)));
  }

  /// Checks the file and gives the plan of one of its benches: the file's `let`s, then the bench's
  /// statements. Its last [HostPlan.Step.Run] is what is measured; what was computed before it are
  /// its arguments.
  public static Optional<HostPlan> bench(
      SourceFile file, Item.Bench bench, Loader loader, Diagnostics diagnostics) {
    return LargeStack.call(
        STACK,
        () -> new Elaborator(loader, diagnostics).block(file, bench, (s, p) -> s.bench(bench, p)));
  }

  /// The same for the call of a function.
  public static Optional<HostPlan> bench(
      SourceFile file, EntryCall entry, Loader loader, Diagnostics diagnostics) {
    return LargeStack.call(
        STACK, () -> new Elaborator(loader, diagnostics).run(file, Optional.of(entry), true));
  }

  /// The files of the standard library, which have tests of their own.
  public static List<SourceFile> library() {
    return Libraries.all().stream().map(name -> Libraries.file(name).orElseThrow()).toList();
  }

  /// What the library offers programs, functions of the compiler included: `prelude.mean`,
  /// `nn.Dense`.
  public static SortedSet<String> publicNames() {
    return Libraries.publicNames();
  }

  /// Whether the file has effects, or is a library.
  public static boolean isProgram(SourceFile file) {
    return HostStatements.isProgram(file.items());
  }

  /// What the defs of a file take and give, for those that are called from outside; empty if the
  /// file is wrong.
  public static Optional<List<Callable>> callables(
      SourceFile file, Loader loader, Diagnostics diagnostics) {
    return LargeStack.call(STACK, () -> new Elaborator(loader, diagnostics).callables(file));
  }

  private Optional<List<Callable>> callables(SourceFile file) {
    e = new Elaboration(diagnostics, new Span(file.source(), 0, 0), Expressions.evaluator());
    stretches = new Stretches(e);
    FileScope scope = scope(file, false);
    checkDefs(scope);
    if (diagnostics.hasErrors()) {
      return Optional.empty();
    }
    return Optional.of(
        scope.defs().values().stream().map(d -> Signatures.of(e, stretches.trace(), d)).toList());
  }

  private Optional<HostPlan> run(SourceFile file, Optional<EntryCall> entry, boolean measured) {
    Consumer<FileScope> call = scope -> entry.ifPresent(c -> entry(scope, c, measured));
    return plan(file, entry.isEmpty(), true, call);
  }

  /// The plan of a file's `let`s and of a block behind them.
  private Optional<HostPlan> block(
      SourceFile file, Item item, BiConsumer<HostStatements, HostStatements.Place> body) {
    Consumer<FileScope> then =
        scope -> {
          var place = new HostStatements.Place(scope, file.items().indexOf(item), true);
          body.accept(new HostStatements(e, scope, stretches, loader), place.inner());
        };
    return plan(file, false, false, then);
  }

  /// The plan of a file and of what comes behind it, unless something is wrong.
  ///
  /// @param effects whether the file's own statements run, not its `let`s alone
  /// @param defs whether its defs are checked for all sizes
  private Optional<HostPlan> plan(
      SourceFile file, boolean effects, boolean defs, Consumer<FileScope> then) {
    e = new Elaboration(diagnostics, new Span(file.source(), 0, 0), Expressions.evaluator());
    stretches = new Stretches(e);
    FileScope scope = scope(file, effects);
    if (defs) {
      checkDefs(scope);
    }
    if (!diagnostics.hasErrors()) {
      then.accept(scope);
    }
    return diagnostics.hasErrors() ? Optional.empty() : Optional.of(stretches.finish());
  }

  private FileScope scope(SourceFile file, boolean effects) {
    // A file of the standard library, tested by itself, rests on its own functions of the compiler.
    var builtins = Libraries.nameOf(file.source()).map(Libraries::inside).orElse(Map.of());
    var scope = new FileScope(file, Optional.of(prelude()), builtins, _ -> Optional.empty());
    files.put(file, scope);
    fill(scope);
    mesh(scope, files.size() == 1);
    imports(scope);
    statements(scope, effects);
    return scope;
  }

  /// The mesh of the program that runs.
  private void mesh(FileScope scope, boolean main) {
    Span first = null;
    for (Item item : scope.file().items()) {
      if (!(item instanceof Item.Mesh mesh)) {
        continue;
      }
      if (!main || first != null) {
        var d =
            Diagnostic.error(
                Code.BAD_MESH,
                mesh.span(),
                main ? "a second mesh" : "a mesh in a file that is imported");
        diagnostics.add(
            main
                ? d.label(first, "the first one")
                : d.help("it stands in the program that runs; types here may name its axes"));
        continue;
      }
      first = mesh.span();
      try {
        e.mesh(e.in(e.newTrace(), () -> Placing.mesh(e, mesh, Scope.of(scope, 0))));
      } catch (Fault fault) {
        diagnostics.add(fault.diagnostic());
      } catch (Fault.Poisoned poisoned) {
        // reported where it failed
      }
    }
  }

  private FileScope prelude() {
    if (prelude == null) {
      SourceFile file = Libraries.file("prelude").orElseThrow();
      var builtins = Libraries.inside("prelude");
      builtins.putAll(Prelude.builtins());
      prelude = fill(new FileScope(file, Optional.empty(), builtins, this::implicitLibrary));
    }
    return prelude;
  }

  private Optional<Val> implicitLibrary(String name) {
    return Libraries.implicit(name) ? Optional.of(library(name)) : Optional.empty();
  }

  /// A library: what its file documents, and the functions of the compiler that bear its name.
  private Val.Namespace library(String name) {
    Val.Namespace known = libraries.get(name);
    if (known != null) {
      return known;
    }
    var members = new TreeMap<>(Libraries.builtins(name));
    var all = new Val.Namespace(name, members);
    libraries.put(name, all);
    Libraries.again(name)
        .forEach(n -> members.put(n, prelude().find(n, Integer.MAX_VALUE).orElseThrow()));
    Libraries.file(name)
        .ifPresent(
            file -> {
              var scope =
                  new FileScope(
                      file, Optional.of(prelude()), Libraries.inside(name), _ -> Optional.empty());
              fill(scope);
              imports(scope);
              for (Definition definition : scope.defs().values()) {
                if (definition.def().doc().isPresent()) {
                  members.put(definition.name(), new Val.DefFn(definition));
                }
              }
              for (ModuleDefinition module : scope.modules().values()) {
                members.put(module.name(), new Val.ModuleFn(module));
              }
            });
    return all;
  }

  /// Defs and types, which are seen everywhere.
  private FileScope fill(FileScope scope) {
    var seen = new HashMap<String, Span>();
    List<Item> items = scope.file().items();
    for (int i = 0; i < items.size(); i++) {
      switch (items.get(i)) {
        case Item.Def def -> {
          define(seen, def.name(), def.nameSpan());
          scope.defs().putIfAbsent(def.name(), new Definition(def, scope, i));
          def.rule().ifPresent(rule -> rule(scope, def, rule));
        }
        case Item.TypeDef type -> {
          define(seen, "type " + type.name(), type.span());
          scope.types().putIfAbsent(type.name(), type);
        }
        case Item.Module module -> {
          define(seen, module.name(), module.nameSpan());
          scope.modules().putIfAbsent(module.name(), new ModuleDefinition(module, scope, i));
        }
        case Item.Mesh _, Item.Import _, Item.Host _, Item.Test _, Item.Bench _ -> {}
      }
    }
    e.seeTypes(scope);
    return scope;
  }

  private void rule(FileScope scope, Item.Def def, Item.RuleOf rule) {
    String target = String.join(".", rule.path());
    boolean known =
        scope.file().items().stream()
            .anyMatch(i -> i instanceof Item.Def other && other.name().equals(target));
    if (!known || target.equals(def.name())) {
      diagnostics.add(
          Diagnostic.error(Code.BAD_RULE, rule.span(), "no other def `" + target + "` in this file")
              .help("a rule stands in the file of the def whose derivative it is"));
      return;
    }
    scope
        .rule(target, scope.defs().get(def.name()))
        .ifPresent(
            before ->
                diagnostics.add(
                    Diagnostic.error(
                            Code.BAD_RULE, rule.span(), "`" + target + "` has a rule already")
                        .label(before.def().nameSpan(), "first here")));
  }

  private void define(Map<String, Span> seen, String name, Span at) {
    Span before = seen.putIfAbsent(name, at);
    if (before != null) {
      diagnostics.add(
          Diagnostic.error(Code.DEFINED_TWICE, at, "`" + name + "` is defined twice")
              .label(before, "first here"));
    }
  }

  private void imports(FileScope scope) {
    importing.add(scope.file());
    for (Item item : scope.file().items()) {
      if (item instanceof Item.Import(_, var importees)) {
        importees.forEach(i -> importOne(scope, i));
      }
    }
    importing.remove(scope.file());
  }

  private void importOne(FileScope scope, Item.Importee importee) {
    if (!importee.file() && Libraries.known(importee.path())) {
      scope.imports().put(importee.alias(), library(importee.path()));
      return;
    }
    if (!importee.file()) {
      var known = NotBuilt.library(importee.path());
      diagnostics.add(
          known
              .map(m -> NotBuilt.diagnostic(importee.span(), m))
              .orElseGet(
                  () ->
                      Diagnostic.error(
                              Code.BAD_IMPORT,
                              importee.span(),
                              "no library `" + importee.path() + "`")
                          .help("a file is imported by its path: `import \"lib.girih\" as lib`")));
      scope.imports().put(importee.alias(), new Val.Namespace(importee.path(), poisoned()));
      return;
    }
    var file = loader.source(scope.file().source(), importee.path(), importee.span(), diagnostics);
    if (file.isEmpty()) {
      scope.imports().put(importee.alias(), new Val.Namespace(importee.path(), poisoned()));
      return;
    }
    if (importing.contains(file.get())) {
      diagnostics.add(
          Diagnostic.error(
                  Code.IMPORT_CYCLE,
                  importee.span(),
                  "`"
                      + importee.path()
                      + "` imports this file, by way of "
                      + importing.stream().map(f -> f.source().name()).toList())
              .help("move what both need into a third file"));
      return;
    }
    FileScope other = files.get(file.get());
    if (other == null) {
      if (HostStatements.isProgram(file.get().items())) {
        diagnostics.add(
            Diagnostic.error(
                    Code.BAD_IMPORT,
                    importee.span(),
                    "`" + importee.path() + "` has effects: only a library is imported")
                .help("a library has no statement but `let`"));
        return;
      }
      other = scope(file.get(), true);
    }
    var members = new TreeMap<String, Val>();
    for (String name : exported(other)) {
      other.find(name, Integer.MAX_VALUE).ifPresent(v -> members.put(name, v));
    }
    scope.imports().put(importee.alias(), new Val.Namespace(importee.alias(), members));
  }

  /// A namespace of which every member is poisoned already would hide that it is missing; an empty
  /// one reports each use once more, so uses of a failed import are silenced by name.
  private static TreeMap<String, Val> poisoned() {
    return new PoisonedMembers();
  }

  private static final class PoisonedMembers extends TreeMap<String, Val> {
    private static final long serialVersionUID = 1L;

    @Override
    public Val get(Object key) {
      return new Val.Poison();
    }
  }

  private static List<String> exported(FileScope scope) {
    var names = new ArrayList<>(scope.defs().keySet());
    names.addAll(scope.modules().keySet());
    for (Item item : scope.file().items()) {
      if (item instanceof Item.Host(Stmt.Let let)) {
        names.addAll(BoundNames.of(let.pattern()));
      }
    }
    return names;
  }

  private void statements(FileScope scope, boolean effects) {
    var host = new HostStatements(e, scope, stretches, loader);
    List<Item> items = scope.file().items();
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i) instanceof Item.Host(Stmt stmt)) {
        host.statement(stmt, new HostStatements.Place(scope, i, effects));
      }
    }
  }

  private void checkDefs(FileScope scope) {
    for (Definition definition : scope.defs().values()) {
      SymbolicCheck.check(e, definition);
    }
  }

  /// @param measured whether the call is what a bench measures
  private void entry(FileScope scope, EntryCall call, boolean measured) {
    Definition definition = scope.defs().get(call.function());
    if (definition == null) {
      var diagnostic =
          Diagnostic.error(
              Code.BAD_ENTRY, "no def `" + call.function() + "` in " + scope.file().source());
      diagnostics.add(
          Spelling.nearest(call.function(), scope.defs().keySet().stream())
              .map(n -> diagnostic.help("did you mean `" + n + "`?"))
              .orElse(diagnostic));
      return;
    }
    Span at = definition.def().nameSpan();
    try {
      var given = new LinkedHashMap<String, Given>();
      e.in(
          stretches.trace(),
          () -> {
            call.args()
                .forEach((name, arg) -> given.put(name, new Given(entryArg(scope, name, arg), at)));
            fromAnnotations(definition, given, at);
            return null;
          });
      if (measured) {
        stretches.cut();
      }
      Val arrays =
          e.in(
              stretches.trace(),
              () ->
                  Trees.map(
                      e.apply(at, new Val.DefFn(definition), List.of(), given),
                      leaf ->
                          leaf instanceof Val.Num || leaf instanceof Val.Bool
                              ? Operands.array(e, leaf, at)
                              : leaf));
      if (measured) {
        new HostStatements(e, scope, stretches, loader).measure(arrays, at);
      } else {
        stretches.effect(List.of(arrays), new HostPlan.Step.Result(stretches.tree(arrays)));
      }
    } catch (Fault fault) {
      diagnostics.add(fault.diagnostic());
    } catch (Fault.Poisoned poisoned) {
      // reported where it failed
    }
  }

  private Val entryArg(FileScope scope, String name, EntryCall.Arg arg) {
    Val val =
        switch (arg) {
          case EntryCall.Arg.Arrays(var types, var keys) -> {
            var arrays = new TreeMap<String, Val>();
            types.forEach(
                (n, t) -> arrays.put(n, stretches.input(new Val.Hole(t, false, keys.contains(n)))));
            yield NestedNames.tree(arrays);
          }
          case EntryCall.Arg.Static(Expr value) ->
              e.eval(value, Scope.of(scope, Integer.MAX_VALUE));
        };
    if (arg instanceof EntryCall.Arg.Arrays) {
      stretches.effect(List.of(), new HostPlan.Step.Argument(name, stretches.tree(val)));
    }
    return val;
  }

  /// Parameters without argument whose annotation says all sizes become inputs of that type.
  private void fromAnnotations(Definition definition, Map<String, Given> given, Span at) {
    for (Item.Param param : definition.def().params()) {
      String name = Binding.param(param).name();
      if (!given.containsKey(name) && param.type().isPresent() && param.init().isEmpty()) {
        var sizes = new Sizes(List.of(), definition.scope());
        Val made = e.in(e.newTrace(), () -> Annotations.make(e, param.type().get(), sizes));
        Val val =
            Trees.map(
                made,
                l ->
                    l instanceof Val.Array a
                        ? stretches.input(new Val.Hole(a.type(), false, a.key() != null))
                        : l);
        given.put(name, new Given(val, at));
        stretches.effect(List.of(), new HostPlan.Step.Argument(name, stretches.tree(val)));
      }
    }
  }
}
