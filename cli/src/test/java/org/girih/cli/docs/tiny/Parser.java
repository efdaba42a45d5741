package org.girih.cli.docs.tiny;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.girih.cli.docs.tiny.Tree.Callee;
import org.girih.cli.docs.tiny.Tree.Def;
import org.girih.cli.docs.tiny.Tree.Expr;

/// Makes a tree from a text, by recursive descent.
final class Parser {
  private static final Pattern TOKEN =
      Pattern.compile("[0-9]+(\\.[0-9]+)?|[a-z_]\\w*|[-+*=,()\\[\\]]");

  private final List<String> tokens;
  private int at;

  Parser(String text) {
    tokens = TOKEN.matcher(text).results().map(m -> m.group()).collect(Collectors.toList());
    tokens.add("the end");
  }

  Tree tree() {
    var defs = new HashMap<String, Def>();
    while (take("def")) {
      String name = tokens.get(at++);
      expect("(");
      var params = new ArrayList<String>();
      do {
        params.add(tokens.get(at++));
      } while (take(","));
      expect(")");
      expect("=");
      defs.put(name, new Def(params, sum()));
    }
    expect("print");
    Expr printed = atom();
    expect("the end");
    return new Tree(defs, printed);
  }

  private Expr sum() {
    Expr left = product();
    while (tokens.get(at).equals("+") || tokens.get(at).equals("-")) {
      left = new Expr.Binary(tokens.get(at++), left, product());
    }
    return left;
  }

  private Expr product() {
    Expr left = atom();
    while (take("*")) {
      left = new Expr.Binary("*", left, atom());
    }
    return left;
  }

  private Expr atom() {
    String token = tokens.get(at++);
    if (token.equals("(")) {
      Expr inner = sum();
      expect(")");
      return inner;
    }
    if (token.equals("[")) {
      var values = new ArrayList<Double>();
      do {
        values.add(Double.valueOf(tokens.get(at++)));
      } while (take(","));
      expect("]");
      return new Expr.Numbers(values, false);
    }
    if (Character.isDigit(token.charAt(0))) {
      return new Expr.Numbers(List.of(Double.valueOf(token)), true);
    }
    at--;
    Callee callee = callee();
    return take("(") ? new Expr.Call(callee, args()) : new Expr.Name(token);
  }

  private Callee callee() {
    if (!take("grad")) {
      return new Callee.Named(tokens.get(at++));
    }
    expect("(");
    Callee of = callee();
    expect(")");
    return new Callee.Grad(of);
  }

  private List<Expr> args() {
    var args = new ArrayList<Expr>();
    do {
      args.add(sum());
    } while (take(","));
    expect(")");
    return args;
  }

  private boolean take(String token) {
    boolean there = tokens.get(at).equals(token);
    at += there ? 1 : 0;
    return there;
  }

  private void expect(String token) {
    if (!take(token)) {
      throw new Wrong("expected " + token + ", got " + tokens.get(at));
    }
  }
}
