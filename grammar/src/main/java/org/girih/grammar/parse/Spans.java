package org.girih.grammar.parse;

import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.girih.ir.source.Source;
import org.girih.ir.source.Span;

/// Places of tokens and of parse trees in a source.
record Spans(Source source) {
  Span of(ParserRuleContext tree) {
    return between(tree.getStart(), tree.getStop());
  }

  Span of(Token token) {
    return between(token, token);
  }

  /// Returns the span from the first of one token to the last of another.
  Span between(Token first, Token last) {
    int start = first.getStartIndex();
    return new Span(source, start, Math.max(start, last.getStopIndex() + 1));
  }

  /// Returns the span from the first of one token to the end of a place.
  Span between(Token first, Span last) {
    return new Span(source, first.getStartIndex(), last.end());
  }
}
