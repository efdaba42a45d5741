package org.girih.grammar.parse;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.antlr.v4.runtime.Token;
import org.girih.grammar.ast.Expr;
import org.girih.grammar.ast.Expr.BinaryOp;
import org.girih.grammar.ast.Expr.UnaryOp;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.source.Span;

/// Operator precedence, Python's, by two stacks (Dijkstra's shunting yard): linear in the length of
/// the chain and without recursion, however long it is.
final class OperatorBuilder {
  private static final Map<String, BinaryOp> BINARY = new HashMap<>();

  static {
    for (BinaryOp op : BinaryOp.values()) {
      BINARY.put(op.text(), op);
    }
  }

  private final SyntaxErrors errors;
  private final Deque<Expr> operands = new ArrayDeque<>();
  private final Deque<Pending> pending = new ArrayDeque<>();

  /// An operator whose right operand is not complete.
  private record Pending(int level, BinaryOp binary, UnaryOp unary, Span at) {}

  OperatorBuilder(SyntaxErrors errors) {
    this.errors = errors;
  }

  /// How tight an operator binds.
  private static int level(BinaryOp op) {
    return switch (op) {
      case POWER -> 12;
      case MATMUL, MULTIPLY, DIVIDE, FLOOR_DIVIDE, REMAINDER -> 10;
      case ADD, SUBTRACT -> 9;
      case SHIFT_LEFT, SHIFT_RIGHT -> 8;
      case BIT_AND -> 7;
      case BIT_XOR -> 6;
      case BIT_OR -> 5;
      case EQ, NE, LT, LE, GT, GE -> 4;
      case AND -> 2;
      case OR -> 1;
    };
  }

  void prefix(Token token) {
    UnaryOp op =
        switch (token.getText()) {
          case "-" -> UnaryOp.NEGATE;
          case "~" -> UnaryOp.INVERT;
          case String other -> UnaryOp.NOT;
        };
    pending.push(new Pending(op == UnaryOp.NOT ? 3 : 11, null, op, span(token)));
  }

  void operand(Expr expr) {
    operands.push(expr);
  }

  void infix(Token token) {
    BinaryOp op = BINARY.get(token.getText());
    int level = level(op);
    while (!pending.isEmpty()
        && (pending.peek().level > level || pending.peek().level == level && level != 12)) {
      if (op.comparison() && pending.peek().level == level) {
        errors.add(
            Diagnostic.error(
                    Code.CHAINED_COMPARISON, span(token), "comparisons do not chain")
                .label(pending.peek().at, "the first")
                .help("write `a < b and b < c`"));
      }
      reduce();
    }
    pending.push(new Pending(level, op, null, span(token)));
  }

  private void reduce() {
    Pending op = pending.pop();
    Expr right = operands.pop();
    if (op.unary != null) {
      operands.push(new Expr.Unary(op.at.to(right.span()), op.unary, right));
    } else {
      Expr left = operands.pop();
      operands.push(
          new Expr.Binary(left.span().to(right.span()), op.binary, op.at, left, right));
    }
  }

  Expr result() {
    while (!pending.isEmpty()) {
      reduce();
    }
    return operands.pop();
  }

  private Span span(Token token) {
    return new Span(errors.source(), token.getStartIndex(), token.getStopIndex() + 1);
  }
}
