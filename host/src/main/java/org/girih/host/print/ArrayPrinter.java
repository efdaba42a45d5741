package org.girih.host.print;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.girih.host.array.HostArray;

/// An array as text, as `str` of a NumPy array with NumPy's default options.
///
/// ```
/// [[0.         0.33333334]
///  [0.6666667  1.        ]]
/// ```
public final class ArrayPrinter {
  private static final int THRESHOLD = 1000;
  private static final int EDGE = 3;
  private static final int LINE_WIDTH = 75;

  private final HostArray array;
  private final boolean summary;
  private final LongFunction<String> element;
  private final StringBuilder out = new StringBuilder();

  private ArrayPrinter(HostArray array, Optional<FormatSpec> format) {
    this.array = array;
    this.summary = array.size() > THRESHOLD;
    this.element = format.isPresent() ? formatted(format.get()) : elements();
  }

  /// Returns the text of the array; of a scalar, the scalar's.
  public static String print(HostArray array) {
    return print(array, 0);
  }

  /// Returns the same for a text that will be written after that many characters: further lines are
  /// indented by them, and they count towards the line's width.
  public static String print(HostArray array, int indent) {
    if (array.rank() == 0) {
      return ScalarText.of(array, 0);
    }
    if (array.size() == 0) {
      return "[]";
    }
    return text(new ArrayPrinter(array, Optional.empty()), indent);
  }

  /// Returns the text of an array, each element in a format, all as wide as the widest.
  static String print(HostArray array, FormatSpec format) {
    return array.size() == 0 ? "[]" : text(new ArrayPrinter(array, Optional.of(format)), 0);
  }

  private static String text(ArrayPrinter printer, int indent) {
    printer.axis(0, 0, indent + 1, LINE_WIDTH);
    return printer.out.toString();
  }

  private LongFunction<String> formatted(FormatSpec format) {
    int width = 0;
    for (long i : visible()) {
      width = Math.max(width, format.format(array.scalar(i)).length());
    }
    int common = width;
    return i -> {
      String text = format.format(array.scalar(i));
      return " ".repeat(common - text.length()) + text;
    };
  }

  private LongFunction<String> elements() {
    return switch (array.dtype()) {
      case BOOL -> i -> array.bool(i) ? " True" : "False";
      case I8, I16, I32, I64, U8, U16, U32, U64 -> integers();
      case F16, F32, F64 -> {
        var column = new FloatColumn(array.dtype(), reals(false), false);
        yield i -> column.format(array.real(i));
      }
      case C64, C128 -> {
        var real = new FloatColumn(array.dtype().real(), reals(false), false);
        var imaginary = new FloatColumn(array.dtype().real(), reals(true), true);
        yield i -> real.format(array.real(i)) + withJ(imaginary.format(array.imaginary(i)));
      }
      // To NumPy these are foreign: each element prints alone, unaligned.
      case I4, U4, F8E4M3FN, F8E5M2, F8E4M3B11FNUZ, F8E4M3FNUZ, F8E5M2FNUZ, BF16 ->
          i -> ScalarText.of(array, i);
    };
  }

  private LongFunction<String> integers() {
    int width = 0;
    for (long i : visible()) {
      width = Math.max(width, array.bigInteger(i).toString().length());
    }
    int common = width;
    return i -> {
      String text = array.bigInteger(i).toString();
      return " ".repeat(common - text.length()) + text;
    };
  }

  private static String withJ(String imaginary) {
    String digits = imaginary.stripTrailing();
    return digits + "j" + imaginary.substring(digits.length());
  }

  private double[] reals(boolean imaginary) {
    var visible = visible();
    double[] values = new double[visible.size()];
    for (int i = 0; i < values.length; i++) {
      long index = visible.get(i);
      values[i] = imaginary ? array.imaginary(index) : array.real(index);
    }
    return values;
  }

  /// Returns the elements that will be shown: all, or the corners.
  private List<Long> visible() {
    List<Long> indices = List.of(0L);
    for (int axis = 0; axis < array.rank(); axis++) {
      long size = array.dim(axis);
      boolean cut = summary && size > 2 * EDGE;
      var next = new ArrayList<Long>();
      for (long index : indices) {
        for (long i = 0; i < size; i++) {
          if (cut && i == EDGE) {
            i = size - EDGE;
          }
          next.add(index * size + i);
        }
      }
      indices = next;
    }
    return indices;
  }

  /// Prints one axis at the given indices of those before it.
  ///
  /// @param base the row-major index of the elements before
  /// @param indent the column of what the bracket encloses
  /// @param width what is left of the line for it
  private void axis(int axis, long base, int indent, int width) {
    long size = array.dim(axis);
    boolean cut = summary && size > 2 * EDGE;
    int left = array.rank() - axis;
    out.append('[');
    if (left == 1) {
      row(base * size, size, cut, indent, width - 1);
    } else {
      String separator = "\n".repeat(left - 1) + " ".repeat(indent);
      for (long i = 0; i < size; i++) {
        if (i > 0) {
          out.append(separator);
        }
        if (cut && i == EDGE) {
          out.append("...").append(separator);
          i = size - EDGE;
        }
        axis(axis + 1, base * size + i, indent + 1, width - 1);
      }
    }
    out.append(']');
  }

  private void row(long first, long size, boolean cut, int indent, int width) {
    int column = indent;
    for (long i = 0; i < size; i++) {
      if (cut && i == EDGE) {
        column = word("...", column, indent, width);
        i = size - EDGE;
      }
      column = word(element.apply(first + i), column, indent, width);
    }
  }

  /// Appends a word after a space, or on a new line; returns the column after it.
  private int word(String word, int column, int indent, int width) {
    int start = out.charAt(out.length() - 1) == '[' ? column : column + 1;
    if (start + word.length() > width && start > indent) {
      while (out.charAt(out.length() - 1) == ' ') {
        out.setLength(out.length() - 1);
      }
      out.append('\n').repeat(' ', indent).append(word);
      return indent + word.length();
    }
    if (start > column) {
      out.append(' ');
    }
    out.append(word);
    return start + word.length();
  }
}
