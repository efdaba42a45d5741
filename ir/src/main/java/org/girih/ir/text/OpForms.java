package org.girih.ir.text;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.girih.ir.diagnostic.CompilerBug;
import org.girih.ir.op.Names;
import org.girih.ir.op.Op;

/// Every op by its name, found through the `permits` of [Op]: enum constants as they are, records
/// by their components. Names are unique, or this class does not load.
public final class OpForms {
  /// An op, or how to make one.
  sealed interface Form {
    record Constant(Op op) implements Form {}

    record Attributed(RecordForm record) implements Form {}
  }

  private static final Map<String, Form> BY_NAME = collect();

  private OpForms() {}

  /// Returns the names of all ops, sorted.
  public static SortedSet<String> names() {
    return new TreeSet<>(BY_NAME.keySet());
  }

  /// Returns the form of that name, or null.
  static Form of(String name) {
    return BY_NAME.get(name);
  }

  private static Map<String, Form> collect() {
    var forms = new TreeMap<String, Form>();
    var open = new ArrayDeque<Class<?>>();
    open.add(Op.class);
    while (!open.isEmpty()) {
      Class<?> type = open.remove();
      if (type.isSealed() && type.isInterface()) {
        open.addAll(java.util.List.of(type.getPermittedSubclasses()));
      } else if (type.isEnum()) {
        for (Object constant : type.getEnumConstants()) {
          Op op = (Op) constant;
          put(forms, op.primitive(), new Form.Constant(op));
        }
      } else if (type.isRecord()) {
        put(forms, Names.snake(type.getSimpleName()), new Form.Attributed(RecordForm.of(type)));
      } else {
        throw new CompilerBug("an op is a record or an enum constant, not " + type);
      }
    }
    return Map.copyOf(forms);
  }

  private static void put(Map<String, Form> forms, String name, Form form) {
    if (forms.put(name, form) != null) {
      throw new CompilerBug("two ops are called " + name);
    }
  }
}
