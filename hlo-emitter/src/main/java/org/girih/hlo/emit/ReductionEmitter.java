package org.girih.hlo.emit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.girih.ir.op.ArgReduce;
import org.girih.ir.op.Reduce;
import org.girih.ir.op.ReduceBits;
import org.girih.ir.op.Sort;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Bounds;
import org.girih.ir.type.DType;
import org.girih.ir.type.Literal;

/// Reductions, running reductions and sorting.
final class ReductionEmitter {
  private ReductionEmitter() {}

  static Instr sum(ComputationBuilder b, Instr x, List<Integer> axes, ArrayType out) {
    return reduce(b, "add", 0, x, axes, out);
  }

  static Instr reduce(
      ComputationBuilder b, Reduce.Monoid monoid, Instr x, List<Integer> axes, ArrayType out) {
    Instr result = reduce(b, opcode(monoid), neutral(monoid, out.dtype()), x, axes, out);
    boolean extremum = monoid != Reduce.Monoid.PROD && out.dtype().floating();
    return extremum && b.module().partitioned() ? orNan(b, result, x, axes) : result;
  }

  /// Returns NaN where one was reduced: collectives of XLA's CPU plugins take the other number.
  private static Instr orNan(ComputationBuilder b, Instr extremum, Instr x, List<Integer> axes) {
    Instr isNan = b.compare("NE", x, x);
    var type = extremum.type().withDType(DType.BOOL);
    Instr any = reduce(b, "or", 0, isNan, axes, type);
    return b.select(any, b.like(extremum, Double.NaN), extremum);
  }

  static Instr bits(
      ComputationBuilder b, ReduceBits.Monoid monoid, Instr x, List<Integer> axes, ArrayType out) {
    String opcode =
        switch (monoid) {
          case AND -> "and";
          case OR -> "or";
          case XOR -> "xor";
        };
    Number neutral = monoid != ReduceBits.Monoid.AND ? 0 : out.dtype().isBool() ? 1 : -1;
    return reduce(b, opcode, neutral, x, axes, out);
  }

  static String opcode(Reduce.Monoid monoid) {
    return switch (monoid) {
      case PROD -> "multiply";
      case MAX -> "maximum";
      case MIN -> "minimum";
    };
  }

  static Number neutral(Reduce.Monoid monoid, DType dtype) {
    return switch (monoid) {
      case PROD -> 1;
      case MAX -> Bounds.least(dtype);
      case MIN -> Bounds.greatest(dtype);
    };
  }

  private static Instr reduce(
      ComputationBuilder b,
      String opcode,
      Number neutral,
      Instr x,
      List<Integer> axes,
      ArrayType out) {
    if (axes.isEmpty()) {
      return x;
    }
    var scalar = ArrayType.scalar(x.type().dtype());
    Instr init = b.constant(Literal.of(scalar, neutral));
    long computation =
        b.module()
            .scalar(
                opcode,
                scalar.dtype(),
                c -> c.op(opcode, scalar, c.parameter(0), c.parameter(1)),
                2);
    var instruction = b.instruction("reduce", HloShapes.of(out), List.of(x, init));
    axes.forEach(instruction::addDimensions);
    instruction.addCalledComputationIds(computation);
    return new Instr(b.add(instruction), out);
  }

  /// Reduces pairs (element, position) to the better one; NaN is best of all, and of equals the
  /// first, so that the order in which XLA combines them does not matter.
  static Instr position(ComputationBuilder b, ArgReduce arg, Instr x, ArrayType out) {
    boolean max = arg.which() == ArgReduce.Which.MAX;
    var element = ArrayType.scalar(x.type().dtype());
    var index = ArrayType.scalar(DType.I32);
    var builder = new ComputationBuilder(b.module(), max ? "argmax" : "argmin");
    Instr a = builder.parameter(element, "a");
    Instr i = builder.parameter(index, "i");
    Instr c = builder.parameter(element, "b");
    Instr j = builder.parameter(index, "j");
    var bool = ArrayType.scalar(DType.BOOL);
    Instr better = builder.compare(max ? "GT" : "LT", a, c);
    Instr same = builder.compare("EQ", a, c);
    if (element.dtype().floating()) {
      Instr aNan = builder.compare("NE", a, a);
      Instr bNan = builder.compare("NE", c, c);
      Instr bNumber = builder.op("not", bool, bNan);
      better = builder.op("or", bool, better, builder.op("and", bool, aNan, bNumber));
      same = builder.op("or", bool, same, builder.op("and", bool, aNan, bNan));
    }
    Instr first = builder.op("and", bool, same, builder.compare("LT", i, j));
    Instr pick = builder.op("or", bool, better, first);
    long computation =
        builder.finish(List.of(builder.select(pick, a, c), builder.select(pick, i, j)), true);

    var iota = b.instruction("iota", HloShapes.of(x.type().withDType(DType.I32)), List.of());
    iota.addDimensions(arg.axis());
    Instr positions = new Instr(b.add(iota), x.type().withDType(DType.I32));
    Number worst = max ? Bounds.least(element.dtype()) : Bounds.greatest(element.dtype());
    Instr initElement = b.constant(Literal.of(element, worst));
    Instr initIndex = b.constant(Literal.i32(Integer.MAX_VALUE));
    List<ArrayType> results = List.of(out.withDType(element.dtype()), out);
    var instruction =
        b.instruction(
            "reduce", HloShapes.tuple(results), List.of(x, positions, initElement, initIndex));
    instruction.addDimensions(arg.axis()).addCalledComputationIds(computation);
    return b.elements(b.add(instruction), results).getLast();
  }

  /// Computes a running reduction in ⌈log₂ n⌉ steps: each adds to every element the one 1, 2, 4, …
  /// places before (Hillis and Steele, "Data parallel algorithms", 1986).
  static Instr running(
      ComputationBuilder b, String opcode, Number neutral, Instr x, int axis, boolean reverse) {
    ArrayType type = x.type();
    long size = type.dim(axis).known().orElseThrow();
    Instr init = b.constant(Literal.of(ArrayType.scalar(type.dtype()), neutral));
    var none = new ArrayList<>(Collections.nCopies(type.rank(), 0L));
    Instr sum = x;
    for (long shift = 1; shift < size; shift *= 2) {
      var low = new ArrayList<>(none);
      var high = new ArrayList<>(none);
      low.set(axis, reverse ? -shift : shift);
      high.set(axis, reverse ? shift : -shift);
      Instr moved = OpEmitter.pad(b, sum, init, low, high, none, type);
      sum = b.op(opcode, type, sum, moved);
    }
    return sum;
  }

  static List<Instr> sort(ComputationBuilder b, Sort sort, List<Instr> in, List<ArrayType> out) {
    var builder = new ComputationBuilder(b.module(), "compare");
    for (Instr operand : in) {
      builder.parameter(ArrayType.scalar(operand.type().dtype()), "a");
      builder.parameter(ArrayType.scalar(operand.type().dtype()), "b");
    }
    Instr x = builder.parameter(0);
    Instr y = builder.parameter(1);
    var bool = ArrayType.scalar(DType.BOOL);
    Instr before = builder.compare(sort.descending() ? "GT" : "LT", x, y);
    if (x.type().dtype().floating()) {
      Instr late = sort.descending() ? x : y;
      Instr early = sort.descending() ? y : x;
      Instr nan = builder.compare("NE", late, late);
      Instr number = builder.compare("EQ", early, early);
      before = builder.op("or", bool, before, builder.op("and", bool, nan, number));
    }
    long computation = builder.finish(List.of(before), false);
    var instruction = b.instruction("sort", HloShapes.results(out), in);
    instruction.addDimensions(sort.axis()).setIsStable(true).addCalledComputationIds(computation);
    long id = b.add(instruction);
    return out.size() == 1 ? List.of(new Instr(id, out.getFirst())) : b.elements(id, out);
  }
}
