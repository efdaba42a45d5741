package org.girih.ir.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Value;

/// Lists of values of which some are zero and left out.
final class Tangents {
  private Tangents() {}

  static Optional<Value> sum(Builder b, Optional<Value> x, Optional<Value> y) {
    if (x.isEmpty() || y.isEmpty()) {
      return x.or(() -> y);
    }
    return Optional.of(b.add(x.get(), y.get()));
  }

  static Mask nonzero(List<Optional<Value>> ts) {
    return Mask.where(ts.size(), i -> ts.get(i).isPresent());
  }

  /// Returns those of the mask; zeros of the type where one is left out.
  static List<Value> filled(Builder b, List<Optional<Value>> ts, Mask mask, List<ArrayType> types) {
    var out = new ArrayList<Value>();
    for (int i : mask.positions()) {
      out.add(ts.get(i).orElseGet(() -> b.zeros(types.get(i))));
    }
    return out;
  }

  /// Returns the operands, then the tangents that are there.
  static List<Value> operands(List<Value> xs, List<Optional<Value>> ts) {
    var out = new ArrayList<>(xs);
    ts.forEach(t -> t.ifPresent(out::add));
    return out;
  }

  /// Returns the results, then the tangents of those in the mask.
  static Structured.Duals duals(List<Value> all, Mask out) {
    var tangents = all.subList(out.size(), all.size()).iterator();
    return new Structured.Duals(all.subList(0, out.size()), spread(out, tangents));
  }

  /// Returns one for each position: the next value where the mask has it.
  static List<Optional<Value>> spread(Mask mask, java.util.Iterator<Value> values) {
    var out = new ArrayList<Optional<Value>>();
    for (int i = 0; i < mask.size(); i++) {
      out.add(mask.at(i) ? Optional.of(values.next()) : Optional.empty());
    }
    return out;
  }

  static List<ArrayType> types(List<Value> values) {
    return values.stream().map(Value::type).toList();
  }

  /// Tells which result is in which half.
  static void results(Splitting s, Mask unknownOut, List<Value> known, List<Value> unknown) {
    knownResults(s, unknownOut, known);
    unknownResults(s, unknownOut, unknown);
  }

  static void knownResults(Splitting s, Mask unknownOut, List<Value> known) {
    var values = known.iterator();
    unknownOut.not().positions().forEach(i -> s.knownResult(i, values.next()));
  }

  static void unknownResults(Splitting s, Mask unknownOut, List<Value> unknown) {
    var values = unknown.iterator();
    unknownOut.positions().forEach(i -> s.unknownResult(i, values.next()));
  }
}
