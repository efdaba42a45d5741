package org.girih.grammar.elaborate.binding;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.girih.grammar.ast.Item;
import org.girih.grammar.ast.TypeExpr;
import org.girih.grammar.ast.TypeExpr.SizeExpr;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Fault;
import org.girih.grammar.elaborate.core.FileScope;
import org.girih.grammar.elaborate.core.Scope;
import org.girih.grammar.elaborate.core.Spelling;
import org.girih.grammar.elaborate.core.StaticArithmetic;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.source.Span;
import org.girih.ir.type.Condition;
import org.girih.ir.type.DType;
import org.girih.ir.type.Dim;

/// The size names of one call (or one `let`): bound where an annotation first meets a size that is
/// linear in one of them, tested everywhere else.
public final class Sizes {
  private final List<String> declared;
  private final Scope scope;
  private final Map<String, Dim> bound = new LinkedHashMap<>();
  private final Map<String, Span> places = new LinkedHashMap<>();
  private final List<Consumer<Elaboration>> later = new ArrayList<>();

  private final Map<String, DTypeKind> kinds = new LinkedHashMap<>();
  private final Map<String, DType> dtypes = new LinkedHashMap<>();
  private final Set<String> literal = new HashSet<>();
  private final Map<String, List<Dim>> runs = new LinkedHashMap<>();
  private Optional<Scenario> scenario = Optional.empty();

  /// @param declared the names in brackets; if there are none, every name that is not in scope is
  ///     one
  /// @param scope where other names are looked up: earlier parameters, static values
  public Sizes(List<String> declared, Scope scope) {
    this.declared = declared;
    this.scope = scope;
  }

  /// The names of a def's call: sizes, runs of sizes and dtypes.
  public static Sizes of(Elaboration e, Item.Def def, Scope scope) {
    var sizes = new Sizes(def.names(Item.TypeName.Kind.SIZE), scope);
    for (Item.TypeName name : def.names()) {
      if (name.kind() == Item.TypeName.Kind.DTYPE) {
        sizes.kinds.put(name.name(), kind(e, name));
      }
    }
    return sizes;
  }

  private static DTypeKind kind(Elaboration e, Item.TypeName name) {
    return DTypeKind.of(name.dtypes())
        .orElseThrow(
            () ->
                e.fault(
                    Diagnostic.error(
                            Code.UNKNOWN_TYPE,
                            name.span(),
                            "unknown kind of dtypes `" + name.dtypes() + "`")
                        .help("there are `" + String.join("`, `", DTypeKind.names()) + "`")));
  }

  /// Returns the file in which names of types are looked up.
  public FileScope file() {
    return scope.file();
  }

  /// What is open is chosen by a scenario.
  public Sizes in(Scenario chosen) {
    scenario = Optional.of(chosen);
    return this;
  }

  Scenario scenario() {
    return scenario.orElseThrow(() -> new Fault.Undecided("what the annotations leave open"));
  }

  /// Returns the kind of a dtype variable.
  public Optional<DTypeKind> kind(TypeExpr.NamedType named) {
    return named.path().size() == 1
        ? Optional.ofNullable(kinds.get(named.path().getFirst()))
        : Optional.empty();
  }

  Optional<DType> dtype(String variable) {
    return Optional.ofNullable(dtypes.get(variable));
  }

  void bind(String variable, DType dtype) {
    dtypes.put(variable, dtype);
  }

  /// Binds a variable that literals alone decide.
  void bindLiteral(String variable, DType dtype) {
    dtypes.put(variable, dtype);
    literal.add(variable);
  }

  /// Returns whether literals alone decide the variable.
  boolean ofLiteral(String variable) {
    return literal.contains(variable);
  }

  Optional<List<Dim>> run(String name) {
    return Optional.ofNullable(runs.get(name));
  }

  void bindRun(String name, List<Dim> dims) {
    runs.put(name, List.copyOf(dims));
  }

  /// `n = 3, t = f32`: what its names are, for messages; those that occur in the text.
  String describe(String text) {
    var out = new ArrayList<String>();
    bound.forEach((name, dim) -> add(out, text, name, dim.toString()));
    runs.forEach((name, dims) -> add(out, text, name, dims.toString()));
    dtypes.forEach((name, dtype) -> add(out, text, name, dtype.text()));
    return String.join(" and ", out);
  }

  private static void add(List<String> out, String text, String name, String value) {
    if (text.matches("(?s).*\\b" + name + "\\b.*")) {
      out.add("`" + name + "` is " + value);
    }
  }

  /// The parts of `coefficient · unknown + rest`.
  private record Form(Dim coefficient, Optional<String> unknown, Dim rest) {
    static Form of(Dim dim) {
      return new Form(Dim.of(0), Optional.empty(), dim);
    }

    boolean fixed() {
      return unknown.isEmpty();
    }
  }

  /// Meets an actual size with the size as it is written.
  ///
  /// @param mismatch what to report if they differ; takes the size that the annotation asks for
  void meet(
      Elaboration e,
      SizeExpr written,
      Dim actual,
      java.util.function.Function<String, Diagnostic> mismatch) {
    if (written instanceof SizeExpr.Any) {
      return;
    }
    if (!solve(e, written, actual, mismatch)) {
      later.add(
          again -> {
            if (!solve(again, written, actual, mismatch)) {
              throw again.fault(
                  Diagnostic.error(
                          Code.SIZE_NOT_SOLVED,
                          written.span(),
                          "cannot solve `"
                              + written.span().text()
                              + "` == "
                              + actual
                              + " for its names")
                      .help("a size is found from an annotation that is linear in one unknown"));
            }
          });
    }
  }

  private boolean solve(
      Elaboration e,
      SizeExpr written,
      Dim actual,
      java.util.function.Function<String, Diagnostic> mismatch) {
    Optional<Form> form = form(e, written);
    if (form.isEmpty()) {
      return false;
    }
    Form f = form.get();
    if (f.fixed()) {
      switch (f.rest.equalTo(actual)) {
        case YES -> {}
        case UNKNOWN -> e.condition(Condition.equal(f.rest, actual));
        case NO -> throw e.fault(origin(mismatch.apply(f.rest.toString()), written));
      }
      return true;
    }
    Dim difference = actual.minus(f.rest);
    Dim value = difference.floorDiv(f.coefficient);
    boolean exact = value.times(f.coefficient).equalTo(difference) != Dim.Truth.NO;
    boolean negative = value.atLeast(Dim.of(0)) == Dim.Truth.NO;
    if (!exact || negative) {
      throw e.fault(mismatch.apply(written.span().text()));
    }
    bound.put(f.unknown.get(), value);
    places.put(f.unknown.get(), written.span());
    return true;
  }

  /// Tells where the names of the size were bound.
  private Diagnostic origin(Diagnostic diagnostic, SizeExpr written) {
    if (written instanceof SizeExpr.SizeName(_, var path) && places.containsKey(path.getFirst())) {
      String name = path.getFirst();
      return diagnostic.label(
          places.get(name), name + " = " + bound.get(name) + " comes from here");
    }
    return diagnostic;
  }

  /// The size as it is written, if all its names are known.
  public Dim value(Elaboration e, SizeExpr written) {
    return form(e, written)
        .filter(Form::fixed)
        .map(Form::rest)
        .orElseThrow(
            () ->
                e.fault(
                    Code.SIZE_NOT_SOLVED,
                    written.span(),
                    "the size `" + written.span().text() + "` is not known here"));
  }

  private Optional<Form> form(Elaboration e, SizeExpr written) {
    try {
      return switch (written) {
        case SizeExpr.Any _ -> Optional.empty();
        case SizeExpr.SizeInt(Span at, var value) -> {
          if (value.bitLength() > 62) {
            throw e.fault(Code.TOO_LARGE, at, "a size of " + value);
          }
          yield Optional.of(Form.of(Dim.of(value.longValue())));
        }
        case SizeExpr.SizeName(Span at, var path) -> Optional.of(name(e, at, path));
        case SizeExpr.SizeBinary(Span at, var op, var left, var right) -> {
          var a = form(e, left);
          var b = form(e, right);
          if (a.isEmpty() || b.isEmpty()) {
            yield Optional.empty();
          }
          yield combine(op, a.get(), b.get());
        }
      };
    } catch (ArithmeticException problem) {
      throw e.fault(
          Code.STATIC_ARITHMETIC, written.span(), StaticArithmetic.why(problem) + " in a size");
    }
  }

  private static Optional<Form> combine(org.girih.grammar.ast.TypeExpr.SizeOp op, Form a, Form b) {
    boolean oneUnknown = a.fixed() || b.fixed() || a.unknown.equals(b.unknown);
    if (!oneUnknown) {
      return Optional.empty();
    }
    Optional<String> unknown = a.unknown.or(() -> b.unknown);
    return switch (op) {
      case ADD ->
          Optional.of(new Form(a.coefficient.plus(b.coefficient), unknown, a.rest.plus(b.rest)));
      case SUBTRACT -> {
        Dim coefficient = a.coefficient.minus(b.coefficient);
        boolean gone = coefficient.equals(Dim.of(0));
        yield Optional.of(
            new Form(coefficient, gone ? Optional.empty() : unknown, a.rest.minus(b.rest)));
      }
      case MULTIPLY -> {
        if (!a.fixed() && !b.fixed()) {
          yield Optional.empty();
        }
        Form moving = a.fixed() ? b : a;
        Dim factor = a.fixed() ? a.rest : b.rest;
        if (moving.unknown.isPresent() && factor.equals(Dim.of(0))) {
          yield Optional.of(Form.of(Dim.of(0)));
        }
        yield Optional.of(
            new Form(moving.coefficient.times(factor), moving.unknown, moving.rest.times(factor)));
      }
      case FLOOR_DIVIDE ->
          a.fixed() && b.fixed() ? Optional.of(Form.of(a.rest.floorDiv(b.rest))) : Optional.empty();
    };
  }

  private Form name(Elaboration e, Span at, List<String> path) {
    String name = path.getFirst();
    if (path.size() == 1 && bound.containsKey(name)) {
      return Form.of(bound.get(name));
    }
    boolean own = path.size() == 1 && declared.contains(name);
    Optional<Val> found = own ? Optional.empty() : scope.find(name);
    for (String field : path.subList(1, path.size())) {
      found = found.map(v -> v instanceof Val.Record(var fields) ? fields.get(field) : null);
    }
    if (found.isPresent()
        && !(found.get() instanceof Val.Fn)
        && !(found.get() instanceof Val.Type)) {
      Val val = found.get();
      return Form.of(
          StaticArithmetic.dim(val)
              .orElseThrow(
                  () ->
                      e.fault(
                          Diagnostic.error(
                                  Code.NOT_STATIC,
                                  at,
                                  "a size is a static integer, and `"
                                      + at.text()
                                      + "` is "
                                      + Trees.describe(val))
                              .help("pass a number, or take a size of an array: `size(x, 0)`"))));
    }
    if (path.size() > 1 || !own && !declared.isEmpty()) {
      var diagnostic = Diagnostic.error(Code.UNKNOWN_NAME, at, "unknown size `" + at.text() + "`");
      throw e.fault(
          Spelling.nearest(name, declared.stream())
              .map(n -> diagnostic.help("did you mean `" + n + "`?"))
              .orElse(diagnostic));
    }
    return new Form(Dim.of(1), Optional.of(name), Dim.of(0));
  }

  /// Gives a size a value from outside: while a def is checked for all sizes.
  public void assume(String name, Dim dim) {
    bound.put(name, dim);
  }

  public boolean knows(String name) {
    return bound.containsKey(name);
  }

  /// Does something once the annotations of all parameters are met.
  void later(Consumer<Elaboration> test) {
    later.add(test);
  }

  /// Tests what had to wait for other annotations.
  public void finish(Elaboration e) {
    for (var test : List.copyOf(later)) {
      test.accept(e);
    }
    later.clear();
  }

  /// The sizes become values of the body.
  public void bindInto(Scope target) {
    bound.forEach((name, dim) -> target.bind(name, Val.of(dim)));
    dtypes.forEach((name, dtype) -> target.bind(name, new Val.Type(dtype)));
    runs.forEach(
        (name, dims) -> target.bind(name, new Val.Tuple(dims.stream().<Val>map(Val::of).toList())));
  }
}
