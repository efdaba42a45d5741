package org.girih.grammar.elaborate.array;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Remake;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.source.Span;
import org.girih.ir.type.DType;

/// The leaves of a tree that are literals wherever they come from: both branches of an `if`, the
/// first carry of a loop and all that its body makes of it.
public final class LiteralLeaves {
  private LiteralLeaves() {}

  /// Returns for each hole of a skeleton, in order, whether the leaves there are literals.
  public static List<Boolean> of(Val skeleton, List<Val> trees) {
    var out = new ArrayList<Boolean>();
    collect(skeleton, trees, out);
    return out;
  }

  private static void collect(Val skeleton, List<Val> trees, List<Boolean> out) {
    switch (skeleton) {
      case Val.Hole hole ->
          out.add(hole.type().dtype().numeric() && trees.stream().allMatch(LiteralLeaves::literal));
      case Val.Tuple(var items) -> {
        for (int i = 0; i < items.size(); i++) {
          int at = i;
          collect(
              items.get(i),
              trees.stream()
                  .map(t -> t instanceof Val.Tuple(var own) ? own.get(at) : Val.NONE)
                  .toList(),
              out);
        }
      }
      case Val.Record(var fields) ->
          fields.forEach(
              (name, field) ->
                  collect(
                      field,
                      trees.stream()
                          .map(t -> t instanceof Val.Record(var own) ? own.get(name) : Val.NONE)
                          .toList(),
                      out));
      case Val.Sum(_, var tag, var payloads) -> {
        collect(tag, List.of(Val.NONE), out);
        payloads.values().forEach(p -> collect(p, List.of(Val.NONE), out));
      }
      case Val.Array _, Val.Num _, Val.Bool _, Val.Str _, Val.None _, Val.Dots _ -> {}
      case Val.Type _, Val.Fn _, Val.Namespace _, Val.Poison _ -> {}
    }
  }

  private static boolean literal(Val leaf) {
    return leaf instanceof Val.Num || leaf instanceof Val.Array a && a.remake() != null;
  }

  /// The skeleton with another dtype for the holes of literals of one kind.
  ///
  /// @param literals which holes, in order, are literals
  public static Val retyped(Val skeleton, List<Boolean> literals, boolean real, DType dtype) {
    return retyped(skeleton, literals.iterator(), real, dtype);
  }

  private static Val retyped(
      Val skeleton, java.util.Iterator<Boolean> literals, boolean real, DType dtype) {
    return switch (skeleton) {
      case Val.Hole(var type, boolean guess, boolean key) ->
          literals.next() && type.dtype().inexact() == real
              ? new Val.Hole(type.withDType(dtype), guess, key)
              : skeleton;
      case Val.Tuple(var items) ->
          new Val.Tuple(items.stream().map(i -> retyped(i, literals, real, dtype)).toList());
      case Val.Record(var fields) -> {
        var out = new TreeMap<String, Val>();
        fields.forEach((name, field) -> out.put(name, retyped(field, literals, real, dtype)));
        yield new Val.Record(out);
      }
      case Val.Sum(var type, var tag, var payloads) -> {
        Val same = retyped(tag, literals, real, dtype);
        var out = new TreeMap<Integer, Val>();
        payloads.forEach((number, p) -> out.put(number, retyped(p, literals, real, dtype)));
        yield new Val.Sum(type, same, out);
      }
      case Val.Array _, Val.Num _, Val.Bool _, Val.Str _, Val.None _, Val.Dots _ -> skeleton;
      case Val.Type _, Val.Fn _, Val.Namespace _, Val.Poison _ -> skeleton;
    };
  }

  /// The first carry of a loop that is elaborated again: its literals of another dtype as arrays of
  /// that, all else as it was.
  public static Val begun(Elaboration e, Val first, Val carry, Val typed, Span at) {
    return switch (typed) {
      case Val.Hole hole when !hole.equals(carry) -> BranchJoin.convert(e, first, hole, at);
      case Val.Tuple(var items) when first instanceof Val.Tuple(var own) -> {
        var out = new ArrayList<Val>();
        for (int i = 0; i < items.size(); i++) {
          out.add(begun(e, own.get(i), ((Val.Tuple) carry).items().get(i), items.get(i), at));
        }
        yield new Val.Tuple(out);
      }
      case Val.Record(var fields) when first instanceof Val.Record(var own) -> {
        var out = new TreeMap<String, Val>();
        fields.forEach(
            (name, field) ->
                out.put(
                    name,
                    begun(e, own.get(name), ((Val.Record) carry).fields().get(name), field, at)));
        yield new Val.Record(out);
      }
      case Val _ -> first;
    };
  }

  /// The arrays, those of literals so that they take the dtype that they meet.
  ///
  /// @param again computes all of them with the literals of a kind (real or not) in a dtype
  public static List<Val.Array> pliable(
      Elaboration e,
      List<Val.Array> arrays,
      List<Boolean> literals,
      BiFunction<Boolean, DType, List<Val.Array>> again) {
    var out = new ArrayList<Val.Array>();
    for (int i = 0; i < arrays.size(); i++) {
      Val.Array array = arrays.get(i);
      int place = i;
      boolean real = array.dtype().inexact();
      out.add(
          literals.get(i) && !array.dtype().complex()
              ? array.by(new Remake(dtype -> again.apply(real, dtype).get(place)))
              : array);
    }
    return out;
  }
}
