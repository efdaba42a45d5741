package org.girih.grammar.parse;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.girih.grammar.parse.GirihParser.ArithContext;
import org.girih.grammar.parse.GirihParser.BranchesContext;
import org.girih.grammar.parse.GirihParser.EntryContext;
import org.girih.grammar.parse.GirihParser.InfixContext;
import org.girih.grammar.parse.GirihParser.SizeContext;
import org.girih.grammar.parse.GirihParser.SizeOpContext;
import org.girih.grammar.parse.Lexeme.Role;

/// Reads lexemes off the parse trees of items, one item after the other.
final class LexemeReader {
  private final List<Lexeme> lexemes = new ArrayList<>();

  /// The brackets that are open, as numbers of lexemes.
  private final List<Integer> open = new ArrayList<>();

  private boolean statement;

  /// The lexemes of all items so far.
  List<Lexeme> lexemes() {
    return lexemes;
  }

  void read(EntryContext entry) {
    open.clear();
    statement = true;
    read(entry, lexemes.size(), 0);
  }

  /// @param start the lexeme with which the construct begins that owns `then`, `else` or an
  ///     operator
  private void read(ParseTree tree, int start, int precedence) {
    if (tree instanceof TerminalNode leaf) {
      leaf(leaf, start, precedence);
      return;
    }
    int from =
        switch (tree) {
          case ArithContext _, SizeContext _ -> lexemes.size();
          // Its `if` is the token before the condition, which is a sibling.
          case BranchesContext it -> ifOf(it);
          default -> start;
        };
    int level =
        switch (tree) {
          case InfixContext it -> OperatorBuilder.precedence(it.getStart());
          case SizeOpContext it -> OperatorBuilder.precedence(it.getStart());
          default -> 0;
        };
    for (int i = 0; i < tree.getChildCount(); i++) {
      read(tree.getChild(i), from, level);
    }
  }

  /// Returns the number of the `if` before the condition of branches.
  private int ifOf(BranchesContext branches) {
    int at = branches.getParent().getStart().getStartIndex();
    int i = lexemes.size() - 1;
    while (lexemes.get(i).start() != at) {
      i--;
    }
    return i;
  }

  private void leaf(TerminalNode leaf, int start, int precedence) {
    Token token = leaf.getSymbol();
    if (token.getType() == GirihParser.NL) {
      statement = true;
      return;
    }
    if (token.getType() == Token.EOF) {
      return;
    }
    Role role = Roles.of(leaf);
    int number = lexemes.size();
    int of = number;
    if (role == Role.CLOSE) {
      of = open.removeLast();
    } else if (role == Role.COMMA && inList() || role == Role.RECORD_WITH) {
      of = open.getLast();
    } else if (role == Role.THEN || role == Role.ELSE || role == Role.INFIX) {
      of = start;
    }
    var lexeme =
        new Lexeme(
            role, token.getStartIndex(), token.getStopIndex() + 1, statement, of, precedence);
    if (role.opens()) {
      open.add(number);
    }
    lexemes.add(lexeme);
    statement = false;
  }

  /// Returns whether commas belong to the innermost bracket: in a block they are a statement's.
  private boolean inList() {
    if (open.isEmpty()) {
      return false;
    }
    Role role = lexemes.get(open.getLast()).role();
    return role != Role.BLOCK && role != Role.BODY;
  }
}
