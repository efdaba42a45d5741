package org.girih.hlo.emit;

import java.util.List;
import org.girih.hlo.proto.DotDimensionNumbers;
import org.girih.hlo.proto.FftType;
import org.girih.hlo.proto.HloInstructionProto;
import org.girih.hlo.proto.PaddingConfig;
import org.girih.hlo.proto.TriangularSolveOptions;
import org.girih.ir.diagnostic.CompilerBug;
import org.girih.ir.op.Absolute;
import org.girih.ir.op.ArgReduce;
import org.girih.ir.op.Arithmetic;
import org.girih.ir.op.Assert;
import org.girih.ir.op.AxisExchange;
import org.girih.ir.op.AxisExtremum;
import org.girih.ir.op.AxisGather;
import org.girih.ir.op.AxisIndex;
import org.girih.ir.op.AxisPermute;
import org.girih.ir.op.AxisSum;
import org.girih.ir.op.Barrier;
import org.girih.ir.op.Bitcast;
import org.girih.ir.op.Bits;
import org.girih.ir.op.Broadcast;
import org.girih.ir.op.Call;
import org.girih.ir.op.Checkpoint;
import org.girih.ir.op.Compare;
import org.girih.ir.op.ComplexPart;
import org.girih.ir.op.Concatenate;
import org.girih.ir.op.Cond;
import org.girih.ir.op.Constant;
import org.girih.ir.op.Convert;
import org.girih.ir.op.Convolution;
import org.girih.ir.op.Cumulative;
import org.girih.ir.op.CumulativeSum;
import org.girih.ir.op.CustomJvp;
import org.girih.ir.op.CustomLinear;
import org.girih.ir.op.CustomVjp;
import org.girih.ir.op.Dot;
import org.girih.ir.op.DynamicSlice;
import org.girih.ir.op.DynamicUpdateSlice;
import org.girih.ir.op.Elementary;
import org.girih.ir.op.ElementaryPair;
import org.girih.ir.op.Extremum;
import org.girih.ir.op.Factor;
import org.girih.ir.op.Fft;
import org.girih.ir.op.Gather;
import org.girih.ir.op.IntegerPower;
import org.girih.ir.op.Iota;
import org.girih.ir.op.IsFinite;
import org.girih.ir.op.Op;
import org.girih.ir.op.Pad;
import org.girih.ir.op.Print;
import org.girih.ir.op.Quotient;
import org.girih.ir.op.Reduce;
import org.girih.ir.op.ReduceBits;
import org.girih.ir.op.ReduceSum;
import org.girih.ir.op.Reshape;
import org.girih.ir.op.Reverse;
import org.girih.ir.op.Rounding;
import org.girih.ir.op.Scan;
import org.girih.ir.op.Scatter;
import org.girih.ir.op.ScatterAdd;
import org.girih.ir.op.Select;
import org.girih.ir.op.Shard;
import org.girih.ir.op.Slice;
import org.girih.ir.op.Sort;
import org.girih.ir.op.StopGradient;
import org.girih.ir.op.Threefry2x32;
import org.girih.ir.op.TopK;
import org.girih.ir.op.Transform;
import org.girih.ir.op.Transpose;
import org.girih.ir.op.TriangularSolve;
import org.girih.ir.op.While;
import org.girih.ir.program.Equation;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Dim;

/// The instructions that each op becomes: one exhaustive switch. Semantics are those of XLA's
/// operation semantics page, which the ops' own docs follow.
final class OpEmitter {
  private OpEmitter() {}

  static List<Instr> emit(ComputationBuilder b, Equation equation, List<Instr> in) {
    List<ArrayType> out = equation.results().stream().map(r -> r.type()).toList();
    return switch (equation.op()) {
      case Call call -> LoopEmitter.call(b, call, in);
      case Cond cond -> BranchEmitter.cond(b, cond, in, out);
      case While loop -> LoopEmitter.whileLoop(b, loop, in, out);
      case Scan scan -> LoopEmitter.scan(b, scan, in, out);
      case Sort sort -> ReductionEmitter.sort(b, sort, in, out);
      case Barrier _ -> LoopEmitter.barrier(b, in, out);
      case Threefry2x32() -> ThreefryEmitter.emit(b, in);
      case Factor factor -> ForeignEmitter.factor(b, factor, in.getFirst(), out);
      case Print print -> List.of(ForeignEmitter.print(b, print, in));
      case Checkpoint _, CustomJvp _, CustomVjp _, CustomLinear _, Transform _ ->
          throw notLowered(equation.op());
      case Op.Plain op -> List.of(plain(b, op, in, out.getFirst()));
    };
  }

  private static Instr plain(ComputationBuilder b, Op.Plain op, List<Instr> in, ArrayType out) {
    return switch (op) {
      case Arithmetic a -> arithmetic(b, a, in, out);
      case ComplexPart part ->
          switch (part) {
            case REAL -> b.op("real", out, in.get(0));
            case IMAG -> b.op("imag", out, in.get(0));
            case COMPLEX -> b.op("complex", out, in.get(0), in.get(1));
          };
      case Convert _ -> convert(b, in.getFirst(), out.dtype());
      case Reshape(var dims) -> b.reshape(in.getFirst(), dims);
      case Transpose(var permutation) -> dimensions(b, "transpose", out, in, permutation);
      case Broadcast(_, var axes) -> b.broadcast(in.getFirst(), out, axes);
      case ReduceSum(var axes) -> ReductionEmitter.sum(b, in.getFirst(), axes, out);
      case Reduce(var monoid, var axes) ->
          ReductionEmitter.reduce(b, monoid, in.getFirst(), axes, out);
      case ReduceBits(var monoid, var axes) ->
          // No CPU plugin has a collective for bits.
          ReductionEmitter.bits(b, monoid, Shardings.whole(b, in.getFirst()), axes, out);
      case TopK _ -> TopKEmitter.positions(b, in.getFirst(), out);
      case ArgReduce arg -> ReductionEmitter.position(b, arg, in.getFirst(), out);
      case CumulativeSum(int axis, boolean reverse) ->
          ReductionEmitter.running(b, "add", 0, in.getFirst(), axis, reverse);
      case Cumulative(var monoid, int axis, boolean reverse) ->
          ReductionEmitter.running(
              b,
              ReductionEmitter.opcode(monoid),
              ReductionEmitter.neutral(monoid, out.dtype()),
              in.getFirst(),
              axis,
              reverse);
      case Concatenate(int axis) -> dimensions(b, "concatenate", out, in, List.of(axis));
      case Slice slice -> slice(b, slice, in.getFirst(), out);
      case Pad pad -> pad(b, pad, in, out);
      case Reverse(var axes) -> dimensions(b, "reverse", out, in, axes);
      case DynamicSlice(var sizes) -> {
        var instruction = b.instruction("dynamic-slice", HloShapes.of(out), in);
        sizes.forEach(s -> instruction.addDynamicSliceSizes(number(s)));
        yield new Instr(b.add(instruction), out);
      }
      case DynamicUpdateSlice() ->
          new Instr(b.add(b.instruction("dynamic-update-slice", HloShapes.of(out), in)), out);
      case Gather gather -> WindowEmitter.gather(b, gather, in, out);
      case ScatterAdd(var windows) -> WindowEmitter.scatter(b, windows, "add", in, out);
      case Scatter scatter -> WindowEmitter.scatter(b, scatter, in, out);
      case Dot dot -> dot(b, dot, in, out);
      case TriangularSolve solve -> triangularSolve(b, solve, in, out);
      case Fft fft -> fft(b, fft, in.getFirst(), out);
      case Convolution convolution -> ConvolutionEmitter.convolution(b, convolution, in, out);
      case Select() -> b.select(in.get(0), in.get(1), in.get(2));
      case Elementary f -> ElementaryEmitter.emit(b, f, in.getFirst());
      case ElementaryPair pair -> pair(b, pair, in, out);
      case Absolute() ->
          in.getFirst().type().dtype().kind() == DType.Kind.UNSIGNED
              ? in.getFirst()
              : b.op("abs", out, in.getFirst());
      case Extremum extremum -> {
        boolean max = extremum == Extremum.MAXIMUM;
        String opcode = out.dtype().isBool() ? max ? "or" : "and" : max ? "maximum" : "minimum";
        yield b.op(opcode, out, in.get(0), in.get(1));
      }
      case Constant(var value) -> b.constant(value);
      case Iota(DType dtype, _, int axis) -> iota(b, dtype, out, axis);
      case Compare compare ->
          b.compare(compare.name().toUpperCase(java.util.Locale.ROOT), in.get(0), in.get(1));
      case Bits bits -> bits(b, bits, in, out);
      case Rounding rounding -> rounding(b, rounding, in.getFirst(), out);
      case Quotient() -> b.op("divide", out, in.get(0), in.get(1));
      case IsFinite() -> b.op("is-finite", out, in.getFirst());
      case Bitcast(DType dtype) -> b.op("bitcast-convert", out, in.getFirst());
      case Sort _, Barrier _, Threefry2x32 _, Print _, Factor _ ->
          throw new CompilerBug(op.primitive() + " is not a plain instruction");
      case Shard shard ->
          b.module().partitioned()
              ? Shardings.constrain(b, shard, in.getFirst(), out)
              : in.getFirst();
      case Assert _, StopGradient _, IntegerPower _, AxisIndex _, AxisSum _, AxisGather _ ->
          throw notLowered(op);
      case AxisPermute _, AxisExchange _, AxisExtremum _ -> throw notLowered(op);
    };
  }

  private static CompilerBug notLowered(Op op) {
    return new CompilerBug(op.primitive() + " is left after the passes");
  }

  private static long number(Dim dim) {
    return dim.known().orElseThrow();
  }

  private static Instr arithmetic(
      ComputationBuilder b, Arithmetic op, List<Instr> in, ArrayType out) {
    return switch (op) {
      case ADD -> b.op("add", out, in.get(0), in.get(1));
      case SUBTRACT -> b.op("subtract", out, in.get(0), in.get(1));
      case NEGATE -> b.op("negate", out, in.get(0));
      case MULTIPLY -> b.op("multiply", out, in.get(0), in.get(1));
      case DIVIDE -> b.op("divide", out, in.get(0), in.get(1));
    };
  }

  private static Instr convert(ComputationBuilder b, Instr x, DType to) {
    if (to.isBool() && !x.type().dtype().isBool()) {
      return b.compare("NE", x, b.like(x, 0));
    }
    return b.convert(x, to);
  }

  static Instr dimensions(
      ComputationBuilder b, String opcode, ArrayType out, List<Instr> in, List<Integer> axes) {
    var instruction = b.instruction(opcode, HloShapes.of(out), in);
    axes.forEach(instruction::addDimensions);
    return new Instr(b.add(instruction), out);
  }

  private static Instr slice(ComputationBuilder b, Slice slice, Instr x, ArrayType out) {
    var instruction = b.instruction("slice", HloShapes.of(out), List.of(x));
    for (int i = 0; i < slice.start().size(); i++) {
      instruction.addSliceDimensions(
          HloInstructionProto.SliceDimensions.newBuilder()
              .setStart(number(slice.start().get(i)))
              .setLimit(number(slice.limit().get(i)))
              .setStride(slice.stride().get(i)));
    }
    return new Instr(b.add(instruction), out);
  }

  private static Instr pad(ComputationBuilder b, Pad pad, List<Instr> in, ArrayType out) {
    return pad(
        b,
        in.get(0),
        in.get(1),
        pad.low().stream().map(OpEmitter::number).toList(),
        pad.high().stream().map(OpEmitter::number).toList(),
        pad.interior(),
        out);
  }

  static Instr pad(
      ComputationBuilder b,
      Instr x,
      Instr value,
      List<Long> low,
      List<Long> high,
      List<Long> interior,
      ArrayType out) {
    var config = PaddingConfig.newBuilder();
    for (int i = 0; i < low.size(); i++) {
      config.addDimensions(
          PaddingConfig.PaddingConfigDimension.newBuilder()
              .setEdgePaddingLow(low.get(i))
              .setEdgePaddingHigh(high.get(i))
              .setInteriorPadding(interior.get(i)));
    }
    var instruction = b.instruction("pad", HloShapes.of(out), List.of(x, value));
    instruction.setPaddingConfig(config);
    return new Instr(b.add(instruction), out);
  }

  private static Instr dot(ComputationBuilder b, Dot dot, List<Instr> in, ArrayType out) {
    var numbers = DotDimensionNumbers.newBuilder();
    dot.leftBatch().forEach(numbers::addLhsBatchDimensions);
    dot.rightBatch().forEach(numbers::addRhsBatchDimensions);
    dot.leftContract().forEach(numbers::addLhsContractingDimensions);
    dot.rightContract().forEach(numbers::addRhsContractingDimensions);
    var instruction = b.instruction("dot", HloShapes.of(out), in);
    instruction.setDotDimensionNumbers(numbers);
    return new Instr(b.add(instruction), out);
  }

  private static Instr triangularSolve(
      ComputationBuilder b, TriangularSolve solve, List<Instr> in, ArrayType out) {
    var instruction = b.instruction("triangular-solve", HloShapes.of(out), in);
    instruction.setTriangularSolveOptions(
        TriangularSolveOptions.newBuilder()
            .setLeftSide(solve.left())
            .setLower(solve.lower())
            .setUnitDiagonal(solve.unit())
            .setTransposeA(
                solve.transposed()
                    ? TriangularSolveOptions.Transpose.TRANSPOSE
                    : TriangularSolveOptions.Transpose.NO_TRANSPOSE));
    return new Instr(b.add(instruction), out);
  }

  /// Transforms nothing where there are no numbers, on which plugins fail.
  private static Instr fft(ComputationBuilder b, Fft fft, Instr x, ArrayType out) {
    if (out.elements().known().orElseThrow() == 0
        || x.type().elements().known().orElseThrow() == 0) {
      return b.zeros(out);
    }
    var instruction = b.instruction("fft", HloShapes.of(out), List.of(x));
    instruction.setFftType(FftType.valueOf(fft.kind().name()));
    fft.lengths().forEach(n -> instruction.addFftLength(number(n)));
    return new Instr(b.add(instruction), out);
  }

  private static Instr pair(
      ComputationBuilder b, ElementaryPair op, List<Instr> in, ArrayType out) {
    return switch (op) {
      case POWER -> b.op("power", out, in.get(0), in.get(1));
      case ATAN2 -> new Formula(b).angle(in.get(0), in.get(1));
      case REMAINDER -> b.op("remainder", out, in.get(0), in.get(1));
    };
  }

  /// Counts along an axis, as XLA does in all dtypes but the narrowest, which are converted.
  private static Instr iota(ComputationBuilder b, DType dtype, ArrayType out, int axis) {
    boolean narrow = dtype.bits() < 8 || dtype.floating() && dtype.bits() == 8;
    ArrayType type = narrow ? out.withDType(DType.I32) : out;
    return b.convert(dimensions(b, "iota", type, List.of(), List.of(axis)), dtype);
  }

  private static Instr bits(ComputationBuilder b, Bits op, List<Instr> in, ArrayType out) {
    return switch (op) {
      case AND -> b.op("and", out, in.get(0), in.get(1));
      case OR -> b.op("or", out, in.get(0), in.get(1));
      case XOR -> b.op("xor", out, in.get(0), in.get(1));
      case NOT -> b.op("not", out, in.get(0));
      case SHIFT_LEFT -> b.op("shift-left", out, in.get(0), in.get(1));
      case SHIFT_RIGHT ->
          b.op(
              out.dtype().kind() == DType.Kind.SIGNED
                  ? "shift-right-arithmetic"
                  : "shift-right-logical",
              out,
              in.get(0),
              in.get(1));
      case POPULATION_COUNT -> b.op("popcnt", out, in.get(0));
      case COUNT_LEADING_ZEROS -> b.op("count-leading-zeros", out, in.get(0));
    };
  }

  private static Instr rounding(ComputationBuilder b, Rounding op, Instr x, ArrayType out) {
    return switch (op) {
      case FLOOR -> b.op("floor", out, x);
      case CEIL -> b.op("ceil", out, x);
      case ROUND -> b.op("round-nearest-even", out, x);
      case SIGN ->
          out.dtype().kind() == DType.Kind.UNSIGNED
              ? b.select(b.compare("EQ", x, b.like(x, 0)), x, b.like(x, 1))
              : b.op("sign", out, x);
    };
  }
}
