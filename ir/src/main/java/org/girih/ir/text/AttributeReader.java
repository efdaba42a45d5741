package org.girih.ir.text;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.girih.ir.op.FuncRef;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Literal;

/// Reads attributes, types and literals by their forms.
final class AttributeReader {
  private static final int MAX_RANK = 256;

  private final TirScanner in;
  private final DimReader dims;

  AttributeReader(TirScanner in) {
    this.in = in;
    this.dims = new DimReader(in);
  }

  /// Reads `f32[4, n]`.
  ArrayType type() {
    int start = in.here();
    String word = in.word("a type");
    DType dtype = DType.of(word).orElseThrow(() -> in.refused(start, "no dtype is called " + word));
    if (!in.take("[")) {
      return ArrayType.scalar(dtype);
    }
    var sizes = new ArrayList<Dim>();
    do {
      Dim size = dims.read();
      if (size.known().orElse(0) < 0) {
        throw in.refused(start, "a negative size");
      }
      sizes.add(size);
      if (sizes.size() > MAX_RANK) {
        throw in.refused(start, "a rank above " + MAX_RANK);
      }
    } while (in.take(","));
    in.expect("]");
    return new ArrayType(dtype, sizes);
  }

  /// Reads `@name`.
  FuncRef func() {
    in.expect("@");
    return new FuncRef(in.looksAt("\"") ? in.string("a name") : in.word("a function's name"));
  }

  /// Reads `{name = value, …}`: each component once, in any order.
  Object record(RecordForm form) {
    int start = in.here();
    var values = new Object[form.components().size()];
    if (values.length > 0) {
      in.expect("{");
      do {
        int at = in.here();
        String name = in.word("an attribute");
        int index = index(form, name);
        if (index < 0 || values[index] != null) {
          throw in.refused(at, index < 0 ? "no attribute " + name : "attribute " + name + " twice");
        }
        in.expect("=");
        values[index] = attribute(form.components().get(index).form());
      } while (in.take(","));
      in.expect("}");
    }
    for (int i = 0; i < values.length; i++) {
      if (values[i] == null) {
        throw in.refused(start, "attribute " + form.components().get(i).name() + " is missing");
      }
    }
    try {
      return form.make(values);
    } catch (IllegalArgumentException e) {
      throw in.refused(start, "attributes that are refused: " + e.getMessage());
    }
  }

  private static int index(RecordForm form, String name) {
    for (int i = 0; i < form.components().size(); i++) {
      if (form.components().get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  private Object attribute(AttributeForm form) {
    return switch (form) {
      case AttributeForm.Simple simple -> simple(simple);
      case AttributeForm.EnumOf(var constants) -> {
        int start = in.here();
        String word = in.word("a name");
        for (Enum<?> constant : constants) {
          if (constant.name().toLowerCase(Locale.ROOT).equals(word)) {
            yield constant;
          }
        }
        throw in.refused(start, word + " is not one of " + constants);
      }
      case AttributeForm.ListOf(AttributeForm element) -> list(element);
      case AttributeForm.RecordOf(RecordForm record) -> record(record);
    };
  }

  private List<Object> list(AttributeForm element) {
    in.expect("[");
    var values = new ArrayList<>();
    if (!in.take("]")) {
      do {
        values.add(attribute(element));
        if (values.size() > MAX_RANK) {
          throw in.refused(in.here(), "a list longer than " + MAX_RANK);
        }
      } while (in.take(","));
      in.expect("]");
    }
    return List.copyOf(values);
  }

  private Object simple(AttributeForm.Simple form) {
    return switch (form) {
      case INT -> int32();
      case LONG -> in.integer("a number");
      case OPTIONAL_INT -> in.take("none") ? OptionalInt.empty() : OptionalInt.of(int32());
      case TEXT -> in.string("a text");
      case DIM -> dims.read();
      case FUNC -> func();
      case LITERAL -> literal();
      case BOOLEAN -> {
        int start = in.here();
        String word = in.word("`true` or `false`");
        if (!word.equals("true") && !word.equals("false")) {
          throw in.refused(start, "expecting `true` or `false`");
        }
        yield word.equals("true");
      }
    };
  }

  private int int32() {
    int start = in.here();
    long number = in.integer("a number");
    if (number != (int) number) {
      throw in.refused(start, "a number beyond 32 bits");
    }
    return (int) number;
  }

  /// Reads `f32 1.0`, `f32[4] splat 1.0`, `f32[2] [1.0, 2.0]`.
  Literal literal() {
    int start = in.here();
    ArrayType type = type();
    if (!type.known()) {
      throw in.refused(start, "a literal of unknown size");
    }
    if (type.isScalar() || in.take("splat")) {
      return Literal.splat(type, element(type.dtype()));
    }
    long count;
    try {
      count = type.elements().known().orElseThrow();
    } catch (ArithmeticException e) {
      throw in.refused(start, "a literal of more than 2^63 elements");
    }
    in.expect("[");
    var bytes = new ByteArrayOutputStream();
    long found = 0;
    if (!in.take("]")) {
      do {
        bytes.writeBytes(element(type.dtype()));
        found++;
      } while (in.take(","));
      in.expect("]");
    }
    if (found != count) {
      throw in.refused(start, found + " elements of " + type);
    }
    return Literal.dense(type, bytes.toByteArray());
  }

  private byte[] element(DType dtype) {
    if (!dtype.complex()) {
      int start = in.here();
      String text = in.number("an element");
      byte[] bytes = LiteralText.parse(dtype, text);
      if (bytes == null) {
        throw in.refused(start, shortened(text) + " is not a valid " + dtype.text());
      }
      return bytes;
    }
    in.expect("(");
    byte[] real = element(dtype.real());
    in.expect(",");
    byte[] imaginary = element(dtype.real());
    in.expect(")");
    byte[] both = java.util.Arrays.copyOf(real, 2 * real.length);
    System.arraycopy(imaginary, 0, both, real.length, real.length);
    return both;
  }

  private static String shortened(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }
}
