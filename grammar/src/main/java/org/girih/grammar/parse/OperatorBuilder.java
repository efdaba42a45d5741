package org.girih.grammar.parse;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.girih.grammar.ast.Expr;
import org.girih.grammar.ast.Expr.Binary;
import org.girih.grammar.ast.Expr.BinaryOp;
import org.girih.grammar.ast.Expr.NoneLit;
import org.girih.grammar.ast.Expr.Unary;
import org.girih.grammar.ast.Expr.UnaryOp;
import org.girih.grammar.parse.GirihParser.ArithContext;
import org.girih.grammar.parse.GirihParser.InfixContext;
import org.girih.grammar.parse.GirihParser.PostfixContext;
import org.girih.grammar.parse.GirihParser.PrefixContext;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.source.Span;

/// Builds operators with Python's precedence, loosest first:
/// `or and not (comparisons) | ^ & (<< >>) (+ -) (@ * / // %) (- ~) **`. All are left-associative
/// but `**`, whose right operand may have a prefix: `-x ** 2` is `-(x ** 2)` and `2 ** -1` is
/// legal. Comparisons do not chain.
///
/// Dijkstra's shunting-yard over the flat list that the parser produces: a loop with two stacks, so
/// that a chain of 100,000 operations costs no recursion.
final class OperatorBuilder {
  private static final int NOT = 3;
  private static final int COMPARISON = 4;
  private static final int SIGN = 11;
  private static final int POWER = 12;

  private static final Map<Integer, BinaryOp> INFIX = infix();

  private final AstBuilder ast;

  OperatorBuilder(AstBuilder ast) {
    this.ast = ast;
  }

  /// An operand with all that was written for it, parentheses included.
  private record Operand(Expr expr, Span span) {}

  /// An operator that waits for its right operand; `unary` or `binary` is null.
  private record Waiting(int precedence, UnaryOp unary, BinaryOp binary, Span span) {}

  Expr build(ArithContext arith) {
    if (arith.getChildCount() == 1) {
      return ast.exprs.postfix(arith.postfix(0));
    }
    Span whole = ast.spans.of(arith);
    int deepest = 1 + longestRun(arith.children);
    Expr built = ast.enter(deepest, whole) ? new Yard().fold(arith.children) : new NoneLit(whole);
    ast.leave(deepest);
    return built;
  }

  /// Returns how many prefixes and `**` follow one another at most: they nest to the right. The
  /// others nest no deeper than there are precedences.
  private static int longestRun(List<ParseTree> children) {
    int longest = 0;
    int run = 0;
    for (ParseTree child : children) {
      switch (child) {
        case PrefixContext _ -> longest = Math.max(longest, ++run);
        case InfixContext it when it.POWER() != null -> longest = Math.max(longest, ++run);
        case InfixContext _ -> run = 0;
        default -> {}
      }
    }
    return longest;
  }

  private final class Yard {
    private final Deque<Operand> operands = new ArrayDeque<>();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private boolean comparedLast;

    Expr fold(List<ParseTree> children) {
      for (ParseTree child : children) {
        switch (child) {
          case PrefixContext it -> prefix(it.getStart());
          case InfixContext it -> infix(it.getStart());
          default -> {
            var it = (PostfixContext) child;
            operands.push(new Operand(ast.exprs.postfix(it), ast.spans.of(it)));
          }
        }
      }
      while (!waiting.isEmpty()) {
        reduce();
      }
      return operands.pop().expr();
    }

    private void prefix(Token token) {
      Span span = ast.spans.of(token);
      UnaryOp op =
          switch (token.getType()) {
            case GirihParser.MINUS -> UnaryOp.NEGATE;
            case GirihParser.TILDE -> UnaryOp.INVERT;
            default -> UnaryOp.NOT;
          };
      if (op == UnaryOp.NOT && !waiting.isEmpty() && waiting.peek().precedence() > NOT) {
        ast.errors.add(
            Diagnostic.error(Code.SYNTAX, span, "`not` binds looser than the operator before it")
                .help("put `not …` in parentheses"));
      }
      waiting.push(new Waiting(op == UnaryOp.NOT ? NOT : SIGN, op, null, span));
    }

    private void infix(Token token) {
      BinaryOp op = INFIX.get(token.getType());
      Span span = ast.spans.of(token);
      int precedence = precedence(op);
      comparedLast = false;
      while (!waiting.isEmpty()
          && (waiting.peek().precedence() > precedence
              || waiting.peek().precedence() == precedence && precedence != POWER)) {
        reduce();
      }
      if (op.comparison() && comparedLast) {
        ast.errors.add(
            Diagnostic.error(Code.CHAINED_COMPARISON, span, "comparisons do not chain")
                .help("write `a < b and b < c`"));
      }
      waiting.push(new Waiting(precedence, null, op, span));
    }

    private void reduce() {
      Waiting op = waiting.pop();
      Operand right = operands.pop();
      comparedLast = op.precedence() == COMPARISON;
      if (op.unary() != null) {
        Span span = op.span().to(right.span());
        operands.push(new Operand(new Unary(span, op.unary(), right.expr()), span));
      } else {
        Operand left = operands.pop();
        Span span = left.span().to(right.span());
        operands.push(
            new Operand(new Binary(span, op.binary(), op.span(), left.expr(), right.expr()), span));
      }
    }
  }

  /// Returns how strong an infix operator binds, from 1.
  static int precedence(Token operator) {
    return precedence(INFIX.get(operator.getType()));
  }

  private static int precedence(BinaryOp op) {
    return switch (op) {
      case OR -> 1;
      case AND -> 2;
      case EQ, NE, LT, LE, GT, GE -> COMPARISON;
      case BIT_OR -> 5;
      case BIT_XOR -> 6;
      case BIT_AND -> 7;
      case SHIFT_LEFT, SHIFT_RIGHT -> 8;
      case ADD, SUBTRACT -> 9;
      case MATMUL, MULTIPLY, DIVIDE, FLOOR_DIVIDE, REMAINDER -> 10;
      case POWER -> POWER;
    };
  }

  /// The operators by their tokens' types.
  private static Map<Integer, BinaryOp> infix() {
    Map<String, BinaryOp> texts = new HashMap<>();
    for (BinaryOp op : BinaryOp.values()) {
      texts.put("'" + op.text() + "'", op);
    }
    Map<Integer, BinaryOp> types = new HashMap<>();
    for (int type = 1; type <= GirihParser.VOCABULARY.getMaxTokenType(); type++) {
      BinaryOp op = texts.get(GirihParser.VOCABULARY.getLiteralName(type));
      if (op != null) {
        types.put(type, op);
      }
    }
    return Map.copyOf(types);
  }
}
