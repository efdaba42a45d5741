package org.girih.grammar.parse;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.NoViableAltException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.RuleContext;
import org.antlr.v4.runtime.Token;

/// Stops at the first error, and remembers a place a token or more before it, from which all that
/// was possible can be found: where the parser gave up it has often settled already for one of
/// several ways.
final class FirstError extends DefaultErrorStrategy {
  /// The place where the parser was when it first had a choice at the present token, and at an
  /// earlier one.
  private Failure.Place present;
  private Failure.Place earlier;

  @Override
  public void reset(Parser recognizer) {
    super.reset(recognizer);
    present = null;
    earlier = null;
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
    throw failure(recognizer, recognizer.getCurrentToken());
  }

  /// Called at each optional part and each iteration of a repetition.
  @Override
  public void sync(Parser recognizer) {
    int index = recognizer.getInputStream().index();
    if (present == null || present.index() < index) {
      earlier = present;
      present = here(recognizer);
    }
  }

  private static Failure.Place here(Parser recognizer) {
    int index = recognizer.getInputStream().index();
    return new Failure.Place(recognizer.getState(), recognizer.getContext(), index);
  }

  private Failure failure(Parser recognizer, RecognitionException e) {
    Token token =
        e instanceof NoViableAltException ? e.getOffendingToken() : recognizer.getCurrentToken();
    return failure(recognizer, token);
  }

  private Failure failure(Parser recognizer, Token token) {
    int index = token.getTokenIndex();
    Failure.Place place;
    if (present != null && present.index() < index) {
      place = present;
    } else if (earlier != null && earlier.index() < index) {
      place = earlier;
    } else {
      place = present == null ? here(recognizer) : present;
    }
    return new Failure.Unexpected(token, place, rules(recognizer.getContext()));
  }

  private static List<String> rules(RuleContext context) {
    var names = new ArrayList<String>();
    for (RuleContext at = context; at != null; at = at.parent) {
      if (at.getRuleIndex() >= 0) {
        names.add(GirihParser.ruleNames[at.getRuleIndex()]);
      }
    }
    return names;
  }
}
