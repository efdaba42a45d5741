package org.girih.cli.java;

import java.util.ArrayList;
import java.util.List;

/// A record of Java for a record or a tuple of the language.
///
/// @param name of the Java record
/// @param doc its comment
/// @param components in the order of the source
record JavaRecord(String name, List<String> doc, List<Component> components) {
  /// A component.
  ///
  /// @param path the field's name, or the item's number
  record Component(String path, String name, JavaType type) {}

  void write(JavaText out) {
    var lines = new ArrayList<>(doc);
    lines.add("");
    for (Component each : components) {
      lines.add("@param " + each.name() + " " + each.type().doc());
    }
    out.doc(2, lines);
    List<String> declared = components.stream().map(c -> c.type().name() + " " + c.name()).toList();
    String head = "public record " + name;
    String tail = "implements AutoCloseable {";
    String whole = head + "(" + String.join(", ", declared) + ") " + tail;
    if (JavaText.fits(2, whole)) {
      out.line(2, whole);
    } else {
      out.list(2, head, declared, "");
      out.line(6, tail);
    }
    out.line(4, "/// Closes all arrays.");
    out.line(4, "@Override");
    out.line(4, "public void close() {");
    for (Component each : components) {
      out.line(6, each.name() + ".close();");
    }
    out.line(4, "}");
    out.line(2, "}");
  }
}
