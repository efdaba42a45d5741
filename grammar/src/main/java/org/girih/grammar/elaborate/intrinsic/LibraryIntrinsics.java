package org.girih.grammar.elaborate.intrinsic;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.girih.grammar.elaborate.array.Binding;
import org.girih.grammar.elaborate.array.Statics;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Fault;
import org.girih.grammar.elaborate.core.Given;
import org.girih.grammar.elaborate.core.Intrinsic;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.type.Dim;

/// Functions of the compiler that the library alone sees: with them it refuses what it does not
/// take where `assert` is not enough, and handles names that a program gives it.
final class LibraryIntrinsics {
  private LibraryIntrinsics() {}

  /// Those that every file of the library sees.
  static List<Intrinsic> all() {
    return List.of(
        Intrinsic.of("is_string(x)", (_, args) -> Val.of(args.get("x") instanceof Val.Str))
            .inLibrary(),
        Intrinsic.of("one_of(name, value, choices)", LibraryIntrinsics::oneOf).inLibrary(),
        Intrinsic.of("paths_of(tree)", LibraryIntrinsics::pathsOf).inLibrary(),
        Intrinsic.of("told(f, arguments, more)", LibraryIntrinsics::told).inLibrary(),
        Intrinsic.of("names_of(record)", LibraryIntrinsics::namesOf).inLibrary(),
        Intrinsic.of("record_of(names, values)", LibraryIntrinsics::recordOf).inLibrary());
  }

  /// `told(f, arguments, more)`: the function of the arguments, and by name of those fields of a
  /// record that it has parameters for. Fields that are `none` were not given.
  private static Val told(Elaboration e, Intrinsic.Args args) {
    Val f = args.get("f");
    List<String> known =
        switch (f) {
          case Val.Closure closure -> Binding.names(closure.code().lambda);
          case Val.DefFn(var definition) ->
              definition.def().params().stream().map(p -> Binding.param(p).name()).toList();
          case Val _ -> List.of();
        };
    var positional =
        ((Val.Tuple) args.get("arguments"))
            .items().stream().map(each -> new Given(each, args.at())).toList();
    var named = new LinkedHashMap<String, Given>();
    ((Val.Record) args.get("more"))
        .fields()
        .forEach(
            (name, value) -> {
              if (known.contains(name) && !(value instanceof Val.None)) {
                named.put(name, new Given(value, args.at()));
              }
            });
    return e.apply(args.at(), f, positional, named);
  }

  /// Returns where each leaf of a tree is, in order: tuples of names and places.
  private static Val pathsOf(Elaboration e, Intrinsic.Args args) {
    var out = new ArrayList<Val>();
    paths(args.get("tree"), List.of(), out);
    return new Val.Tuple(out);
  }

  private static void paths(Val tree, List<Val> here, List<Val> out) {
    switch (tree) {
      case Val.Tuple(var items) -> {
        for (int i = 0; i < items.size(); i++) {
          paths(items.get(i), further(here, Val.of(Dim.of(i))), out);
        }
      }
      case Val.Record(var fields) ->
          fields.forEach((name, field) -> paths(field, further(here, new Val.Str(name)), out));
      case Val leaf ->
          Trees.map(
              leaf,
              each -> {
                out.add(new Val.Tuple(here));
                return each;
              });
    }
  }

  private static List<Val> further(List<Val> path, Val step) {
    var out = new ArrayList<>(path);
    out.add(step);
    return out;
  }

  /// Returns the names of a record's fields, in order.
  private static Val namesOf(Elaboration e, Intrinsic.Args args) {
    return new Val.Tuple(
        ((Val.Record) args.get("record"))
            .fields().keySet().stream().map(name -> (Val) new Val.Str(name)).toList());
  }

  /// Returns a record with these names, a tuple of strings, and these values.
  private static Val recordOf(Elaboration e, Intrinsic.Args args) {
    List<Val> names = ((Val.Tuple) args.get("names")).items();
    List<Val> values = ((Val.Tuple) args.get("values")).items();
    var out = new TreeMap<String, Val>();
    for (int i = 0; i < names.size(); i++) {
      out.put(((Val.Str) names.get(i)).value(), values.get(i));
    }
    return new Val.Record(out);
  }

  /// Returns the value, a string that is one of the choices.
  private static Val oneOf(Elaboration e, Intrinsic.Args args) {
    Val value = args.get("value");
    List<Val> choices = ((Val.Tuple) args.get("choices")).items();
    if (choices.contains(value)) {
      return value;
    }
    String all = choices.stream().map(Trees::describe).collect(Collectors.joining(", "));
    throw e.fault(
        Diagnostic.error(
                Code.REFUSED_BY_LIBRARY,
                args.at(),
                "unknown `"
                    + Statics.text(e, args, "name")
                    + "`: expected one of "
                    + all
                    + ", got "
                    + Trees.describe(value))
            .help("write one of " + all));
  }

  /// `tree.broadcast_prefix(prefix, tree, name)`: the tree with the leaf of the prefix that is at
  /// or above each of its leaves; names of the prefix's records must be names of the tree's. `name`
  /// is how messages call the prefix.
  static Val broadcastPrefix(Elaboration e, Intrinsic.Args args) {
    return prefixed(e, args, args.get("prefix"), args.get("tree"), "");
  }

  private static Val prefixed(
      Elaboration e, Intrinsic.Args args, Val prefix, Val tree, String path) {
    return switch (prefix) {
      case Val.Tuple(var items) -> {
        if (!(tree instanceof Val.Tuple(var own)) || own.size() != items.size()) {
          throw misplaced(e, args, prefix, tree, path);
        }
        var out = new ArrayList<Val>();
        for (int i = 0; i < items.size(); i++) {
          out.add(prefixed(e, args, items.get(i), own.get(i), at(path, Integer.toString(i))));
        }
        yield new Val.Tuple(out);
      }
      case Val.Record(var fields) -> {
        if (!(tree instanceof Val.Record(var own)) || !own.keySet().equals(fields.keySet())) {
          throw misplaced(e, args, prefix, tree, path);
        }
        var out = new TreeMap<String, Val>();
        fields.forEach(
            (name, field) ->
                out.put(name, prefixed(e, args, field, own.get(name), at(path, name))));
        yield new Val.Record(out);
      }
      case Val leaf -> Trees.map(tree, _ -> leaf);
    };
  }

  private static String at(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private static Fault misplaced(
      Elaboration e, Intrinsic.Args args, Val prefix, Val tree, String path) {
    boolean named = args.get("name") instanceof Val.Str;
    String what = named ? "`" + Statics.text(e, args, "name") + "` as " : "";
    String where = path.isEmpty() ? "" : " at `" + path + "`";
    return e.fault(
        Diagnostic.error(
                Code.TREES_DIFFER,
                args.at(),
                "expected "
                    + what
                    + "a tree like "
                    + shape(tree)
                    + " or a leaf"
                    + where
                    + ", got "
                    + shape(prefix))
            .help(
                "names and lengths must match the other tree; one leaf applies to everything below it"));
  }

  /// Returns what a tree is made of at its top: the names of a record, the length of a tuple.
  private static String shape(Val tree) {
    return switch (tree) {
      case Val.Record(var fields) -> "{" + String.join(", ", fields.keySet()) + "}";
      case Val.Tuple(var items) -> "a tuple of " + items.size();
      case Val leaf -> Trees.describe(leaf);
    };
  }
}
