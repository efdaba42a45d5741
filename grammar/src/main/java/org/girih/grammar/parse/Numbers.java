package org.girih.grammar.parse;

import java.math.BigInteger;

/// Integer literals: `12`, `0xff`, `0b1010`, `1_000`.
final class Numbers {
  private Numbers() {}

  static BigInteger integer(String text) {
    String digits = text.replace("_", "");
    return digits.startsWith("0x")
        ? new BigInteger(digits.substring(2), 16)
        : digits.startsWith("0b") ? new BigInteger(digits.substring(2), 2) : new BigInteger(digits);
  }
}
