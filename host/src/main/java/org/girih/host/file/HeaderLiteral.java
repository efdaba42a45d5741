package org.girih.host.file;

import java.util.ArrayList;

/// The Python literal in the head of a `.npy` file, a dictionary of three entries. Nothing is
/// evaluated, and anything but such a dictionary is refused.
///
/// ```
/// {'descr': '<f4', 'fortran_order': False, 'shape': (3, 2), }
/// ```
final class HeaderLiteral {
  /// NumPy's own limit.
  private static final int MAX_AXES = 64;

  /// The entries of the dictionary.
  ///
  /// @param shape sizes ≥ 0
  record Entries(String descr, boolean fortran, long[] shape) {}

  /// Reports that it is not such a literal; the message states why.
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
      super(message);
    }
  }

  private final String text;
  private int at;
  private String descr;
  private Boolean fortran;
  private long[] shape;

  private HeaderLiteral(String text) {
    this.text = text;
  }

  static Entries parse(String text) throws Malformed {
    var literal = new HeaderLiteral(text);
    literal.dictionary();
    literal.blanks();
    if (literal.at < text.length()) {
      throw new Malformed("its header goes on after the dictionary");
    }
    if (literal.descr == null || literal.fortran == null || literal.shape == null) {
      throw new Malformed("its header lacks dtype, order or shape");
    }
    return new Entries(literal.descr, literal.fortran, literal.shape);
  }

  private void dictionary() throws Malformed {
    expect('{');
    while (!take('}')) {
      String key = string();
      expect(':');
      switch (key) {
        case "descr" -> {
          once(descr, key);
          if (take('[')) {
            throw new Malformed("it holds records, which have no dtype here");
          }
          descr = string();
        }
        case "fortran_order" -> {
          once(fortran, key);
          fortran = truth();
        }
        case "shape" -> {
          once(shape, key);
          shape = shape();
        }
        default -> throw new Malformed("its header has an entry that no header has");
      }
      if (!take(',')) {
        expect('}');
        return;
      }
    }
  }

  private static void once(Object old, String key) throws Malformed {
    if (old != null) {
      throw new Malformed("its header has '" + key + "' twice");
    }
  }

  private String string() throws Malformed {
    blanks();
    char quote = at < text.length() ? text.charAt(at) : 0;
    int end = quote == '\'' || quote == '"' ? text.indexOf(quote, at + 1) : -1;
    // a backslash would be an escape: no dtype has one
    if (end < 0 || text.substring(at, end).indexOf('\\') >= 0) {
      throw malformed();
    }
    String value = text.substring(at + 1, end);
    at = end + 1;
    return value;
  }

  private boolean truth() throws Malformed {
    blanks();
    for (String word : new String[] {"True", "False"}) {
      if (text.startsWith(word, at)) {
        at += word.length();
        return word.equals("True");
      }
    }
    throw malformed();
  }

  private long[] shape() throws Malformed {
    var sizes = new ArrayList<Long>();
    expect('(');
    boolean comma = true;
    while (!take(')')) {
      if (!comma) {
        throw malformed();
      }
      sizes.add(size());
      if (sizes.size() > MAX_AXES) {
        throw new Malformed("it has more than " + MAX_AXES + " axes");
      }
      comma = take(',');
    }
    if (sizes.size() == 1 && !comma) {
      throw malformed(); // (3) is no tuple
    }
    return sizes.stream().mapToLong(Long::longValue).toArray();
  }

  private long size() throws Malformed {
    blanks();
    if (take('-')) {
      throw new Malformed("it has a negative size");
    }
    int start = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (start == at) {
      throw malformed();
    }
    if (at - start > 18) {
      throw new Malformed("it has a size of " + (at - start) + " digits");
    }
    long size = Long.parseLong(text, start, at, 10);
    take('L'); // as Python 2 wrote it
    return size;
  }

  private boolean take(char c) {
    blanks();
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private void expect(char c) throws Malformed {
    if (!take(c)) {
      throw malformed();
    }
  }

  private void blanks() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private Malformed malformed() {
    return new Malformed("its header is malformed at byte " + at);
  }
}
