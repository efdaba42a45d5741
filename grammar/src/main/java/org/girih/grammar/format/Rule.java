package org.girih.grammar.format;

import org.girih.grammar.parse.Lexeme;
import org.girih.grammar.parse.Lexeme.Role;

/// The table of the format: what each role allows before and after itself.
///
/// A line break that the user wrote is kept where a side says [Side#KEEP] or gives a cost, and no
/// side says [Side#JOIN]; a line that is too long is broken where there is a cost.
///
/// @param tightBefore whether no space precedes it
/// @param tightAfter whether no space follows it
record Rule(boolean tightBefore, boolean tightAfter, Side before, Side after) {
  /// What is said of a line break at one side of a token.
  ///
  /// @param cost how many columns shorter a line may be that is broken elsewhere instead
  /// @param wastes whether the columns count that such a break leaves empty
  record Side(Kind kind, int cost, boolean wastes) {
    private enum Kind {
      ANY,
      JOIN,
      KEEP,
      BREAK
    }

    /// What the other side says.
    static final Side ANY = new Side(Kind.ANY, 0, true);

    /// No line break.
    static final Side JOIN = new Side(Kind.JOIN, 0, true);

    /// The user's line break.
    static final Side KEEP = new Side(Kind.KEEP, 0, true);

    static Side cost(int columns) {
      return new Side(Kind.BREAK, columns, true);
    }

    static Side costAlone(int columns) {
      return new Side(Kind.BREAK, columns, false);
    }

    private boolean joins() {
      return kind == Kind.JOIN;
    }

    private boolean keeps() {
      return kind == Kind.KEEP || kind == Kind.BREAK;
    }

    private boolean breaks() {
      return kind == Kind.BREAK;
    }
  }

  private static final Rule WORD = new Rule(false, false, Side.ANY, Side.ANY);
  private static final Rule CALL = new Rule(true, true, Side.JOIN, Side.cost(40));
  private static final Rule LIST = new Rule(false, true, Side.ANY, Side.cost(40));
  private static final Rule BLOCK = new Rule(false, false, Side.JOIN, Side.costAlone(-20));
  private static final Rule CLOSE = new Rule(true, false, Side.KEEP, Side.ANY);
  private static final Rule COMMA = new Rule(true, false, Side.JOIN, Side.cost(0));
  private static final Rule FIELD = new Rule(true, true, Side.cost(80), Side.JOIN);
  private static final Rule GLUE = new Rule(true, true, Side.JOIN, Side.JOIN);
  private static final Rule ANNOTATION = new Rule(true, false, Side.JOIN, Side.JOIN);
  private static final Rule PREFIX = new Rule(false, true, Side.ANY, Side.JOIN);
  private static final Rule PIPE = new Rule(false, false, Side.cost(-40), Side.JOIN);
  private static final Rule BODY_IS = is(false, Side.costAlone(-10));
  private static final Rule IS = is(false, Side.costAlone(90));
  private static final Rule EXTREMUM_IS = is(true, Side.costAlone(90));
  private static final Rule LAMBDA_ARROW = is(false, Side.cost(30));
  private static final Rule ARM_ARROW = is(false, Side.cost(10));
  private static final Rule RESULT_ARROW = new Rule(false, false, Side.cost(5), Side.JOIN);
  private static final Rule THEN = new Rule(false, false, Side.cost(6), Side.cost(60));
  private static final Rule ELSE = new Rule(false, false, Side.costAlone(15), Side.cost(60));
  private static final Rule JOINED = new Rule(false, false, Side.JOIN, Side.JOIN);
  private static final Rule CLAUSE = new Rule(false, false, Side.cost(10), Side.JOIN);
  private static final Rule LOOP_CLAUSE = new Rule(false, false, Side.KEEP, Side.JOIN);
  private static final Rule CHANGE = new Rule(false, false, Side.cost(20), Side.JOIN);
  private static final Rule RECORD_WITH = is(false, Side.cost(20));
  private static final Rule REQUIREMENT = new Rule(false, false, Side.costAlone(-20), Side.JOIN);
  private static final Rule BAR = new Rule(false, false, Side.cost(0), Side.KEEP);

  /// After an infix operator: the loosest breaks first.
  private static final int[] INFIX_COSTS = {0, 6, 10, 10, 40, 20, 20, 20, 20, 20, 36, 36, 70};

  private static final Rule[] INFIX = infix();

  private static Rule is(boolean tightBefore, Side after) {
    return new Rule(tightBefore, false, Side.JOIN, after);
  }

  private static Rule[] infix() {
    var rules = new Rule[INFIX_COSTS.length];
    for (int i = 0; i < rules.length; i++) {
      rules[i] = is(false, Side.cost(INFIX_COSTS[i]));
    }
    return rules;
  }

  static Rule of(Lexeme lexeme) {
    return switch (lexeme.role()) {
      case WORD -> WORD;
      case CALL, PARAMETERS, INDEX -> CALL;
      case LAMBDA_PARAMETERS, LIST, RECORD -> LIST;
      case ARMS, BLOCK, BODY -> BLOCK;
      case CLOSE -> CLOSE;
      case COMMA -> COMMA;
      case FIELD -> FIELD;
      case PATH, RANGE, SLICE -> GLUE;
      case ANNOTATION -> ANNOTATION;
      case PREFIX -> PREFIX;
      case INFIX -> INFIX[lexeme.precedence()];
      case PIPE -> PIPE;
      case BODY_IS -> BODY_IS;
      case LET_IS, IS -> IS;
      case EXTREMUM_IS -> EXTREMUM_IS;
      case LAMBDA_ARROW, TYPE_ARROW -> LAMBDA_ARROW;
      case ARM_ARROW -> ARM_ARROW;
      case RESULT_ARROW -> RESULT_ARROW;
      case THEN -> THEN;
      case ELSE -> ELSE;
      case STATEMENT_ELSE -> JOINED;
      case CLAUSE -> CLAUSE;
      case LOOP_CLAUSE -> LOOP_CLAUSE;
      case CHANGE, CONSTRAINT -> CHANGE;
      case RECORD_WITH -> RECORD_WITH;
      case REQUIREMENT -> REQUIREMENT;
      case BAR -> BAR;
    };
  }

  /// Returns whether the user's line break between two tokens is kept.
  static boolean keeps(Rule left, Rule right) {
    return !left.after.joins()
        && !right.before.joins()
        && (left.after.keeps() || right.before.keeps());
  }

  /// Returns what says that a line may be broken between two tokens; [Side#JOIN] where it may not.
  static Side breakBetween(Rule left, Rule right) {
    if (left.after.joins() || right.before.joins()) {
      return Side.JOIN;
    }
    boolean after = left.after.breaks();
    boolean before = right.before.breaks();
    if (after && before) {
      return left.after.cost < right.before.cost ? left.after : right.before;
    }
    return after ? left.after : before ? right.before : Side.JOIN;
  }

  /// Returns whether a role's braces hold statements or arms, each of which may have a line.
  static boolean isBlock(Role role) {
    return role == Role.BLOCK || role == Role.BODY || role == Role.ARMS;
  }
}
