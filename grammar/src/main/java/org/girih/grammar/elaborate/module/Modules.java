package org.girih.grammar.elaborate.module;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.girih.grammar.elaborate.array.Binding;
import org.girih.grammar.elaborate.array.KeyArgument;
import org.girih.grammar.elaborate.array.Statics;
import org.girih.grammar.elaborate.binding.Defs;
import org.girih.grammar.elaborate.binding.Patterns;
import org.girih.grammar.elaborate.binding.Shared;
import org.girih.grammar.elaborate.binding.Sizes;
import org.girih.grammar.elaborate.core.Derived;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.FunctionTrace;
import org.girih.grammar.elaborate.core.Given;
import org.girih.grammar.elaborate.core.Intrinsic;
import org.girih.grammar.elaborate.core.ModuleDefinition;
import org.girih.grammar.elaborate.core.ModuleFrame;
import org.girih.grammar.elaborate.core.Scope;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.source.Span;

/// Modules: functions whose parameters are declared where they are used. `init` runs a module to
/// find its parameters and makes them; `apply` runs it on given ones.
///
/// In `apply` a module is a function of its arguments and its part of the variables: modules of one
/// class at the same types share their code, as defs do. In `init` each has its own, since each
/// makes its parameters under a key of its own.
public final class Modules {
  private Modules() {}

  /// `Dense(10)`: the module, named by the `let` whose whole value it is, or numbered.
  ///
  /// @param let the name that the `let` gives
  public static Val make(
      Elaboration e,
      Span at,
      ModuleDefinition definition,
      List<Given> positional,
      Map<String, Given> named,
      Optional<String> let) {
    Optional<String> name = let;
    var own = new java.util.LinkedHashMap<>(named);
    boolean declared =
        definition.module().outer().stream().anyMatch(p -> Binding.param(p).name().equals("name"));
    if (!declared && own.containsKey("name")) {
      Given given = own.remove("name");
      if (!(given.val() instanceof Val.Str(String text))) {
        throw e.fault(Code.NOT_STATIC, given.at(), "`name` is a static string");
      }
      name = Optional.of(text);
    }
    Optional<String> taken = name;
    Val args = new Val.Tuple(Defs.bind(e, at, definition.make(), positional, own).args());
    var made = new Val.Module(definition, args, new Val.Instance());
    if (e.frame().isPresent()) {
      ModuleFrame frame = e.frame().get();
      if (e.trace().depth() > frame.depth()) {
        throw e.fault(
            Diagnostic.error(
                    Code.MISUSED_MODULE,
                    at,
                    "a module is made in a loop or a mapped function, where its parameters would be"
                        + " made in each iteration")
                .help("make it outside, or loop over a tuple, which is unrolled"));
      }
      taken.ifPresent(n -> take(e, at, frame, n));
      frame.name(made.instance(), taken.orElseGet(() -> frame.number(definition.name())));
    }
    return made;
  }

  private static void take(Elaboration e, Span at, ModuleFrame frame, String name) {
    if (!frame.take(name)) {
      throw e.fault(
          Code.DEFINED_TWICE,
          at,
          "the module has a submodule or a variable `" + name + "` already");
    }
  }

  /// `Dense(10)(x)`.
  public static Val call(
      Elaboration e, Span at, Val.Module module, List<Given> positional, Map<String, Given> named) {
    ModuleFrame frame =
        e.frame()
            .orElseThrow(
                () ->
                    e.fault(
                        Diagnostic.error(
                                Code.MISUSED_MODULE,
                                at,
                                "`"
                                    + module.label()
                                    + "` is called outside of a module, and has no parameters here")
                            .help(
                                "`init(model, key, x)` makes them, `apply(model, variables, x)`"
                                    + " runs the model on them")));
    if (frame.owner(module.instance()).isEmpty()) {
      frame.name(module.instance(), frame.number(module.definition().name()));
    }
    ModuleFrame owner = frame.owner(module.instance()).orElseThrow();
    String name = owner.nameOf(module.instance()).orElseThrow();
    var names = new ArrayList<>(owner.names());
    names.add(name);
    var out =
        run(
            e,
            at,
            module,
            Optional.of(frame),
            owner.mode(),
            names,
            owner.variablesOf(name),
            positional,
            named);
    boolean inside = e.trace() == owner.trace();
    if (!inside && owner.mode().update() && !out.changed.isEmpty()) {
      throw e.fault(
          Diagnostic.error(
                  Code.MISUSED_MODULE,
                  at,
                  "the state of `" + name + "` changes in a loop or a transformed function")
              .help("call it outside, so that each call has one state to give on"));
    }
    owner.variablesOf(name, out.changed);
    return out.result;
  }

  /// The outcome of a call of a module.
  ///
  /// @param changed collections that are not as before: parameters that `init` made, states
  private record Outcome(Val result, SortedMap<String, Val> changed) {}

  private static Outcome run(
      Elaboration e,
      Span at,
      Val.Module module,
      Optional<ModuleFrame> outer,
      ModuleFrame.Mode mode,
      List<String> names,
      SortedMap<String, Val> variables,
      List<Given> positional,
      Map<String, Given> named) {
    ModuleDefinition definition = module.definition();
    Scope scope = made(e, definition, ((Val.Tuple) module.args()).items());
    Defs.Bound bound = Defs.bind(e, at, definition.call(), scope, positional, named);
    Val all =
        Val.Tuple.of(
            module.args(), new Val.Tuple(bound.args()), new Val.Record(new TreeMap<>(variables)));
    boolean own =
        mode.init() || mode.table().isPresent() || Trees.any(all, Val.Module.class::isInstance);
    Val result =
        own
            ? e.call(
                at,
                definition.name(),
                () -> Defs.describe(definition.call().def(), new Val.Tuple(bound.args())),
                () -> body(e, definition, all, outer, mode, names, bound.sizes()))
            : Shared.call(
                e,
                at,
                new Shared(
                    new Shared.ModuleCode(definition, mode.update()),
                    definition.module().nameSpan(),
                    definition.name(),
                    skeleton ->
                        Defs.describe(
                            definition.call().def(), ((Val.Tuple) skeleton).items().get(1)),
                    Optional.empty()),
                all,
                params ->
                    body(e, definition, params, Optional.empty(), mode, names, bound.sizes()));
    var items = ((Val.Tuple) result).items();
    return new Outcome(items.getFirst(), ((Val.Record) items.getLast()).fields());
  }

  /// Returns what a call of the module sees: what it was made with, which defaults of the call may
  /// use.
  private static Scope made(Elaboration e, ModuleDefinition definition, List<Val> args) {
    Scope scope = definition.make().scope().inner();
    for (int i = 0; i < args.size(); i++) {
      Patterns.bind(e, definition.module().outer().get(i).pattern(), args.get(i), scope);
    }
    definition
        .base()
        .ifPresent(base -> scope.bind(ModuleDefinition.SUPER, Base.of(base, definition, args)));
    return scope;
  }

  /// What `super` is: called, it does what the module does whose attributes this one has, with
  /// these attributes and this one's variables.
  private record Base(ModuleDefinition definition) implements Derived {
    static Val of(ModuleDefinition base, ModuleDefinition own, List<Val> args) {
      List<String> names = own.module().outer().stream().map(p -> Binding.param(p).name()).toList();
      var taken =
          base.module().outer().stream()
              .map(p -> args.get(names.indexOf(Binding.param(p).name())))
              .toList();
      return new Val.Made(new Base(base), Val.NONE, new Val.Tuple(taken));
    }

    @Override
    public Val apply(Elaboration e, Val.Made made, Arguments args) {
      Scope scope = Modules.made(e, definition, ((Val.Tuple) made.options()).items());
      Defs.Bound bound =
          Defs.bind(e, args.at(), definition.call(), scope, args.positional(), args.named());
      return Defs.body(e, definition.call(), scope, bound.args(), bound.sizes());
    }

    @Override
    public String label() {
      return definition.name();
    }
  }

  /// The body, and the collections that it changed.
  private static Val body(
      Elaboration e,
      ModuleDefinition definition,
      Val all,
      Optional<ModuleFrame> outer,
      ModuleFrame.Mode mode,
      List<String> names,
      Sizes sizes) {
    List<Val> parts = ((Val.Tuple) all).items();
    SortedMap<String, Val> before = ((Val.Record) parts.get(2)).fields();
    FunctionTrace home = mode.init() ? outer.map(ModuleFrame::trace).orElse(e.trace()) : e.trace();
    var frame = new ModuleFrame(outer, mode, names, home, e.trace().depth(), before);
    List<Val> made = ((Val.Tuple) parts.get(0)).items();
    Scope scope = made(e, definition, made);
    for (int i = 0; i < made.size(); i++) {
      adopt(frame, Binding.param(definition.module().outer().get(i)).name(), made.get(i));
    }
    List<Val> args = ((Val.Tuple) parts.get(1)).items();
    int begin = e.trace().equations().size();
    // Its row stands before those of the modules that it calls.
    int place = mode.table().map(List::size).orElse(0);
    Val result = e.within(frame, () -> Defs.body(e, definition.call(), scope, args, sizes));
    mode.table()
        .ifPresent(
            rows -> {
              var equations = e.trace().equations();
              rows.add(
                  place,
                  new ModuleFrame.Row(
                      names,
                      definition.name(),
                      parts.get(1),
                      result,
                      before.getOrDefault("params", Val.NONE),
                      Tabulation.operations(equations.subList(begin, equations.size()))));
            });
    var changed = new TreeMap<String, Val>();
    frame
        .variables()
        .forEach(
            (collection, record) -> {
              boolean keep = mode.init() || mode.update() && !collection.equals("params");
              if (keep && !record.equals(before.get(collection))) {
                changed.put(collection, record);
              }
            });
    return Val.Tuple.of(result, new Val.Record(changed));
  }

  /// Modules made outside of all, and given to this one, belong to it, under the parameter's name.
  private static void adopt(ModuleFrame frame, String name, Val val) {
    switch (val) {
      case Val.Module m when frame.owner(m.instance()).isEmpty() -> {
        frame.take(name);
        frame.name(m.instance(), name);
      }
      case Val.Tuple(var items) -> {
        for (int i = 0; i < items.size(); i++) {
          adopt(frame, name + "_" + i, items.get(i));
        }
      }
      case Val.Record(var fields) ->
          fields.forEach((field, each) -> adopt(frame, name + "_" + field, each));
      case Val _ -> {}
    }
  }

  /// `init(model, key, …)`: the variables.
  public static Val init(Elaboration e, Intrinsic.Args args) {
    Val.Module model = model(e, args);
    Val.Array key = KeyArgument.one(e, args);
    key.key().use(e, args.at());
    Val.Array words = new Val.Array(key.owner(), key.value(), false);
    var mode = new ModuleFrame.Mode(Optional.of(words), false);
    return new Val.Record(
        new TreeMap<>(
            run(
                    e,
                    args.at(),
                    model,
                    Optional.empty(),
                    mode,
                    List.of(),
                    new TreeMap<>(),
                    rest(args),
                    args.named())
                .changed));
  }

  /// `apply(model, variables, …)`: the output; with `update = true` also the variables as the call
  /// leaves them.
  public static Val apply(Elaboration e, Intrinsic.Args args) {
    Val.Module model = model(e, args);
    if (!(args.get("variables") instanceof Val.Record(var variables))) {
      throw e.fault(
          Diagnostic.error(
                  Code.WRONG_ARGUMENTS,
                  args.span("variables"),
                  "the variables of a model are a record of collections, not "
                      + Trees.describe(args.get("variables")))
              .help("`init(model, key, x)` makes them: `{params = …}`"));
    }
    boolean update = Statics.flag(e, args, "update");
    var mode = new ModuleFrame.Mode(Optional.empty(), update);
    Outcome out =
        run(
            e,
            args.at(),
            model,
            Optional.empty(),
            mode,
            List.of(),
            variables,
            rest(args),
            args.named());
    if (!update) {
      return out.result;
    }
    var after = new TreeMap<>(variables);
    after.putAll(out.changed);
    return Val.Tuple.of(out.result, new Val.Record(after));
  }

  /// The same on these variables, with a row for each call of a module.
  static void apply(
      Elaboration e, Intrinsic.Args args, Val.Record variables, List<ModuleFrame.Row> rows) {
    var mode = new ModuleFrame.Mode(Optional.empty(), false, Optional.of(rows));
    run(
        e,
        args.at(),
        model(e, args),
        Optional.empty(),
        mode,
        List.of(),
        variables.fields(),
        rest(args),
        args.named());
  }

  private static Val.Module model(Elaboration e, Intrinsic.Args args) {
    if (args.get("model") instanceof Val.Module module) {
      return module;
    }
    throw e.fault(
        Diagnostic.error(
                Code.MISUSED_MODULE,
                args.span("model"),
                "`"
                    + args.function()
                    + "` takes a module, not "
                    + Trees.describe(args.get("model")))
            .help("a module is made by its first brackets: `MLP((12, 8, 4))`"));
  }

  private static List<Given> rest(Intrinsic.Args args) {
    return ((Val.Tuple) args.get("args"))
        .items().stream().map(v -> new Given(v, args.at())).toList();
  }

  /// The parameters of a submodule that was called: `embed.params`.
  public static Val params(Elaboration e, Span at, Val.Module module) {
    return e.frame()
        .flatMap(frame -> frame.owner(module.instance()))
        .flatMap(
            owner ->
                Optional.ofNullable(
                    owner.variablesOf(owner.nameOf(module.instance()).orElseThrow()).get("params")))
        .orElseThrow(
            () ->
                e.fault(
                    Code.MISUSED_MODULE,
                    at,
                    "`" + module.label() + "` has no parameters before its first call"));
  }
}
