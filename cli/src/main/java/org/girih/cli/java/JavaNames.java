package org.girih.cli.java;

import java.util.Set;

/// Names of the language as names of Java: `class_means` becomes `classMeans`, and what Java has
/// taken gets a `_` behind it.
final class JavaNames {
  private static final Set<String> WORDS =
      Set.of(
          ("abstract assert boolean break byte case catch char class const continue default do"
                  + " double else enum extends final finally float for goto if implements import"
                  + " instanceof int interface long native new package private protected public"
                  + " return short static strictfp super switch synchronized this throw throws"
                  + " transient try void volatile while true false null _ var yield record sealed"
                  + " permits")
              .split(" "));

  /// Methods that every class has, and those of the generated one.
  private static final Set<String> METHODS =
      Set.of(
          "clone",
          "finalize",
          "getClass",
          "hashCode",
          "notify",
          "notifyAll",
          "toString",
          "wait",
          "equals",
          "close",
          "load",
          "program");

  /// Types that the generated class uses.
  private static final Set<String> TYPES =
      Set.of(
          "Artifact",
          "ArtifactException",
          "AutoCloseable",
          "Device",
          "DeviceArray",
          "Embed",
          "Function",
          "Override",
          "Program",
          "Record",
          "FloatBuffer",
          "DoubleBuffer",
          "IntBuffer",
          "LongBuffer",
          "ShortBuffer",
          "ByteBuffer");

  /// Variables of the generated methods.
  private static final Set<String> LOCALS = Set.of("call", "results", "device", "artifact");

  private JavaNames() {}

  private static String word(String name) {
    return WORDS.contains(name) ? name + "_" : name;
  }

  /// Turns `class_means` into `classMeans`.
  private static String camel(String name) {
    var out = new StringBuilder();
    boolean up = false;
    for (char c : name.toCharArray()) {
      if (c == '_') {
        up = !out.isEmpty();
      } else {
        out.append(up ? Character.toUpperCase(c) : c);
        up = false;
      }
    }
    if (out.isEmpty() || !Character.isJavaIdentifierStart(out.charAt(0))) {
      out.insert(0, '_');
    }
    return out.toString();
  }

  static String method(String name) {
    String camel = camel(name);
    return METHODS.contains(camel) ? camel + "_" : word(camel);
  }

  static String variable(String name) {
    String camel = camel(name);
    return LOCALS.contains(camel) ? camel + "_" : word(camel);
  }

  static String component(String name) {
    return method(Character.isDigit(name.charAt(0)) ? "item" + name : name);
  }

  /// Turns `my_model` into `MyModel`.
  static String type(String name) {
    String camel = camel(name.replaceAll("[^A-Za-z0-9_]", "_"));
    String type = Character.toUpperCase(camel.charAt(0)) + camel.substring(1);
    return TYPES.contains(type) ? type + "_" : type;
  }
}
