package org.girih.host.print;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.girih.host.array.HostArray;
import org.girih.host.array.HostRecord;
import org.girih.host.array.HostTuple;
import org.girih.host.array.HostValue;

/// A tree of arrays as text: `(a, b)`, `{w: …, b: …}`. Elements are in one line; if one takes
/// several lines, each element begins its own.
public final class ValuePrinter {
  private ValuePrinter() {}

  public static String print(HostValue value) {
    return print(value, 0);
  }

  /// Returns the same for a text that will be written after that many characters.
  public static String print(HostValue value, int indent) {
    return switch (value) {
      case HostArray array -> ArrayPrinter.print(array, indent);
      case HostTuple(List<HostValue> elements) -> {
        var parts = new ArrayList<String>();
        for (HostValue element : elements) {
          parts.add(print(element, indent + 1));
        }
        yield "(" + join(parts, indent + 1) + (elements.size() == 1 ? ",)" : ")");
      }
      case HostRecord(var fields) -> {
        var parts = new ArrayList<String>();
        for (Map.Entry<String, HostValue> field : fields.entrySet()) {
          String name = field.getKey() + ": ";
          parts.add(name + print(field.getValue(), indent + 1 + name.length()));
        }
        yield "{" + join(parts, indent + 1) + "}";
      }
    };
  }

  private static String join(List<String> parts, int indent) {
    boolean long_ = parts.stream().anyMatch(p -> p.indexOf('\n') >= 0);
    return String.join(long_ ? ",\n" + " ".repeat(indent) : ", ", parts);
  }
}
