package org.girih.cli.hlo;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// Malformed modules: a well-formed one, changed in one field. Every field of every message that it
/// holds is changed in several ways, so that nothing is left out because nobody thought of it.
final class Mutants {
  private static final long[] INTEGERS = {-1, 0, 1, 1L << 31, 1L << 62, Long.MIN_VALUE};
  private static final String[] STRINGS = {"", "x", "\u0000\n"};
  private static final String[] OPCODES = {
    "add", "tuple", "custom-call", "while", "parameter", "all-reduce", "sort", "nonsense",
    "get-tuple-element", "call", "gather", "dot", "constant", "reduce", "convert", "topk"
  };

  private Mutants() {}

  /// A changed module; its name says where and how.
  record Mutant(String name, byte[] bytes) {}

  /// All changes of one field, in a fixed order.
  static List<Mutant> of(String name, Message module) {
    var out = new ArrayList<Mutant>();
    walk(name, module, m -> m, (path, m) -> out.add(new Mutant(path, m.toByteArray())));
    return out;
  }

  /// Every `count`-th or so, from first to last.
  static List<Mutant> sample(List<Mutant> all, int count) {
    var out = new ArrayList<Mutant>();
    for (int i = 0; i < count; i++) {
      out.add(all.get((int) ((long) i * all.size() / count)));
    }
    return out;
  }

  private interface Sink {
    void accept(String name, Message module);
  }

  /// @param rebuild puts a changed `message` where it was found and gives the whole module
  private static void walk(String path, Message message, UnaryOperator<Message> rebuild, Sink out) {
    message
        .getAllFields()
        .forEach(
            (field, value) -> {
              String at = path + "." + field.getName();
              if (field.isRepeated()) {
                repeated(at, message, field, (List<?>) value, rebuild, out);
              } else {
                change(at + " absent", message, rebuild, out, b -> b.clearField(field));
                element(
                    at,
                    field,
                    value,
                    out,
                    v -> rebuild.apply(message.toBuilder().setField(field, v).build()));
              }
            });
  }

  private static void change(
      String name,
      Message message,
      UnaryOperator<Message> rebuild,
      Sink out,
      Consumer<Message.Builder> change) {
    Message.Builder builder = message.toBuilder();
    change.accept(builder);
    out.accept(name, rebuild.apply(builder.build()));
  }

  private static void repeated(
      String at,
      Message message,
      FieldDescriptor field,
      List<?> values,
      UnaryOperator<Message> rebuild,
      Sink out) {
    change(at + " absent", message, rebuild, out, b -> b.clearField(field));
    change(at + " longer", message, rebuild, out, b -> b.addRepeatedField(field, values.getLast()));
    change(
        at + " shorter",
        message,
        rebuild,
        out,
        b -> b.setField(field, values.subList(0, values.size() - 1)));
    if (values.size() > 1) {
      change(
          at + " swapped",
          message,
          rebuild,
          out,
          b ->
              b.setRepeatedField(field, 0, values.getLast())
                  .setRepeatedField(field, values.size() - 1, values.getFirst()));
    }
    if (field.isMapField()) {
      return;
    }
    for (int i = 0; i < values.size(); i++) {
      int index = i;
      element(
          at + "[" + i + "]",
          field,
          values.get(i),
          out,
          v -> rebuild.apply(message.toBuilder().setRepeatedField(field, index, v).build()));
    }
  }

  private interface Place {
    Message with(Object value);
  }

  private static void element(
      String at, FieldDescriptor field, Object value, Sink out, Place place) {
    switch (field.getJavaType()) {
      case LONG -> {
        for (long v : integers((Long) value)) {
          out.accept(at + " = " + v, place.with(v));
        }
      }
      case INT -> {
        for (long v : integers((Integer) value)) {
          out.accept(at + " = " + (int) v, place.with((int) v));
        }
      }
      case ENUM -> {
        int old = ((EnumValueDescriptor) value).getNumber();
        for (int v : new int[] {0, old + 1, old + 2, 99}) {
          Object changed = field.getEnumType().findValueByNumberCreatingIfUnknown(v);
          out.accept(at + " = " + v, place.with(changed));
        }
      }
      case STRING -> {
        boolean opcode = field.getName().equals("opcode");
        for (String v : opcode ? OPCODES : STRINGS) {
          out.accept(at + " = \"" + v.strip() + "\"", place.with(v));
        }
      }
      case BOOLEAN -> out.accept(at + " flipped", place.with(!(Boolean) value));
      case BYTE_STRING -> {
        ByteString old = (ByteString) value;
        out.accept(at + " longer", place.with(old.concat(old)));
        out.accept(at + " cut", place.with(old.substring(0, old.size() - 1)));
      }
      case FLOAT -> out.accept(at + " = NaN", place.with(Float.NaN));
      case DOUBLE -> out.accept(at + " = NaN", place.with(Double.NaN));
      case MESSAGE -> walk(at, (Message) value, changed -> place.with(changed), out);
    }
  }

  private static long[] integers(long old) {
    long[] out = java.util.Arrays.copyOf(INTEGERS, INTEGERS.length + 2);
    out[INTEGERS.length] = old + 1;
    out[INTEGERS.length + 1] = old - 1;
    return java.util.Arrays.stream(out).filter(v -> v != old).distinct().toArray();
  }
}
