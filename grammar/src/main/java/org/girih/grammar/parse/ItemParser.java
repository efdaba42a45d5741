package org.girih.grammar.parse;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.ParseCancellationException;

/// Runs the generated parser over one chunk: in SLL mode, which is fast and right for almost all
/// input, then in LL mode, which is right for all. After an error the statement that holds it is
/// replaced by a valid one ([Mending]) and the chunk is parsed again, so that errors in other
/// statements are found too and none is a consequence of the first.
final class ItemParser {
  /// The most iterations of mending; each parses the whole chunk again.
  private static final int MAX_ROUNDS = 10;

  private final SyntaxErrors errors;
  private final Limited parser = new Limited();

  ItemParser(SyntaxErrors errors) {
    this.errors = errors;
  }

  /// The parse tree, or nothing if there is an error, which was told then.
  ///
  /// @param rule where to begin: [GirihParser#entry] or [GirihParser#hole]
  <T extends ParserRuleContext> Optional<T> parse(ItemTokens chunk, Function<GirihParser, T> rule) {
    try {
      parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
      parser.setErrorHandler(new BailErrorStrategy());
      return Optional.of(run(chunk.tokens(), rule));
    } catch (ParseCancellationException e) {
      return parseSlowly(chunk, rule);
    }
  }

  private <T extends ParserRuleContext> Optional<T> parseSlowly(
      ItemTokens chunk, Function<GirihParser, T> rule) {
    parser.getInterpreter().setPredictionMode(PredictionMode.LL);
    parser.setErrorHandler(new FirstError());
    var mending = new Mending(chunk.tokens());
    for (int round = 0; round < MAX_ROUNDS; round++) {
      try {
        T tree = run(mending.tokens(), rule);
        return round == 0 ? Optional.of(tree) : Optional.empty();
      } catch (Failure.Unexpected failure) {
        if (mending.original(failure.token())) {
          errors.add(Mistakes.explain(errors.source(), chunk, mending.tokens(), failure));
        }
        if (!mending.mend(failure.token().getTokenIndex())) {
          return Optional.empty();
        }
      } catch (Failure.TooDeep failure) {
        errors.add(Nesting.tooDeep(new Spans(errors.source()).of(failure.token())));
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private <T extends ParserRuleContext> T run(List<Token> tokens, Function<GirihParser, T> rule) {
    parser.begin(new CommonTokenStream(new ListTokenSource(tokens)));
    return rule.apply(parser);
  }

  /// The generated parser with a limit to nesting.
  private static final class Limited extends GirihParser {
    private int nested;

    Limited() {
      super(new CommonTokenStream(new ListTokenSource(List.of())));
      removeErrorListeners();
    }

    void begin(TokenStream tokens) {
      setTokenStream(tokens);
      nested = 0;
    }

    @Override
    public void enterRule(ParserRuleContext context, int state, int rule) {
      super.enterRule(context, state, rule);
      if (nests(rule) && ++nested > Nesting.MAX_NESTED) {
        throw new Failure.TooDeep(getCurrentToken());
      }
    }

    @Override
    public void exitRule() {
      if (nests(_ctx.getRuleIndex())) {
        nested--;
      }
      super.exitRule();
    }

    private static boolean nests(int rule) {
      return switch (rule) {
        case RULE_expr, RULE_base, RULE_type, RULE_pattern, RULE_size, RULE_hostBlock -> true;
        default -> false;
      };
    }
  }
}
