package org.girih.hlo.emit;

import java.util.List;
import org.girih.hlo.proto.HloInstructionProto;
import org.girih.ir.op.Sort;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Literal;

/// The positions of the greatest elements: a sort of which the first are kept.
///
/// XLA's CPU compiler searches for them without sorting all where it knows the comparator: that of
/// the total order of floats of 32 bits, by their bits, over one or two axes. So keys are brought
/// into it: a NaN to the one without sign, which is greater than ∞, and −0 to 0. Where that order
/// is not asked (other dtypes, several devices, whose partitioner the reshape would hinder), the
/// sort is that of [Sort].
final class TopKEmitter {
  private static final DType KEY = DType.F32;

  private TopKEmitter() {}

  static Instr positions(ComputationBuilder b, Instr x, ArrayType out) {
    ArrayType type = x.type();
    long k = out.dim(out.rank() - 1).known().orElseThrow();
    boolean known = type.dtype().floating() && type.dtype().bits() <= 32;
    if (!known || b.module().partitioned() || type.elements().equals(Dim.of(0))) {
      Instr places = places(b, type);
      var sorted =
          ReductionEmitter.sort(
              b, new Sort(type.rank() - 1, true), List.of(x, places), List.of(type, places.type()));
      return first(b, sorted.getLast(), k, out);
    }
    long n = type.dim(type.rank() - 1).known().orElseThrow();
    long rows = type.elements().known().orElseThrow() / n;
    ArrayType flat = type.rank() == 1 ? ArrayType.of(KEY, n) : ArrayType.of(KEY, rows, n);
    Instr keys = keys(b, b.convert(b.reshape(x, flat.dims()), KEY));
    Instr places = places(b, flat);
    var types = List.of(flat, places.type());
    var instruction = b.instruction("sort", HloShapes.results(types), List.of(keys, places));
    instruction
        .addDimensions(flat.rank() - 1)
        .setIsStable(true)
        .addCalledComputationIds(totalOrder(b));
    Instr sorted = b.elements(b.add(instruction), types).getLast();
    ArrayType kept =
        flat.rank() == 1 ? ArrayType.of(DType.I32, k) : ArrayType.of(DType.I32, rows, k);
    Instr found = first(b, sorted, k, kept);
    return b.reshape(found, out.dims());
  }

  /// Numbers in `f32`, in whose total order they are as [Sort] has them.
  private static Instr keys(ComputationBuilder b, Instr x) {
    Instr zero = b.like(x, 0);
    Instr plain = b.select(b.compare("EQ", x, zero), zero, x);
    return b.select(b.compare("NE", x, x), b.like(x, Double.NaN), plain);
  }

  private static Instr places(ComputationBuilder b, ArrayType type) {
    ArrayType places = type.withDType(DType.I32);
    return OpEmitter.dimensions(b, "iota", places, List.of(), List.of(type.rank() - 1));
  }

  /// `a > b` by bits, as integers that ascend with the floats: of a negative one all others are
  /// turned.
  private static long totalOrder(ComputationBuilder b) {
    var builder = new ComputationBuilder(b.module(), "total_order");
    for (DType dtype : List.of(KEY, DType.I32)) {
      builder.parameter(ArrayType.scalar(dtype), "a");
      builder.parameter(ArrayType.scalar(dtype), "b");
    }
    Instr greater =
        builder.compare(
            "GT", bits(builder, builder.parameter(0)), bits(builder, builder.parameter(1)));
    return builder.finish(List.of(greater), false);
  }

  private static Instr bits(ComputationBuilder b, Instr x) {
    var signed = ArrayType.scalar(DType.I32);
    var unsigned = ArrayType.scalar(DType.U32);
    Instr own = b.op("bitcast-convert", signed, x);
    Instr greatest = b.constant(Literal.of(unsigned, Integer.MAX_VALUE));
    Instr turned = b.op("subtract", unsigned, greatest, b.op("bitcast-convert", unsigned, x));
    Instr negative = b.compare("LT", own, b.constant(Literal.i32(0)));
    return b.select(negative, b.op("bitcast-convert", signed, turned), own);
  }

  private static Instr first(ComputationBuilder b, Instr x, long k, ArrayType out) {
    var instruction = b.instruction("slice", HloShapes.of(out), List.of(x));
    for (int i = 0; i < out.rank(); i++) {
      long limit = i == out.rank() - 1 ? k : out.dim(i).known().orElseThrow();
      instruction.addSliceDimensions(
          HloInstructionProto.SliceDimensions.newBuilder().setLimit(limit).setStride(1));
    }
    return new Instr(b.add(instruction), out);
  }
}
