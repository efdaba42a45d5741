package org.girih.grammar.ast;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Expressions as S-expressions.
final class ExprSexp {
  /// Operations from the left, after this many of which they are printed in a row and not nested.
  private static final int LONG = 20;

  private ExprSexp() {}

  static Sexp of(Expr expr) {
    return switch (expr) {
      case Expr.Name it -> Sexp.atom(it.span(), it.name());
      case Expr.IntLit it -> Sexp.atom(it.span(), it.value().toString());
      case Expr.FloatLit it -> Sexp.atom(it.span(), it.text());
      case Expr.BoolLit it -> Sexp.atom(it.span(), Boolean.toString(it.value()));
      case Expr.NoneLit it -> Sexp.atom(it.span(), "none");
      case Expr.Ellipsis it -> Sexp.atom(it.span(), "...");
      case Expr.Text it -> text(it);
      case Expr.TupleExpr it ->
          Sexp.list(it.span(), "tuple", it.items().stream().map(ExprSexp::of));
      case Expr.ArrayExpr it ->
          Sexp.list(it.span(), "array", it.items().stream().map(ExprSexp::of));
      case Expr.Comprehension it ->
          Sexp.list(
              it.span(),
              it.tuple() ? "tuple-for" : "array-for",
              Stream.of(
                      it.generators().stream().map(ExprSexp::generator),
                      it.condition().stream().map(c -> Sexp.group("if", Stream.of(of(c)))),
                      Stream.of(of(it.body())))
                  .flatMap(s -> s));
      case Expr.Match it ->
          Sexp.list(
              it.span(),
              "match",
              Stream.concat(Stream.of(of(it.value())), it.arms().stream().map(ExprSexp::arm)));
      case Expr.RecordExpr it ->
          Sexp.list(it.span(), "record", it.fields().stream().map(ExprSexp::field));
      case Expr.RecordUpdate it ->
          Sexp.list(
              it.span(),
              "record-with",
              Stream.concat(
                  Stream.of(of(it.base())), it.updates().stream().map(ExprSexp::pathUpdate)));
      case Expr.Block it ->
          Sexp.list(
              it.span(),
              "block",
              Stream.concat(it.stmts().stream().map(AstPrinter::stmt), Stream.of(of(it.result()))));
      case Expr.Loop it ->
          Sexp.list(
              it.span(),
              "loop",
              Sexp.group("=", Stream.of(PatternSexp.of(it.carry()), of(it.init()))),
              head(it.head()),
              of(it.body()));
      case Expr.Lambda it ->
          Sexp.list(
              it.span(),
              "lambda",
              Sexp.group(
                  "params", IntStream.range(0, it.params().size()).mapToObj(i -> param(it, i))),
              of(it.body()));
      case Expr.If it -> conditional(it);
      case Expr.Call it ->
          Sexp.list(
              it.span(),
              "call",
              Stream.concat(Stream.of(of(it.callee())), it.args().stream().map(ExprSexp::arg)));
      case Expr.Index it ->
          Sexp.list(
              it.span(),
              "index",
              Stream.concat(Stream.of(of(it.base())), it.subs().stream().map(ExprSexp::sub)));
      case Expr.Field it ->
          Sexp.list(it.span(), "field", of(it.base()), Sexp.atom(it.nameSpan(), it.name()));
      case Expr.Unary it -> Sexp.list(it.span(), it.op().text(), of(it.operand()));
      case Expr.Binary it -> binary(it);
      case Expr.Update it ->
          Sexp.list(
              it.span(),
              "with " + it.op().text(),
              Stream.of(
                      Stream.of(of(it.base())),
                      Stream.of(Sexp.group("at", it.subs().stream().map(ExprSexp::sub))),
                      Stream.of(of(it.value())))
                  .flatMap(s -> s));
      case Expr.Constrain it ->
          Sexp.list(
              it.span(),
              "as",
              Stream.concat(Stream.of(of(it.base())), it.dims().stream().map(TypeSexp::dim)));
    };
  }

  private static Sexp arm(Expr.Arm it) {
    return Sexp.list(
        it.span(),
        "->",
        Stream.concat(it.choices().stream().map(ExprSexp::choice), Stream.of(of(it.body()))));
  }

  private static Sexp choice(Expr.Choice choice) {
    return switch (choice) {
      case Expr.Choice.Any it -> Sexp.atom(it.span(), "_");
      case Expr.Choice.Literal it -> of(it.value());
      case Expr.Choice.Variant it -> {
        String name = String.join(".", it.path());
        yield it.payload()
            .map(all -> Sexp.list(it.span(), name, all.stream().map(PatternSexp::of)))
            .orElseGet(() -> Sexp.atom(it.span(), name));
      }
    };
  }

  private static Sexp text(Expr.Text it) {
    boolean plain = it.parts().stream().allMatch(p -> p instanceof Expr.Part.ItemTokens);
    if (plain) {
      var all = new StringBuilder();
      it.parts().forEach(p -> all.append(part(p).head(), 1, part(p).head().length() - 1));
      return Sexp.atom(it.span(), "\"" + all + "\"");
    }
    return Sexp.list(it.span(), "text", it.parts().stream().map(ExprSexp::part));
  }

  private static Sexp part(Expr.Part part) {
    return switch (part) {
      case Expr.Part.ItemTokens it -> Sexp.atom(quoted(it.text()));
      case Expr.Part.Hole it ->
          Sexp.list(
              it.span(),
              "hole",
              Stream.concat(
                  Stream.of(of(it.value())), it.format().stream().map(f -> Sexp.atom(quoted(f)))));
    };
  }

  /// Returns it as the language writes it, with the escapes that it has.
  static String quoted(String text) {
    var out = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                case '"', '\\' -> out.append('\\').appendCodePoint(c);
                default -> {
                  if (Character.isISOControl(c)) {
                    out.append(String.format("\\u{%x}", c));
                  } else {
                    out.appendCodePoint(c);
                  }
                }
              }
            });
    return out.append('"').toString();
  }

  /// A chain of `else if` is flat: `(if c a d b e)`.
  private static Sexp conditional(Expr.If first) {
    var parts = new ArrayList<Sexp>();
    Expr rest = first;
    while (rest instanceof Expr.If(_, Expr condition, Expr then, Expr otherwise)) {
      parts.add(of(condition));
      parts.add(of(then));
      rest = otherwise;
    }
    parts.add(of(rest));
    return Sexp.list(first.span(), "if", parts.stream());
  }

  /// `(+ (+ a b) c)`, or `(chain a (+ b) (+ c) ...)` where it is long.
  private static Sexp binary(Expr.Binary whole) {
    Deque<Expr.Binary> spine = new ArrayDeque<>();
    Expr left = whole;
    while (left instanceof Expr.Binary it) {
      spine.push(it);
      left = it.left();
    }
    Sexp built = of(left);
    if (spine.size() > LONG) {
      return Sexp.list(
          whole.span(),
          "chain",
          Stream.concat(
              Stream.of(built),
              spine.stream().map(it -> Sexp.group(it.op().text(), Stream.of(of(it.right()))))));
    }
    for (Expr.Binary it : spine) {
      built = Sexp.list(it.span(), it.op().text(), built, of(it.right()));
    }
    return built;
  }

  static Sexp field(Expr.FieldDef it) {
    return Sexp.list(it.span(), it.name(), of(it.value()));
  }

  private static Sexp pathUpdate(Expr.PathUpdate it) {
    return Sexp.list(it.span(), String.join(".", it.path()), of(it.value()));
  }

  private static Sexp head(Expr.LoopHead head) {
    return switch (head) {
      case Expr.LoopHead.For it -> generator(it.generator());
      case Expr.LoopHead.While it ->
          Sexp.list(
              it.span(),
              "while",
              Stream.concat(
                  Stream.of(of(it.condition())),
                  it.max().stream().map(max -> Sexp.group("max", Stream.of(of(max))))));
    };
  }

  private static Sexp generator(Expr.Generator it) {
    return Sexp.list(it.span(), "for", PatternSexp.of(it.pattern()), iter(it.iter()));
  }

  static Sexp iter(Expr.Iter iter) {
    return switch (iter) {
      case Expr.Iter.Over it -> of(it.sequence());
      case Expr.Iter.Range it -> Sexp.list(it.span(), "..", of(it.from()), of(it.to()));
    };
  }

  static Sexp arg(Expr.Arg arg) {
    return switch (arg) {
      case Expr.Arg.Positional it -> of(it.value());
      case Expr.Arg.Named it -> Sexp.list(it.span(), it.name() + " =", of(it.value()));
      case Expr.Arg.Spread it -> Sexp.list(it.span(), "spread", of(it.value()));
    };
  }

  private static Sexp sub(Expr.Sub sub) {
    return switch (sub) {
      case Expr.Sub.At it -> of(it.value());
      case Expr.Sub.Slice it ->
          Sexp.list(it.span(), ":", bound(it.start()), bound(it.stop()), bound(it.step()));
    };
  }

  private static Sexp bound(Optional<Expr> bound) {
    return bound.map(ExprSexp::of).orElseGet(() -> Sexp.atom("_"));
  }

  private static Sexp param(Expr.Lambda lambda, int i) {
    Sexp pattern = PatternSexp.of(lambda.params().get(i));
    return lambda
        .inits()
        .get(i)
        .map(
            init ->
                Sexp.list(
                    lambda.params().get(i).span(),
                    "param",
                    pattern,
                    Sexp.group("=", Stream.of(of(init)))))
        .orElse(pattern);
  }
}
