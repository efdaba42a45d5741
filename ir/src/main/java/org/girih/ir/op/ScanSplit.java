package org.girih.ir.op;

import java.util.ArrayList;
import java.util.List;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Value;

/// The halves of a [Scan]: see [Scan#split].
///
/// @param fixed which constants are unknown
/// @param moving which of the carry are unknown
/// @param arrays which arrays are unknown
record ScanSplit(
    Scan scan,
    Transforms t,
    Splitting s,
    Transforms.Halves halves,
    Mask fixed,
    Mask moving,
    Mask arrays) {

  private int head() {
    return scan.counted() ? 1 : 0;
  }

  private int firstCarry() {
    return head() + scan.constants();
  }

  private int firstArray() {
    return firstCarry() + scan.carries();
  }

  /// Returns whether a residual is to be stacked: it is neither a constant, nor an array's slice,
  /// nor the step's number, nor stacked as a result already, nor computed before the loop.
  private boolean stored(Transforms.Residual residual, Mask early) {
    int constants = scan.constants();
    return switch (residual) {
      case Transforms.Residual.Param(int i) -> i > constants && i <= constants + scan.carries();
      case Transforms.Residual.Result(int i) ->
          !early.at(i) && (i < knownCarries() || i >= halves.knownResults());
    };
  }

  private int knownCarries() {
    return scan.carries() - moving.count();
  }

  void run() {
    List<ArrayType> params = t.signature(halves.known()).params();
    int knownFixed = scan.constants() - fixed.count();
    Mask constant = Mask.where(params.size(), i -> i < knownFixed);
    // What the body does besides is done in the loop, and nowhere else.
    Mask early =
        t.effects(halves.known())
            ? Mask.none(t.signature(halves.known()).results().size())
            : t.fixed(halves.known(), constant);
    var stored = halves.residuals().stream().filter(r -> stored(r, early)).toList();
    FuncRef body =
        t.define(
            scan.body().name() + ".known",
            params,
            (b, in) -> {
              List<Value> results = t.inline(b, halves.known(), in);
              var out = new ArrayList<>(results.subList(0, halves.knownResults()));
              for (var residual : stored) {
                out.add(
                    switch (residual) {
                      case Transforms.Residual.Param(int i) -> in.get(knownPlace(i));
                      case Transforms.Residual.Result(int i) -> results.get(i);
                    });
              }
              return out;
            });
    var operands = new ArrayList<Value>();
    s.mask().not().positions().stream()
        .filter(i -> i < firstCarry() || i >= firstArray() || !moving.at(i - firstCarry()))
        .forEach(i -> operands.add(s.known(i)));
    var op =
        new Scan(body, scan.length(), knownFixed, knownCarries(), scan.reverse(), scan.counted());
    List<Value> results = s.known().emit(op, operands);
    Tangents.knownResults(s, halves.unknownOut(), results);
    unknown(results, stored, early, early(params, early, operands));
  }

  /// Returns the place of a parameter of the body among the known ones.
  private int knownPlace(int param) {
    Mask unknown = Mask.concat(fixed, Mask.none(1), moving, arrays);
    return param - unknown.slice(0, param).count();
  }

  /// Returns the body's results, of which those are valid that depend on constants only; computed
  /// before the loop, in the known half.
  private List<Value> early(List<ArrayType> params, Mask early, List<Value> operands) {
    boolean needed =
        halves.residuals().stream()
            .anyMatch(r -> r instanceof Transforms.Residual.Result(int i) && early.at(i));
    if (!needed) {
      return List.of();
    }
    int knownFixed = scan.constants() - fixed.count();
    var args = new ArrayList<>(operands.subList(head(), head() + knownFixed));
    for (ArrayType type : params.subList(knownFixed, params.size())) {
      args.add(s.known().zeros(type));
    }
    return t.inline(s.known(), halves.known(), args);
  }

  private void unknown(
      List<Value> results, List<Transforms.Residual> stored, Mask early, List<Value> before) {
    var constants = new ArrayList<Value>();
    var slices = new ArrayList<Value>();
    // Where each residual is found: a constant, a slice (counted from the first), or the number.
    var places = new ArrayList<Integer>();
    var sliced = new ArrayList<Boolean>();
    int stacks = halves.knownResults();
    for (var residual : halves.residuals()) {
      boolean slice = true;
      Value value;
      switch (residual) {
        case Transforms.Residual.Param(int i) when i < scan.constants() -> {
          slice = false;
          value = s.unknown(head() + i);
        }
        case Transforms.Residual.Param(int i) when i == scan.constants() -> value = null;
        case Transforms.Residual.Param(int i) when i > scan.constants() + scan.carries() ->
            value = s.unknown(head() + i - 1);
        case Transforms.Residual.Result(int i) when !stored.contains(residual) -> {
          slice = !early.at(i);
          value = s.residual(slice ? results.get(i) : before.get(i));
        }
        case Transforms.Residual.Param _, Transforms.Residual.Result _ ->
            value = s.residual(results.get(stacks + stored.indexOf(residual)));
      }
      if (value == null) {
        places.add(-1);
      } else {
        var to = slice ? slices : constants;
        places.add(to.size());
        to.add(value);
      }
      sliced.add(slice);
    }
    int known = constants.size();
    fixed.positions().forEach(i -> constants.add(s.unknown(head() + i)));
    var carry = new ArrayList<Value>();
    moving.positions().forEach(i -> carry.add(s.unknown(firstCarry() + i)));
    int knownSlices = slices.size();
    arrays.positions().forEach(i -> slices.add(s.unknown(firstArray() + i)));

    var params = new ArrayList<>(Tangents.types(constants));
    params.add(ArrayType.scalar(DType.I32));
    params.addAll(Tangents.types(carry));
    slices.forEach(v -> params.add(v.type().withDims(v.type().dims().subList(1, v.type().rank()))));
    int index = constants.size();
    int first = index + 1 + carry.size();
    FuncRef body =
        t.define(
            scan.body().name() + ".unknown",
            params,
            (b, in) -> {
              var args = new ArrayList<Value>();
              for (int i = 0; i < places.size(); i++) {
                int place = places.get(i);
                args.add(in.get(place < 0 ? index : sliced.get(i) ? first + place : place));
              }
              args.addAll(in.subList(known, index));
              args.addAll(in.subList(index + 1, first));
              args.addAll(in.subList(first + knownSlices, in.size()));
              return t.inline(b, halves.unknown(), args);
            });
    var operands = new ArrayList<Value>();
    if (scan.counted()) {
      operands.add(s.unknown(0));
    }
    operands.addAll(constants);
    operands.addAll(carry);
    operands.addAll(slices);
    var op = new Scan(body, scan.length(), index, carry.size(), scan.reverse(), scan.counted());
    Tangents.unknownResults(s, halves.unknownOut(), s.unknown().emit(op, operands));
  }
}
