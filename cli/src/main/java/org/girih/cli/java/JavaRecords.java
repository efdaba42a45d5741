package org.girih.cli.java;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.girih.embed.Leaves;
import org.girih.grammar.plan.Callable;

/// The records that a class needs. A type that the source names has one record, whatever its sizes;
/// one that is written out is called by its place: `StepResult`, `StepBatch`.
final class JavaRecords {
  private final String outer;
  private final Map<String, String> docs;
  private final Map<String, JavaRecord> records = new LinkedHashMap<>();

  /// @param outer the name of the class that holds them, which none of them can have
  /// @param docs the comments of the types that the source names
  JavaRecords(String outer, Map<String, String> docs) {
    this.outer = outer;
    this.docs = docs;
  }

  Collection<JavaRecord> all() {
    return records.values();
  }

  /// @param place the name of a record at this place
  JavaType type(Callable.Type type, String place) {
    return switch (type) {
      case Callable.Type.Array(var array, boolean key) ->
          new JavaType.OfArray(Leaves.leaf("", array, key, OptionalInt.empty()));
      case Callable.Type.Tuple(var items) -> {
        var fields = new LinkedHashMap<String, Callable.Type>();
        for (int i = 0; i < items.size(); i++) {
          fields.put(Integer.toString(i), items.get(i));
        }
        yield new JavaType.OfRecord(record(place, List.of("Several arrays."), fields), text(type));
      }
      case Callable.Type.Record(Optional<String> name, var fields) -> {
        List<String> doc =
            name.map(docs::get).map(JavaText::comment).orElse(List.of("`" + text(type) + "`."));
        String java = JavaNames.type(name.orElse(place));
        yield new JavaType.OfRecord(record(java, doc, fields), name.orElseGet(() -> text(type)));
      }
    };
  }

  private JavaRecord record(String name, List<String> doc, Map<String, Callable.Type> fields) {
    var components = new ArrayList<JavaRecord.Component>();
    var taken = new HashSet<String>();
    fields.forEach(
        (field, type) -> {
          String java = JavaNames.component(field);
          while (!taken.add(java)) {
            java = java + "_";
          }
          components.add(
              new JavaRecord.Component(field, java, type(type, name + JavaNames.type(java))));
        });
    String free = name.equals(outer) ? name + "_" : name;
    while (records.containsKey(free) && !same(records.get(free).components(), components)) {
      free = free + "_";
    }
    return records.computeIfAbsent(free, n -> new JavaRecord(n, doc, components));
  }

  private static boolean same(List<JavaRecord.Component> left, List<JavaRecord.Component> right) {
    return shape(left).equals(shape(right));
  }

  private static List<String> shape(List<JavaRecord.Component> components) {
    return components.stream().map(c -> c.path() + ": " + c.type().name()).toList();
  }

  /// Returns a type as the language writes it.
  private static String text(Callable.Type type) {
    return switch (type) {
      case Callable.Type.Array(var array, boolean key) ->
          Leaves.leaf("", array, key, OptionalInt.empty()).type();
      case Callable.Type.Tuple(var items) ->
          items.stream()
              .map(JavaRecords::text)
              .collect(Collectors.joining(", ", "(", items.size() == 1 ? ",)" : ")"));
      case Callable.Type.Record(_, var fields) ->
          fields.entrySet().stream()
              .map(f -> f.getKey() + ": " + text(f.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
    };
  }
}
