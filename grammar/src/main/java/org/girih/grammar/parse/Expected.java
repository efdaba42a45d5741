package org.girih.grammar.parse;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.Vocabulary;
import org.antlr.v4.runtime.atn.ATN;
import org.antlr.v4.runtime.atn.ATNState;
import org.antlr.v4.runtime.atn.RuleStopState;
import org.antlr.v4.runtime.atn.RuleTransition;
import org.antlr.v4.runtime.atn.Transition;

/// Finds what could be where an unexpected token is, by walking ANTLR's network (the ATN) from a
/// place before it along the tokens in between. A rule that a reader knows by a name (an
/// expression, a pattern, ...) is called by it, instead of by all the tokens that may begin it.
final class Expected {
  /// The name of all that goes on with an expression: told only where nothing else is.
  static final String OPERATOR = "an operator";

  static final String LINE_BREAK = "a line break";

  private static final String EXPRESSION = "an expression";

  private static final ATN NETWORK = GirihParser._ATN;

  private static final Map<Integer, String> KNOWN =
      Map.ofEntries(
          Map.entry(GirihParser.RULE_expr, EXPRESSION),
          Map.entry(GirihParser.RULE_plain, EXPRESSION),
          Map.entry(GirihParser.RULE_arith, EXPRESSION),
          Map.entry(GirihParser.RULE_prefix, EXPRESSION),
          Map.entry(GirihParser.RULE_postfix, EXPRESSION),
          Map.entry(GirihParser.RULE_base, EXPRESSION),
          Map.entry(GirihParser.RULE_pattern, "a pattern"),
          Map.entry(GirihParser.RULE_type, "a type"),
          Map.entry(GirihParser.RULE_plainType, "a type"),
          Map.entry(GirihParser.RULE_size, "a size"),
          Map.entry(GirihParser.RULE_sizeAtom, "a size"),
          Map.entry(GirihParser.RULE_sizeOp, OPERATOR),
          Map.entry(GirihParser.RULE_name, "a name"),
          Map.entry(GirihParser.RULE_extremum, "`max=` or `min=`"),
          Map.entry(GirihParser.RULE_stmt, "a statement"),
          Map.entry(GirihParser.RULE_infix, OPERATOR),
          Map.entry(GirihParser.RULE_link, OPERATOR),
          Map.entry(GirihParser.RULE_change, OPERATOR),
          Map.entry(GirihParser.RULE_constraint, OPERATOR));

  private final List<Token> tokens;
  private final int target;
  private final Set<String> names = new TreeSet<>();
  private final Map<Long, Set<Integer>> done = new HashMap<>();

  private Expected(List<Token> tokens, int target) {
    this.tokens = tokens;
    this.target = target;
  }

  /// @param tokens of the chunk
  /// @param from a place at or before the unexpected token
  /// @param target the index of the unexpected token
  /// @return `an expression`, `` `)` ``: sorted, names before tokens
  static Set<String> at(List<Token> tokens, Failure.Place from, int target) {
    var walk = new Expected(tokens, target);
    RuleContext context = from.context();
    int state = from.state();
    while (begunAt(target, context)) {
      state = context.invokingState;
      context = context.parent;
    }
    Set<Integer> ends = walk.follow(NETWORK.states.get(state), from.index());
    while (!ends.isEmpty() && context != null && context.invokingState >= 0) {
      var call = (RuleTransition) NETWORK.states.get(context.invokingState).transition(0);
      var next = new HashSet<Integer>();
      for (int end : ends) {
        next.addAll(walk.follow(call.followState, end));
      }
      ends = next;
      context = context.parent;
    }
    return walk.names;
  }

  /// Returns whether the parser was in a rule of which it had seen nothing yet: then the rule is
  /// told by its name, as seen from outside.
  private static boolean begunAt(int target, RuleContext context) {
    return context instanceof ParserRuleContext rule
        && rule.invokingState >= 0
        && rule.getStart().getTokenIndex() == target;
  }

  /// Returns the indices at which the state's rule can end when it is in that state at the index.
  private Set<Integer> follow(ATNState state, int index) {
    long key = (long) state.stateNumber << 32 | index;
    Set<Integer> known = done.get(key);
    if (known != null) {
      return known;
    }
    var ends = new HashSet<Integer>();
    done.put(key, ends); // a cycle without a token adds nothing
    if (state instanceof RuleStopState) {
      ends.add(index);
      return ends;
    }
    for (int i = 0; i < state.getNumberOfTransitions(); i++) {
      step(state.transition(i), index, ends);
    }
    return ends;
  }

  private void step(Transition transition, int index, Set<Integer> ends) {
    if (transition instanceof RuleTransition call) {
      String name = index == target ? KNOWN.get(call.ruleIndex) : null;
      if (name != null) {
        names.add(name);
        return;
      }
      for (int end : Set.copyOf(follow(call.target, index))) {
        ends.addAll(follow(call.followState, end));
      }
    } else if (transition.isEpsilon()) {
      ends.addAll(follow(transition.target, index));
    } else if (index == target) {
      boolean lambda = transition.target.ruleIndex == GirihParser.RULE_lambda;
      transition.label().toList().forEach(type -> names.add(lambda ? OPERATOR : shown(type)));
    } else if (transition.label().contains(tokens.get(index).getType())) {
      ends.addAll(follow(transition.target, index + 1));
    }
  }

  /// Returns what a message calls a kind of token.
  private static String shown(int type) {
    Vocabulary vocabulary = GirihParser.VOCABULARY;
    return switch (type) {
      case Token.EOF, GirihParser.NL -> LINE_BREAK;
      case GirihParser.IDENT -> "a name";
      case GirihParser.STRING -> "a string";
      case GirihParser.INT, GirihParser.FLOAT -> "a number";
      case GirihParser.LAMBDA_PAREN -> "`(`";
      case GirihParser.LAMBDA_BRACE -> "`{`";
      case GirihParser.MESH -> "`mesh`";
      case GirihParser.DEBUG -> "`debug.print`";
      case GirihParser.PIPE -> OPERATOR;
      default -> vocabulary.getLiteralName(type).replace('\'', '`');
    };
  }
}
