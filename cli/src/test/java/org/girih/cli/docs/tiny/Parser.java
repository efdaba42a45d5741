package org.girih.cli.docs.tiny;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.girih.cli.docs.tiny.Tree.Binary;
import org.girih.cli.docs.tiny.Tree.Call;
import org.girih.cli.docs.tiny.Tree.Def;
import org.girih.cli.docs.tiny.Tree.Expr;
import org.girih.cli.docs.tiny.Tree.Name;
import org.girih.cli.docs.tiny.Tree.Numbers;

/// Makes a tree from a text, by recursive descent.
final class Parser {
  private static final Pattern TOKEN = Pattern.compile("[0-9.]+|\\w+|\\S");

  private final Deque<String> tokens = new ArrayDeque<>();

  Parser(String text) {
    TOKEN.matcher(text).results().map(MatchResult::group).forEach(tokens::add);
    // An operand that is missing takes the first.
    tokens.addAll(List.of("the end", "the end"));
  }

  Tree tree() {
    var defs = new HashMap<String, Def>();
    while (take("def")) {
      String name = tokens.remove();
      expect("(");
      List<String> params = list(tokens::removeFirst, ")");
      expect("=");
      defs.put(name, new Def(params, sum()));
    }
    expect("print");
    Expr printed = atom();
    expect("the end");
    return new Tree(defs, printed);
  }

  private Expr sum() {
    return binary(Set.of("+", "-"), () -> binary(Set.of("*"), this::call));
  }

  /// One level of precedence: operands of the next, from left to right.
  private Expr binary(Set<String> operators, Supplier<Expr> operand) {
    Expr left = operand.get();
    while (operators.contains(tokens.element())) {
      left = new Binary(tokens.remove(), left, operand.get());
    }
    return left;
  }

  private Expr call() {
    Expr callee = atom();
    while (take("(")) {
      callee = new Call(callee, list(this::sum, ")"));
    }
    return callee;
  }

  private Expr atom() {
    if (take("(")) {
      Expr inner = sum();
      expect(")");
      return inner;
    }
    if (take("[")) {
      List<Double> values = list(() -> Double.valueOf(tokens.remove()), "]");
      return new Numbers(values, List.of(values.size()));
    }
    String token = tokens.remove();
    return Character.isDigit(token.charAt(0))
        ? new Numbers(List.of(Double.valueOf(token)), List.of())
        : new Name(token);
  }

  /// Items with commas between, and the end.
  private <T> List<T> list(Supplier<T> item, String end) {
    var items = new ArrayList<T>();
    do {
      items.add(item.get());
    } while (take(","));
    expect(end);
    return items;
  }

  private boolean take(String token) {
    return token.equals(tokens.peek()) && tokens.remove().equals(token);
  }

  private void expect(String token) {
    if (!take(token)) {
      throw new IllegalArgumentException("expected " + token + ", got " + tokens.peek());
    }
  }
}
