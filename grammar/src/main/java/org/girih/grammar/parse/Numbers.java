package org.girih.grammar.parse;

import java.math.BigInteger;
import org.antlr.v4.runtime.Token;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;

/// Number literals. They may be long, but not so long that reading one takes noticeable time, and
/// an exponent fits what `BigDecimal` takes.
final class Numbers {
  private static final int MAX_CHARACTERS = 1_000;
  private static final int MAX_EXPONENT = 99_999;

  private Numbers() {}

  static BigInteger integer(Token token, Spans spans, SyntaxErrors errors) {
    String text = token.getText().replace("_", "");
    if (text.length() > MAX_CHARACTERS) {
      errors.add(tooLong(token, spans));
      return BigInteger.ZERO;
    }
    if (text.startsWith("0x")) {
      return new BigInteger(text.substring(2), 16);
    }
    return text.startsWith("0b") ? new BigInteger(text.substring(2), 2) : new BigInteger(text);
  }

  /// The text without its `_`, such as `BigDecimal` reads.
  static String decimal(Token token, Spans spans, SyntaxErrors errors) {
    String text = token.getText().replace("_", "");
    if (text.length() > MAX_CHARACTERS) {
      errors.add(tooLong(token, spans));
      return "0.0";
    }
    int e = Math.max(text.indexOf('e'), text.indexOf('E'));
    if (e >= 0) {
      var exponent = new BigInteger(text.substring(e + 1));
      if (exponent.abs().compareTo(BigInteger.valueOf(MAX_EXPONENT)) > 0) {
        errors.add(
            Diagnostic.error(
                Code.BAD_NUMBER, spans.of(token), "an exponent beyond " + MAX_EXPONENT));
        return "0.0";
      }
    }
    return text;
  }

  private static Diagnostic tooLong(Token token, Spans spans) {
    return Diagnostic.error(
        Code.BAD_NUMBER, spans.of(token), "a number of more than " + MAX_CHARACTERS + " digits");
  }
}
