package org.girih.grammar.elaborate.core;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.girih.ir.diagnostic.Visible;
import org.girih.ir.type.ArrayType;

/// Values as trees: inner nodes are tuples, records and closures and made functions (whose children
/// are what they captured or were made from); leaves are all the rest. A *skeleton* is a tree with
/// [Val.Hole] for each array: it tells everything about a value but which arrays it holds, so equal
/// skeletons can share code.
public final class Trees {
  /// The number of characters from which a line of a trace is hard to read.
  private static final int LONG = 100;

  private Trees() {}

  /// The arrays, in order.
  public static List<Val.Array> arrays(Val val) {
    var found = new ArrayList<Val.Array>();
    collect(val, found);
    return found;
  }

  private static void collect(Val val, List<Val.Array> out) {
    switch (val) {
      case Val.Array a -> out.add(a);
      case Val.Tuple(var items) -> items.forEach(i -> collect(i, out));
      case Val.Record(var fields) -> fields.values().forEach(f -> collect(f, out));
      case Val.Closure(_, var captured) -> captured.values().forEach(c -> collect(c, out));
      case Val.Made(_, var inner, var options) -> {
        collect(inner, out);
        collect(options, out);
      }
      case Val.Module(_, var args, _) -> collect(args, out);
      case Val.Sum(_, var tag, var payloads) -> {
        collect(tag, out);
        payloads.values().forEach(p -> collect(p, out));
      }
      case Val.Hole _, Val.Num _, Val.Bool _, Val.Str _, Val.None _, Val.Dots _ -> {}
      case Val.Type _, Val.DefFn _, Val.ModuleFn _, Val.Builtin _, Val.VariantFn _ -> {}
      case Val.Namespace _, Val.Poison _ -> {}
    }
  }

  /// The same tree with each leaf replaced.
  public static Val map(Val val, Function<Val, Val> leaf) {
    return switch (val) {
      case Val.Tuple(var items) -> new Val.Tuple(items.stream().map(i -> map(i, leaf)).toList());
      case Val.Record(var fields) -> {
        var mapped = new TreeMap<String, Val>();
        fields.forEach((name, field) -> mapped.put(name, map(field, leaf)));
        yield new Val.Record(mapped);
      }
      case Val.Closure(var code, var captured) -> {
        var mapped = new LinkedHashMap<String, Val>();
        captured.forEach((name, each) -> mapped.put(name, map(each, leaf)));
        yield new Val.Closure(code, mapped);
      }
      case Val.Made(var how, var inner, var options) ->
          new Val.Made(how, map(inner, leaf), map(options, leaf));
      case Val.Module(var definition, var args, var instance) ->
          new Val.Module(definition, map(args, leaf), instance);
      case Val.Sum(var type, var tag, var payloads) -> {
        // Which variant it is, where that is known, is no number of the user's.
        Val known = tag instanceof Val.Int ? tag : leaf.apply(tag);
        var mapped = new TreeMap<Integer, Val>();
        payloads.forEach((number, payload) -> mapped.put(number, map(payload, leaf)));
        yield new Val.Sum(type, known, mapped);
      }
      case Val.Array _, Val.Hole _, Val.Num _, Val.Bool _, Val.Str _, Val.None _, Val.Dots _ ->
          leaf.apply(val);
      case Val.Type _, Val.DefFn _, Val.ModuleFn _, Val.Builtin _, Val.VariantFn _ ->
          leaf.apply(val);
      case Val.Namespace _, Val.Poison _ -> leaf.apply(val);
    };
  }

  /// The tree with each leaf and its path replaced: `params.0.w`; the empty path at the root.
  public static Val mapPaths(Val val, String path, BiFunction<String, Val, Val> leaf) {
    return switch (val) {
      case Val.Tuple(var items) -> {
        var mapped = new ArrayList<Val>();
        for (int i = 0; i < items.size(); i++) {
          mapped.add(mapPaths(items.get(i), join(path, Integer.toString(i)), leaf));
        }
        yield new Val.Tuple(mapped);
      }
      case Val.Record(var fields) -> {
        var mapped = new TreeMap<String, Val>();
        fields.forEach((name, field) -> mapped.put(name, mapPaths(field, join(path, name), leaf)));
        yield new Val.Record(mapped);
      }
      case Val.Sum(var type, var tag, var payloads) -> {
        Val known = tag instanceof Val.Int ? tag : leaf.apply(join(path, "tag"), tag);
        var mapped = new TreeMap<Integer, Val>();
        payloads.forEach(
            (number, payload) ->
                mapped.put(
                    number, mapPaths(payload, join(path, type.variant(number).name()), leaf)));
        yield new Val.Sum(type, known, mapped);
      }
      case Val.Array _, Val.Hole _, Val.Num _, Val.Bool _, Val.Str _, Val.None _, Val.Dots _ ->
          leaf.apply(path, val);
      case Val.Type _, Val.Fn _, Val.Namespace _, Val.Poison _ -> leaf.apply(path, val);
    };
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  public static Val skeleton(Val val) {
    return map(val, leaf -> leaf instanceof Val.Array a ? hole(a) : leaf);
  }

  /// The array's place.
  public static Val.Hole hole(Val.Array array) {
    return new Val.Hole(array.type(), array.guess(), array.key() != null);
  }

  /// Returns the tree with its holes filled from left to right; where a key is expected that is not
  /// known as one yet, it is a new one.
  public static Val fill(Val skeleton, Iterator<Val.Array> arrays) {
    return map(
        skeleton,
        leaf -> {
          if (!(leaf instanceof Val.Hole hole)) {
            return leaf;
          }
          Val.Array array = arrays.next();
          return hole.key() && array.key() == null
              ? array.as(KeyUse.in(array.owner(), array.type()))
              : array;
        });
  }

  private static String keys(ArrayType type) {
    var dims = type.dims().subList(0, type.rank() - 1);
    return dims.isEmpty() ? "key" : "key" + dims;
  }

  /// Returns whether a value of that kind is anywhere in it.
  public static boolean any(Val val, java.util.function.Predicate<Val> test) {
    return test.test(val)
        || switch (val) {
          case Val.Tuple(var items) -> items.stream().anyMatch(i -> any(i, test));
          case Val.Record(var fields) -> fields.values().stream().anyMatch(f -> any(f, test));
          case Val.Closure(_, var captured) ->
              captured.values().stream().anyMatch(c -> any(c, test));
          case Val.Made(_, var inner, var options) -> any(inner, test) || any(options, test);
          case Val.Module(_, var args, _) -> any(args, test);
          case Val.Sum(_, var tag, var payloads) ->
              any(tag, test) || payloads.values().stream().anyMatch(p -> any(p, test));
          case Val.Array _, Val.Hole _, Val.Num _, Val.Bool _, Val.Str _, Val.None _ -> false;
          case Val.Dots _, Val.Type _, Val.DefFn _, Val.ModuleFn _, Val.Builtin _ -> false;
          case Val.VariantFn _, Val.Namespace _, Val.Poison _ -> false;
        };
  }

  /// Returns whether it has more nodes than the limit; it looks at no more.
  static boolean largerThan(Val val, int limit) {
    var left = new int[] {limit};
    return any(val, _ -> --left[0] < 0);
  }

  /// Returns whether nothing in it is left to the run time.
  public static boolean isStatic(Val val) {
    return arrays(val).isEmpty();
  }

  /// Returns how messages show a value: the type of an array, a static value itself.
  public static String describe(Val val) {
    return switch (val) {
      case Val.Array a -> a.key() == null ? a.type().toString() : keys(a.type());
      case Val.Hole(var type, _, boolean key) -> key ? keys(type) : type.toString();
      case Val.Int(var value) -> value.toString();
      case Val.Size(var dim) -> dim.toString();
      case Val.Real(double value) -> StaticArithmetic.text(value);
      case Val.Bool(boolean value) -> Boolean.toString(value);
      case Val.Str(var value) -> "\"" + Visible.shortened(value) + "\"";
      case Val.None _ -> "none";
      case Val.Dots _ -> "...";
      case Val.Type(var dtype) -> dtype.text();
      case Val.Tuple(var items) ->
          items.stream()
              .map(Trees::describe)
              .collect(Collectors.joining(", ", "(", items.size() == 1 ? ",)" : ")"));
      case Val.Record(var fields) ->
          fields.entrySet().stream()
              .map(f -> f.getKey() + ": " + describe(f.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
      case Val.Sum sum ->
          sum.known().isEmpty()
              ? sum.type().name()
              : sum.type().variant(sum.known().getAsInt()).name()
                  + payload(sum.payloads().get(sum.known().getAsInt()));
      case Val.Fn fn -> "function " + fn.label();
      case Val.Namespace(var name, _) -> "library " + name;
      case Val.Poison _ -> "error";
    };
  }

  private static String payload(Val payload) {
    List<Val> items = ((Val.Tuple) payload).items();
    return items.isEmpty()
        ? ""
        : items.stream().map(Trees::describe).collect(Collectors.joining(", ", "(", ")"));
  }

  /// Returns the same for a line of a trace: of a long tree only what is at its top.
  public static String brief(Val val) {
    String all = describe(val);
    if (all.length() <= LONG) {
      return all;
    }
    return switch (val) {
      case Val.Tuple(var items) ->
          items.stream().map(Trees::top).collect(Collectors.joining(", ", "(", ")"));
      case Val.Record(var fields) ->
          fields.entrySet().stream()
              .map(f -> f.getKey() + ": " + top(f.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
      case Val.Array _, Val.Hole _, Val.Num _, Val.Bool _, Val.Str _, Val.None _, Val.Dots _ -> all;
      case Val.Sum _, Val.Type _, Val.Fn _, Val.Namespace _, Val.Poison _ -> all;
    };
  }

  private static String top(Val val) {
    boolean record = val instanceof Val.Record(var fields) && !fields.isEmpty();
    boolean tuple = val instanceof Val.Tuple(var items) && !items.isEmpty();
    return record ? "{…}" : tuple ? "(…)" : describe(val);
  }
}
