package org.girih.grammar.elaborate.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.girih.grammar.ast.Item;
import org.girih.grammar.ast.TypeExpr;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;

/// Finds types that are made of themselves: no value has one.
///
/// ```
/// type A = (B, f32)
/// type B = { a: A }      # `A` is made of `B`, and `B` of `A`
/// ```
final class TypeCycles {
  private TypeCycles() {}

  /// Types each of which is made of the next, and the last of the first.
  record Cycle(List<Item.TypeDef> types) {
    Diagnostic diagnostic() {
      Item.TypeDef first = types.getFirst();
      var names = new ArrayList<String>();
      types.forEach(t -> names.add("`" + t.name() + "`"));
      var message =
          new StringBuilder("type " + names.getFirst() + " is made of itself: it has a part ");
      for (int i = 1; i < names.size(); i++) {
        message.append(names.get(i)).append(", which has a part ");
      }
      message.append(names.getFirst());
      var diagnostic = Diagnostic.error(Code.TYPE_CYCLE, first.span(), message.toString());
      for (Item.TypeDef other : types.subList(1, types.size())) {
        diagnostic = diagnostic.label(other.span(), "`" + other.name() + "` is here");
      }
      return diagnostic.help("use an array with an axis more for what repeats");
    }
  }

  private record Visit(Item.TypeDef type, Iterator<String> rest) {}

  /// Returns the cycles through types of a file, each once.
  ///
  /// @param known the type of a name
  static List<Cycle> of(FileScope file, Function<String, Optional<Item.TypeDef>> known) {
    var cycles = new ArrayList<Cycle>();
    Set<Item.TypeDef> done = new HashSet<>();
    for (Item.TypeDef start : inOrder(file)) {
      // By hand: types may follow each other 100,000 times.
      Deque<Visit> visits = new ArrayDeque<>();
      Map<Item.TypeDef, Integer> path = new LinkedHashMap<>();
      open(start, visits, path, done);
      while (!visits.isEmpty()) {
        Visit visit = visits.peek();
        if (!visit.rest().hasNext()) {
          visits.pop();
          path.remove(visit.type());
          continue;
        }
        Optional<Item.TypeDef> next = known.apply(visit.rest().next());
        if (next.isPresent() && path.containsKey(next.get())) {
          List<Item.TypeDef> all = List.copyOf(path.keySet());
          cycles.add(new Cycle(all.subList(path.get(next.get()), all.size())));
        } else {
          next.ifPresent(type -> open(type, visits, path, done));
        }
      }
    }
    return cycles;
  }

  private static List<Item.TypeDef> inOrder(FileScope file) {
    return file.file().items().stream()
        .filter(Item.TypeDef.class::isInstance)
        .map(Item.TypeDef.class::cast)
        .toList();
  }

  private static void open(
      Item.TypeDef type,
      Deque<Visit> visits,
      Map<Item.TypeDef, Integer> path,
      Set<Item.TypeDef> done) {
    if (done.add(type)) {
      path.put(type, path.size());
      var names = new LinkedHashSet<String>();
      names(type.type(), names);
      visits.push(new Visit(type, names.iterator()));
    }
  }

  private static void names(TypeExpr type, Set<String> out) {
    switch (type) {
      case TypeExpr.NamedType(_, var path, _) -> {
        if (path.size() == 1) {
          out.add(path.getFirst());
        }
      }
      case TypeExpr.TupleType(_, var items) -> items.forEach(i -> names(i, out));
      case TypeExpr.RecordType(_, var fields, _) -> fields.forEach(f -> names(f.type(), out));
      case TypeExpr.OptionalType(_, var inner) -> names(inner, out);
      case TypeExpr.FunctionType(_, var params, var result) -> {
        params.forEach(p -> names(p, out));
        names(result, out);
      }
    }
  }
}
