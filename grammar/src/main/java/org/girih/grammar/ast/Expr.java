package org.girih.grammar.ast;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.girih.ir.source.Span;

/// Expressions. What is only another way to write something is gone already: `x |> f` is a [Call],
/// `loop x` is `loop x = x`, `(e)` is `e`.
public sealed interface Expr {
  /// The text that it was made from.
  Span span();

  /// A variable, a def, a size, a dtype, or one of `nan inf pi e newaxis`.
  record Name(Span span, String name) implements Expr {}

  /// `12`, `0xff`, `0b1010`, `1_000`: never negative.
  record IntLit(Span span, BigInteger value) implements Expr {}

  /// `1.5`, `1e-3`; the text is kept, since its type decides the rounding.
  record FloatLit(Span span, String text) implements Expr {}

  /// `true` or `false`.
  record BoolLit(Span span, boolean value) implements Expr {}

  /// `none`.
  record NoneLit(Span span) implements Expr {}

  /// `...` in an index or a shape.
  record Ellipsis(Span span) implements Expr {}

  /// A string; `{expr}` and `{expr:format}` in it are holes, `{{` and `}}` braces.
  record Text(Span span, List<Part> parts) implements Expr {}

  /// A piece of a string.
  sealed interface Part {
    /// Characters, escapes resolved.
    record ItemTokens(String text) implements Part {}

    /// `{value:format}`.
    record Hole(Span span, Expr value, Optional<String> format) implements Part {}
  }

  /// `(a, b)`, `(a,)`, `()`.
  record TupleExpr(Span span, List<Expr> items) implements Expr {}

  /// `[a, b]`.
  record ArrayExpr(Span span, List<Expr> items) implements Expr {}

  /// `[body for i in 0..n, j in 0..m]`, an array; or in `(…)`, a tuple.
  ///
  /// @param condition after `if`: what does not meet it is left out, of a tuple
  record Comprehension(
      Span span, Expr body, List<Generator> generators, Optional<Expr> condition, boolean tuple)
      implements Expr {}

  /// `match x { a -> e, b | c(p) -> f, _ -> g }`.
  record Match(Span span, Expr value, List<Arm> arms) implements Expr {}

  /// One way on of a [Match]: the first whose choices hold the value is taken.
  record Arm(Span span, List<Choice> choices, Expr body) {}

  /// What an arm is taken for.
  sealed interface Choice {
    Span span();

    /// `_`: all that is left.
    record Any(Span span) implements Choice {}

    /// A variant of a sum type, or a name that is a dtype: `circle(r)`, `lib.circle(r)`, `f32`.
    ///
    /// @param payload patterns for what the variant holds; empty where no brackets are written
    record Variant(Span span, List<String> path, Optional<List<Pattern>> payload)
        implements Choice {}

    /// A number, a string, `true`, `false` or `none`.
    record Literal(Span span, Expr value) implements Choice {}
  }

  /// `{a = e, b}`; `b` is short for `b = b`.
  record RecordExpr(Span span, List<FieldDef> fields) implements Expr {}

  record FieldDef(Span span, String name, Expr value) {}

  /// `{r with a.b = v, c = w}`.
  record RecordUpdate(Span span, Expr base, List<PathUpdate> updates) implements Expr {}

  record PathUpdate(Span span, List<String> path, Expr value) {}

  /// `{ let …; assert …; e }`, or a body that is just `e` in braces.
  ///
  /// @param stmts each a [Stmt.Let], a [Stmt.Assert] or a [Stmt.DebugPrint]
  record Block(Span span, List<Stmt> stmts, Expr result) implements Expr {}

  /// A loop with its carry: `loop pattern = init for … { body }`.
  record Loop(Span span, Pattern carry, Expr init, LoopHead head, Expr body) implements Expr {}

  /// The head of a loop, which tells how it goes on.
  sealed interface LoopHead {
    Span span();

    /// `for x in xs`, `for i in 0..n`.
    record For(Span span, Generator generator) implements LoopHead {}

    /// `while c`, `while c max n`.
    record While(Span span, Expr condition, Optional<Expr> max) implements LoopHead {}
  }

  /// `pattern in iter`.
  record Generator(Span span, Pattern pattern, Iter iter) {}

  /// The values that a loop goes through.
  sealed interface Iter {
    Span span();

    /// A tuple or an array.
    record Over(Span span, Expr sequence) implements Iter {}

    /// `from..to`, the end exclusive.
    record Range(Span span, Expr from, Expr to) implements Iter {}
  }

  /// `x -> e`, `(a, (b, c)) -> e`, `(a, b = 1) -> e`.
  ///
  /// @param inits what each parameter is where no argument is given for it
  record Lambda(Span span, List<Pattern> params, List<Optional<Expr>> inits, Expr body)
      implements Expr {}

  /// `if c then a else b`.
  record If(Span span, Expr condition, Expr then, Expr otherwise) implements Expr {}

  record Call(Span span, Expr callee, List<Arg> args) implements Expr {}

  /// An argument of a call.
  sealed interface Arg {
    Span span();

    Expr value();

    record Positional(Span span, Expr value) implements Arg {}

    record Named(Span span, String name, Expr value) implements Arg {}

    /// `*xs`.
    record Spread(Span span, Expr value) implements Arg {}
  }

  /// `x[i, 1:3, ..., newaxis]`.
  record Index(Span span, Expr base, List<Sub> subs) implements Expr {}

  /// One entry of an index.
  sealed interface Sub {
    Span span();

    /// An integer, an array of integers, a tuple, `newaxis` or `...`.
    record At(Span span, Expr value) implements Sub {}

    record Slice(Span span, Optional<Expr> start, Optional<Expr> stop, Optional<Expr> step)
        implements Sub {}
  }

  /// `x.name`.
  record Field(Span span, Expr base, String name, Span nameSpan) implements Expr {}

  record Unary(Span span, UnaryOp op, Expr operand) implements Expr {}

  /// @param opSpan the operator's own place, where a caret goes
  record Binary(Span span, BinaryOp op, Span opSpan, Expr left, Expr right) implements Expr {}

  /// `x with [i] = v`, `+=`, `*=`.
  record Update(Span span, Expr base, List<Sub> subs, UpdateOp op, Expr value) implements Expr {}

  /// `x as [_ @ data, _]`.
  record Constrain(Span span, Expr base, List<TypeExpr.DimExpr> dims) implements Expr {}

  enum UnaryOp {
    NEGATE("-"),
    INVERT("~"),
    NOT("not");

    private final String text;

    UnaryOp(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  enum BinaryOp {
    POWER("**"),
    MATMUL("@"),
    MULTIPLY("*"),
    DIVIDE("/"),
    FLOOR_DIVIDE("//"),
    REMAINDER("%"),
    ADD("+"),
    SUBTRACT("-"),
    SHIFT_LEFT("<<"),
    SHIFT_RIGHT(">>"),
    BIT_AND("&"),
    BIT_XOR("^"),
    BIT_OR("|"),
    EQ("=="),
    NE("!="),
    LT("<"),
    LE("<="),
    GT(">"),
    GE(">="),
    AND("and"),
    OR("or");

    private final String text;

    BinaryOp(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }

    public boolean comparison() {
      return compareTo(EQ) >= 0 && compareTo(GE) <= 0;
    }
  }

  enum UpdateOp {
    SET("="),
    ADD("+="),
    MULTIPLY("*="),
    MAX("max="),
    MIN("min=");

    private final String text;

    UpdateOp(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }
}
