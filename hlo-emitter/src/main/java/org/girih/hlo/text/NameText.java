package org.girih.hlo.text;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.girih.hlo.proto.PrimitiveType;

/// Names as HLO text admits them: letters, digits, `_`, `.` and `-`, the first a letter or `_`, no
/// keyword, no name of an element type (`s4`, `f32`: XLA's lexer takes those for types), and each
/// once.
public final class NameText {
  private static final Set<String> KEYWORDS =
      Set.of(
          "HloModule",
          "ENTRY",
          "ROOT",
          "true",
          "false",
          "maximal",
          "replicated",
          "manual",
          "last_tile_dim_replicate",
          "inf",
          "nan",
          "error",
          "token",
          "opaque",
          "tuple",
          "unknown",
          "unreduced",
          "shard_as",
          "shard_like",
          "devices",
          "sparse");

  private final String otherwise;
  private final Map<String, Integer> taken = new HashMap<>();

  /// @param otherwise the name of what has an empty one
  public NameText(String otherwise) {
    this.otherwise = otherwise;
  }

  /// Returns the name, or the nearest admissible one that was not given out before.
  public String unique(String name) {
    String base = admissible(name, otherwise);
    String candidate = base;
    while (taken.putIfAbsent(candidate, 1) != null) {
      int next = taken.merge(base, 1, Integer::sum);
      candidate = base + "." + next;
    }
    return candidate;
  }

  /// Returns the name with what is not admissible replaced by `_`.
  public static String admissible(String name, String otherwise) {
    if (name.isEmpty()) {
      return otherwise;
    }
    var out = new StringBuilder(name.length() + 1);
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      out.append(letter(c) || i > 0 && rest(c) ? c : '_');
    }
    if (reserved(name)) {
      out.append('_');
    }
    return out.toString();
  }

  /// Returns whether HLO text takes the name as it is.
  public static boolean isAdmissible(String name) {
    return !name.isEmpty() && admissible(name, name).equals(name);
  }

  private static boolean letter(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
  }

  private static boolean rest(char c) {
    return c >= '0' && c <= '9' || c == '.' || c == '-';
  }

  private static boolean reserved(String name) {
    if (KEYWORDS.contains(name)) {
      return true;
    }
    if (name.length() > 16) {
      return false;
    }
    for (PrimitiveType type : PrimitiveType.values()) {
      if (type.name().equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }
}
