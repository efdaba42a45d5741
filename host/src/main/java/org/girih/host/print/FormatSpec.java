package org.girih.host.print;

import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.girih.host.array.HostArray;
import org.girih.ir.type.DType;

/// The part after the colon of `"{x:.4f}"`: Python's format mini-language (docs.python.org, "Format
/// Specification Mini-Language") for numbers, without `n`.
///
/// The elements of an array have the format each, and are as wide as the widest of them; with `c`
/// they are the characters with these code points, one after the other.
///
/// @param fill code point that fills up to the width
/// @param align `<`, `>`, `^`, `=`, or 0 for the default, which is `>`
/// @param sign `-`, `+` or space
/// @param noNegativeZero `z`: what rounds to -0 is 0
/// @param alternate `#`
/// @param width least number of characters, 0 for none
/// @param grouping `,` or `_`, or 0
/// @param precision -1 for none
/// @param type one of `bcdoxXeEfFgG%`, or 0
public record FormatSpec(
    int fill,
    char align,
    char sign,
    boolean noNegativeZero,
    boolean alternate,
    int width,
    char grouping,
    int precision,
    char type) {
  /// No one wants more characters than this; a typing error must not fill the memory.
  private static final int LIMIT = 1000;

  private static final Pattern SYNTAX =
      Pattern.compile(
          "(?:(.)?([<>=^]))?([-+ ])?(z)?(#)?(0)?(\\d+)?([,_])?(?:\\.(\\d+))?([bcdoxXeEfFgG%])?",
          Pattern.DOTALL);

  /// Returns the parts of the text, or nothing if it is not a specification.
  public static Optional<FormatSpec> parse(String text) {
    Matcher m = SYNTAX.matcher(text);
    if (!m.matches()) {
      return Optional.empty();
    }
    String digits = m.group(7) == null ? "" : m.group(7);
    boolean zero = m.group(6) != null && m.group(1) == null;
    char align = first(m.group(2));
    int fill = m.group(1) != null ? m.group(1).codePointAt(0) : zero ? '0' : ' ';
    long width = digits.isEmpty() ? 0 : parseLimited(digits);
    long precision = m.group(9) == null ? -1 : parseLimited(m.group(9));
    if (width > LIMIT || precision > LIMIT) {
      return Optional.empty();
    }
    return Optional.of(
        new FormatSpec(
            fill,
            align == 0 && zero ? '=' : align,
            m.group(3) == null ? '-' : first(m.group(3)),
            m.group(4) != null,
            m.group(5) != null,
            (int) width,
            first(m.group(8)),
            (int) precision,
            first(m.group(10))));
  }

  private static char first(String group) {
    return group == null ? 0 : group.charAt(0);
  }

  private static long parseLimited(String digits) {
    return digits.length() > 9 ? Long.MAX_VALUE : Long.parseLong(digits);
  }

  /// Returns why it cannot format a value of this type, if so; one line for a diagnostic.
  public Optional<String> refusal(DType dtype, int rank) {
    if (type == 'c') {
      return dtype.integer() && rank <= 1
          ? characterRefusal()
          : Optional.of(
              "format `c` is for one integer or a row of them, and this is %s of rank %d"
                  .formatted(dtype.text(), rank));
    }
    boolean whole = dtype.isBool() || dtype.integer();
    boolean wholeFormat = type == 0 ? whole : "bdoxX".indexOf(type) >= 0;
    if (wholeFormat && !whole) {
      return Optional.of(
          "format `%c` is for integers, and this is %s".formatted(type, dtype.text()));
    }
    if (wholeFormat && precision >= 0) {
      return Optional.of("an integer's format takes no precision");
    }
    if (wholeFormat && noNegativeZero) {
      return Optional.of("an integer's format takes no `z`");
    }
    if (grouping == ',' && wholeFormat && type != 0 && type != 'd') {
      return Optional.of("`,` does not go with format `%c`".formatted(type));
    }
    if (dtype.complex() && (type == '%' || align == '=' || fill == '0')) {
      return Optional.of("a complex number takes no `%`, no `=` and no filling with zeros");
    }
    return Optional.empty();
  }

  private Optional<String> characterRefusal() {
    boolean bare = sign == '-' && !noNegativeZero && !alternate && grouping == 0 && precision < 0;
    return bare
        ? Optional.empty()
        : Optional.of("format `c` takes no sign, no `z`, no `#`, no grouping and no precision");
  }

  /// Returns the text of a value that is not refused.
  public String format(HostArray scalar) {
    if (type == 'c') {
      return characters(scalar);
    }
    if (scalar.rank() > 0) {
      return ArrayPrinter.print(scalar, this);
    }
    DType dtype = scalar.dtype();
    boolean plain = equals(PLAIN);
    if (plain) {
      return ScalarText.of(scalar, 0);
    }
    return switch (dtype.kind()) {
      case BOOL, SIGNED, UNSIGNED ->
          type == 0 || "bdoxX".indexOf(type) >= 0
              ? pad(NumberText.integer(scalar.bigInteger(0), this))
              : pad(NumberText.real(scalar.real(0), DType.F64, this));
      case FLOAT -> pad(NumberText.real(scalar.real(0), dtype, this));
      case COMPLEX -> complex(scalar.real(0), scalar.imaginary(0), dtype);
    };
  }

  /// Prints what is not a character as U+FFFD: numbers outside Unicode, halves of surrogate pairs.
  private String characters(HostArray codes) {
    var out = new StringBuilder();
    for (long i = 0; i < codes.size(); i++) {
      BigInteger code = codes.bigInteger(i);
      int point = code.bitLength() < 31 ? code.intValue() : -1;
      boolean character =
          Character.isValidCodePoint(point) && Character.getType(point) != Character.SURROGATE;
      out.appendCodePoint(character ? point : 0xfffd);
    }
    return fill(out.toString());
  }

  private static final FormatSpec PLAIN = parse("").orElseThrow();

  private String complex(double real, double imaginary, DType dtype) {
    var plus =
        new FormatSpec(fill, align, '+', noNegativeZero, alternate, 0, grouping, precision, type);
    String i = NumberText.real(imaginary, dtype, plus).grouped(this, 0).join() + "j";
    // Without a type it is printed as `str` does, in parentheses.
    if (type == 0 && Double.doubleToRawLongBits(real) == 0) {
      return fill(NumberText.real(imaginary, dtype, this).grouped(this, 0).join() + "j");
    }
    String both = NumberText.real(real, dtype, this).grouped(this, 0).join() + i;
    return fill(type == 0 ? "(" + both + ")" : both);
  }

  /// Puts the parts together, filled up to the width.
  private String pad(NumberText number) {
    boolean zeros = fill == '0' && align == '=';
    NumberText grouped = number.grouped(this, zeros ? width : 0);
    if (align != '=') {
      return fill(grouped.join());
    }
    String sign = grouped.sign() + grouped.prefix();
    String digits = grouped.whole() + grouped.rest();
    return sign + Character.toString(fill).repeat(missing(sign + digits)) + digits;
  }

  private String fill(String text) {
    int missing = missing(text);
    String filling = Character.toString(fill);
    return switch (align) {
      case '<' -> text + filling.repeat(missing);
      case '^' -> filling.repeat(missing / 2) + text + filling.repeat(missing - missing / 2);
      default -> filling.repeat(missing) + text;
    };
  }

  private int missing(String text) {
    return Math.max(0, width - text.codePointCount(0, text.length()));
  }
}
