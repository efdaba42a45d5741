package org.girih.grammar.parse;

import java.util.List;
import org.antlr.v4.runtime.RuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.ParseCancellationException;

/// The first error of a chunk, thrown out of the generated parser and caught in [ItemParser].
sealed class Failure extends ParseCancellationException {
  private static final long serialVersionUID = 1L;

  private final transient Token token;

  private Failure(Token token) {
    super("at " + token);
    this.token = token;
  }

  Token token() {
    return token;
  }

  /// A token that cannot be where it is.
  static final class Unexpected extends Failure {
    private static final long serialVersionUID = 1L;

    private final transient Place place;
    private final transient List<String> rules;

    Unexpected(Token token, Place place, List<String> rules) {
      super(token);
      this.place = place;
      this.rules = rules;
    }

    /// Returns where the parser was when it last knew what to do.
    Place place() {
      return place;
    }

    /// The grammar's rules that it was in, innermost first.
    List<String> rules() {
      return rules;
    }
  }

  /// More nesting than [Nesting#MAX_NESTED].
  static final class TooDeep extends Failure {
    private static final long serialVersionUID = 1L;

    TooDeep(Token token) {
      super(token);
    }
  }

  /// A state of the parser.
  ///
  /// @param state the number of a state of the ATN
  /// @param context the rules around it
  /// @param index of the next token in the chunk
  record Place(int state, RuleContext context, int index) {}
}
