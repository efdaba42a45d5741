package org.girih.ir.op;

import java.util.ArrayList;
import java.util.List;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Value;

/// The halves of a [While] with `max`: see [While#split].
///
/// @param fixed which constants are unknown
/// @param moving which of the carry are unknown
record BoundedSplit(
    While loop,
    Transforms t,
    Splitting s,
    Transforms.Halves halves,
    Mask fixed,
    Mask moving,
    int carries) {

  /// Returns the residuals that each step stores; the others are constants of the loop.
  private List<Transforms.Residual> stored() {
    return halves.residuals().stream()
        .filter(r -> !(r instanceof Transforms.Residual.Param(int i) && i < loop.constants()))
        .toList();
  }

  void run() {
    int constants = loop.constants();
    var stored = stored();
    Dim length = Dim.of(loop.max().getAsInt());
    List<ArrayType> params = t.signature(halves.known()).params();
    List<ArrayType> given = t.signature(halves.known()).results();
    int fixedKnown = constants - fixed.count();
    int movingKnown = carries - moving.count();

    // The known half: constants, then a counter, the known carry and a stack for each residual.
    List<Value> operands = new ArrayList<>();
    fixed.not().positions().forEach(i -> operands.add(s.known(i)));
    operands.add(s.known().position(0));
    moving.not().positions().forEach(i -> operands.add(s.known(constants + i)));
    for (var residual : stored) {
      ArrayType type =
          switch (residual) {
            case Transforms.Residual.Param(int i) -> s.known(i).type();
            case Transforms.Residual.Result(int i) -> given.get(i);
          };
      operands.add(s.known().zeros(Batched.type(length, type)));
    }
    List<ArrayType> types = Tangents.types(operands);
    FuncRef body =
        t.define(
            loop.body().name() + ".known",
            types,
            (b, in) -> {
              Value count = in.get(fixedKnown);
              var args = new ArrayList<>(in.subList(0, fixedKnown));
              args.addAll(in.subList(fixedKnown + 1, fixedKnown + 1 + movingKnown));
              List<Value> results = t.inline(b, halves.known(), args);
              var out = new ArrayList<Value>();
              out.add(b.add(count, b.fill(count, 1)));
              out.addAll(results.subList(0, movingKnown));
              for (int r = 0; r < stored.size(); r++) {
                Value value =
                    switch (stored.get(r)) {
                      case Transforms.Residual.Param(int i) -> args.get(knownPlace(i));
                      case Transforms.Residual.Result(int i) -> results.get(i);
                    };
                Value stack = in.get(fixedKnown + 1 + movingKnown + r);
                out.add(Scan.write(b, stack, value, count));
              }
              return out;
            });
    FuncRef test =
        t.define(
            loop.condition().name(),
            types,
            (b, in) -> {
              var args = new ArrayList<Value>();
              int known = 0;
              for (int i = 0; i < constants; i++) {
                args.add(fixed.at(i) ? b.zeros(operandType(i)) : in.get(known++));
              }
              known = fixedKnown + 1;
              for (int i = 0; i < carries; i++) {
                args.add(moving.at(i) ? b.zeros(operandType(constants + i)) : in.get(known++));
              }
              return t.inline(b, loop.condition(), args);
            });
    List<Value> results = s.known().emit(new While(test, body, fixedKnown, loop.max()), operands);
    for (int i = 0, known = 1; i < carries; i++) {
      if (!moving.at(i)) {
        s.knownResult(i, results.get(known++));
      }
    }
    unknown(results, stored, length, params);
  }

  private ArrayType operandType(int i) {
    return t.signature(loop.body()).params().get(i);
  }

  /// Returns the place of a parameter of the body among the known ones.
  private int knownPlace(int param) {
    Mask unknown = Mask.concat(fixed, moving);
    return param - unknown.slice(0, param).count();
  }

  /// Builds the unknown half: a scan over the stacks that stops after the steps counted.
  private void unknown(
      List<Value> results, List<Transforms.Residual> stored, Dim length, List<ArrayType> params) {
    int constants = loop.constants();
    var forwarded =
        halves.residuals().stream()
            .filter(r -> !stored.contains(r))
            .map(r -> ((Transforms.Residual.Param) r).index())
            .distinct()
            .toList();
    var operands = new ArrayList<Value>();
    operands.add(s.residual(results.getFirst()));
    forwarded.forEach(i -> operands.add(s.unknown(i)));
    fixed.positions().forEach(i -> operands.add(s.unknown(i)));
    int head = operands.size();
    moving.positions().forEach(i -> operands.add(s.unknown(constants + i)));
    int stacks = results.size() - stored.size();
    for (int r = 0; r < stored.size(); r++) {
      operands.add(s.residual(results.get(stacks + r)));
    }
    int k = moving.count();
    var types = new ArrayList<>(Tangents.types(operands.subList(1, head)));
    types.add(ArrayType.scalar(DType.I32));
    types.addAll(Tangents.types(operands.subList(head, head + k)));
    for (Value stack : operands.subList(head + k, operands.size())) {
      types.add(stack.type().withDims(stack.type().dims().subList(1, stack.type().rank())));
    }
    FuncRef body =
        t.define(
            loop.body().name() + ".unknown",
            types,
            (b, in) -> {
              var args = new ArrayList<Value>();
              for (var residual : halves.residuals()) {
                int at = stored.indexOf(residual);
                args.add(
                    at >= 0
                        ? in.get(head + k + at)
                        : in.get(
                            forwarded.indexOf(((Transforms.Residual.Param) residual).index())));
              }
              args.addAll(in.subList(forwarded.size(), head - 1));
              args.addAll(in.subList(head, head + k));
              return t.inline(b, halves.unknown(), args);
            });
    List<Value> out = s.unknown().emit(new Scan(body, length, head - 1, k, false, true), operands);
    for (int i = 0, u = 0; i < carries; i++) {
      if (moving.at(i)) {
        s.unknownResult(i, out.get(u++));
      }
    }
  }
}
