package org.girih.grammar.elaborate.core;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// The tree of arrays with dotted names, as `save` writes them: `a.b` is field `b` of record `a`,
/// and `c.0`, `c.1` are the elements of the tuple `c`. A file in which an array's name is also the
/// beginning of another's was written by someone else: there names stay whole.
public final class NestedNames {
  private NestedNames() {}

  public static Val tree(SortedMap<String, Val> arrays) {
    if (arrays.keySet().equals(java.util.Set.of(""))) {
      return arrays.get("");
    }
    boolean nests =
        arrays.keySet().stream()
            .noneMatch(
                name ->
                    List.of(name.split("\\.", -1)).contains("")
                        || arrays.keySet().stream().anyMatch(o -> o.startsWith(name + ".")));
    return nests ? nested(arrays) : new Val.Record(arrays);
  }

  private static Val nested(SortedMap<String, Val> arrays) {
    var groups = new TreeMap<String, SortedMap<String, Val>>();
    arrays.forEach(
        (name, val) -> {
          int dot = name.indexOf('.');
          String head = dot < 0 ? name : name.substring(0, dot);
          groups
              .computeIfAbsent(head, _ -> new TreeMap<>())
              .put(dot < 0 ? "" : name.substring(dot + 1), val);
        });
    var fields = new TreeMap<String, Val>();
    groups.forEach(
        (head, inner) -> fields.put(head, inner.containsKey("") ? inner.get("") : nested(inner)));
    var items = new ArrayList<Val>();
    while (fields.containsKey(Integer.toString(items.size()))) {
      items.add(fields.get(Integer.toString(items.size())));
    }
    return items.size() == fields.size() ? new Val.Tuple(items) : new Val.Record(fields);
  }
}
