package org.girih.cli.java;

import java.util.function.BiConsumer;
import org.girih.runtime.artifact.Signature.Leaf;

/// The Java type of a parameter, a result or a component.
sealed interface JavaType {
  /// An array.
  record OfArray(Leaf leaf) implements JavaType {}

  /// A record that is generated.
  ///
  /// @param text the type as the language writes it
  record OfRecord(JavaRecord record, String text) implements JavaType {}

  /// Returns its name in Java.
  default String name() {
    return switch (this) {
      case OfArray _ -> "DeviceArray";
      case OfRecord(var record, _) -> record.name();
    };
  }

  /// Returns its doc.
  default String doc() {
    return switch (this) {
      case OfArray(Leaf leaf) ->
          "`" + leaf.type() + "`" + (leaf.key() ? ": random keys, as `Device.key` makes them" : "");
      case OfRecord(_, String text) -> "`" + text + "`";
    };
  }

  /// Lists the leaves with the expressions that yield them.
  ///
  /// @param path of this value
  /// @param expression that yields this value
  default void leaves(String path, String expression, BiConsumer<String, String> leaf) {
    switch (this) {
      case OfArray _ -> leaf.accept(path, expression);
      case OfRecord(var record, _) -> {
        for (JavaRecord.Component each : record.components()) {
          each.type()
              .leaves(
                  path.isEmpty() ? each.path() : path + "." + each.path(),
                  expression + "." + each.name() + "()",
                  leaf);
        }
      }
    }
  }

  /// The way in which Java's own arrays, scalars and buffers hold elements of a dtype.
  record Words(String primitive, String buffer, String method) {
    static Words of(Leaf leaf) {
      return switch (leaf.dtype()) {
        case F32, C64 -> new Words("float", "FloatBuffer", "floats");
        case F64, C128 -> new Words("double", "DoubleBuffer", "doubles");
        case I32, U32 -> new Words("int", "IntBuffer", "ints");
        case I64, U64 -> new Words("long", "LongBuffer", "longs");
        case I16, U16, F16, BF16 -> new Words("short", "ShortBuffer", "shorts");
        case BOOL -> new Words("boolean", "ByteBuffer", "booleans");
        case I4, U4, I8, U8, F8E4M3FN, F8E5M2, F8E4M3B11FNUZ, F8E4M3FNUZ, F8E5M2FNUZ ->
            new Words("byte", "ByteBuffer", "bytes");
      };
    }

    /// Returns whether an element is one word: a complex one is two.
    static boolean scalar(Leaf leaf) {
      return leaf.dims().isEmpty()
          && switch (leaf.dtype()) {
            case C64, C128 -> false;
            case BOOL, I4, I8, I16, I32, I64, U4, U8, U16, U32, U64 -> true;
            case F8E4M3FN, F8E5M2, F8E4M3B11FNUZ, F8E4M3FNUZ, F8E5M2FNUZ -> true;
            case F16, BF16, F32, F64 -> true;
          };
    }
  }
}
