package org.girih.cli.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.function.Function;
import org.girih.grammar.plan.HostPlan.Tree;
import org.girih.host.array.HostArray;
import org.girih.host.run.Printing;

/// Writes results as JSON: arrays as nested lists, complex numbers as pairs, NaN and infinities as
/// strings, since JSON has no word for them. Integers are exact; a float has the fewest digits that
/// restore it.
public final class Json {
  /// Writes a value.
  public interface Content {
    void write(JsonGenerator out) throws IOException;
  }

  private Json() {}

  /// Writes it on one line.
  public static String of(Tree tree, Function<Tree.Leaf, HostArray> arrays) {
    return text(out -> tree(out, tree, arrays), false);
  }

  /// Returns the text of what is written; records over several lines if `indented`.
  public static String text(Content content, boolean indented) {
    var writer = new StringWriter();
    try (var out = new JsonFactory().createGenerator(writer)) {
      if (indented) {
        out.useDefaultPrettyPrinter();
      }
      content.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return writer.toString();
  }

  private static void tree(JsonGenerator out, Tree tree, Function<Tree.Leaf, HostArray> arrays)
      throws IOException {
    switch (tree) {
      case Tree.Leaf leaf -> {
        HostArray array = arrays.apply(leaf);
        axis(out, array, 0, 0, array.size());
      }
      case Tree.Int(var value) -> out.writeNumber(value);
      case Tree.Real(double value) -> number(out, value, Double.toString(value));
      case Tree.Bool(boolean value) -> out.writeBoolean(value);
      case Tree.Text(String value) -> out.writeString(value);
      case Tree.Symbol(String value) -> {
        if (value.equals("none")) {
          out.writeNull();
        } else {
          out.writeString(value);
        }
      }
      case Tree.Sum sum -> out.writeString(Printing.text(sum, 0, arrays));
      case Tree.Tuple(var items) -> {
        out.writeStartArray();
        for (Tree item : items) {
          tree(out, item, arrays);
        }
        out.writeEndArray();
      }
      case Tree.Record(var fields) -> {
        out.writeStartObject();
        for (var field : fields.entrySet()) {
          out.writeFieldName(field.getKey());
          tree(out, field.getValue(), arrays);
        }
        out.writeEndObject();
      }
    }
  }

  private static void axis(JsonGenerator out, HostArray array, int axis, long from, long count)
      throws IOException {
    if (axis == array.rank()) {
      element(out, array, from);
      return;
    }
    long size = array.dim(axis);
    long step = size == 0 ? 0 : count / size;
    out.writeStartArray();
    for (long i = 0; i < size; i++) {
      axis(out, array, axis + 1, from + i * step, step);
    }
    out.writeEndArray();
  }

  private static void element(JsonGenerator out, HostArray array, long at) throws IOException {
    if (array.dtype().isBool()) {
      out.writeBoolean(array.bool(at));
    } else if (array.dtype().integer()) {
      out.writeNumber(array.bigInteger(at));
    } else if (array.dtype().complex()) {
      out.writeStartArray();
      real(out, array, array.real(at));
      real(out, array, array.imaginary(at));
      out.writeEndArray();
    } else {
      real(out, array, array.real(at));
    }
  }

  private static void real(JsonGenerator out, HostArray array, double value) throws IOException {
    boolean single = array.dtype().real().bits() <= 32;
    number(out, value, single ? Float.toString((float) value) : Double.toString(value));
  }

  private static void number(JsonGenerator out, double value, String text) throws IOException {
    if (!Double.isFinite(value)) {
      out.writeString(Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf");
    } else {
      out.writeNumber(text);
    }
  }
}
