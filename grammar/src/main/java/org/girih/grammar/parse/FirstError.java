package org.girih.grammar.parse;

import java.util.List;
import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.NoViableAltException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.RuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.ATNState;
import org.antlr.v4.runtime.misc.IntervalSet;

/// Stops at the first error, and remembers the place from which all that was possible can be
/// found: not the one where the parser gave up, which may be inside a rule that it had tried last.
final class FirstError extends DefaultErrorStrategy {
  private Failure.Place before;

  @Override
  public void reset(Parser recognizer) {
    super.reset(recognizer);
    before = null;
  }

  @Override
  public void recover(Parser recognizer, RecognitionException e) {
    throw failure(recognizer, e);
  }

  @Override
  public void reportError(Parser recognizer, RecognitionException e) {
    throw failure(recognizer, e);
  }

  @Override
  public Token recoverInline(Parser recognizer) {
    throw failure(recognizer);
  }

  /// Called at each optional part and each round of a repetition.
  @Override
  public void sync(Parser recognizer) {
    ATNState state = recognizer.getATN().states.get(recognizer.getState());
    IntervalSet next = recognizer.getATN().nextTokens(state);
    int index = recognizer.getInputStream().index();
    if (next.contains(recognizer.getInputStream().LA(1))) {
      before = null;
    } else if (next.contains(Token.EPSILON)) {
      if (before == null || before.index() != index) {
        before = new Failure.Place(recognizer.getState(), recognizer.getContext(), index);
      }
    } else {
      throw failure(recognizer);
    }
  }

  private Failure failure(Parser recognizer) {
    int index = recognizer.getInputStream().index();
    Token token = recognizer.getInputStream().LT(1);
    boolean sooner = before != null && before.index() == index;
    var here = new Failure.Place(recognizer.getState(), recognizer.getContext(), index);
    return new Failure.Unexpected(token, sooner ? before : here, rules(recognizer.getContext()));
  }

  private Failure failure(Parser recognizer, RecognitionException e) {
    if (e instanceof NoViableAltException lookahead) {
      int index = lookahead.getStartToken().getTokenIndex();
      int state = e.getOffendingState();
      RuleContext context = e.getCtx();
      boolean sooner =
          before != null
              && before.index() == index
              && e.getOffendingToken().getTokenIndex() == index;
      var place = new Failure.Place(state, context, index);
      return new Failure.Unexpected(e.getOffendingToken(), sooner ? before : place, rules(context));
    }
    return failure(recognizer);
  }

  private static List<String> rules(RuleContext context) {
    var names = new java.util.ArrayList<String>();
    for (RuleContext at = context; at != null; at = at.parent) {
      if (at.getRuleIndex() >= 0) {
        names.add(GirihParser.ruleNames[at.getRuleIndex()]);
      }
    }
    return names;
  }
}
