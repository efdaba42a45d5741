package org.girih.grammar.elaborate.intrinsic;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.girih.grammar.elaborate.array.Operands;
import org.girih.grammar.elaborate.array.Statics;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Intrinsic;
import org.girih.grammar.elaborate.core.StaticArithmetic;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.op.Convolution;
import org.girih.ir.op.Sliding;
import org.girih.ir.type.Dim;

/// `conv`: windows of an array with features last, `x[batch, …, inputs]`, times a kernel `[…,
/// inputs / groups, outputs]`.
final class Convolutions {
  private Convolutions() {}

  static final String SIGNATURE =
      "conv(x, kernel, strides = 1, padding = 0, input_dilation = 1, kernel_dilation = 1,"
          + " groups = 1)";

  static Val eval(Elaboration e, Intrinsic.Args args) {
    var both =
        Operands.unify(
            e,
            args.at(),
            "`conv`",
            List.of(
                new Operands.Operand(args.get("x"), args.span("x")),
                new Operands.Operand(args.get("kernel"), args.span("kernel"))));
    Val.Array x = both.arrays().get(0);
    Val.Array kernel = both.arrays().get(1);
    int space = x.rank() - 2;
    if (space < 0 || kernel.rank() != x.rank()) {
      throw e.fault(
          Diagnostic.error(
                  Code.BAD_RANK, args.at(), "`conv` of " + x.type() + " and " + kernel.type())
              .label(args.span("x"), "[batch, …, inputs]")
              .label(args.span("kernel"), "[…, inputs / groups, outputs]"));
    }
    if (!x.dtype().floating() || x.dtype().bits() < 16) {
      throw PointwiseIntrinsics.badDType(e, args, x, "convert: `f32(x)`");
    }
    List<Long> strides = each(e, args, "strides", space);
    List<Long> base = each(e, args, "input_dilation", space);
    List<Long> dilation = each(e, args, "kernel_dilation", space);
    var slides = new ArrayList<Sliding>();
    for (int i = 0; i < space; i++) {
      long[] pads = padding(e, args, x, kernel, strides.get(i), base.get(i), dilation.get(i), i);
      slides.add(new Sliding(strides.get(i), pads[0], pads[1], base.get(i), dilation.get(i)));
    }
    int groups = Statics.integer(e, args, "groups");
    Dim inputs = x.type().dim(space + 1);
    Dim due = kernel.type().dim(space).times(groups);
    if (groups < 1 || inputs.equalTo(due) == Dim.Truth.NO) {
      throw e.fault(
          Diagnostic.error(
                  Code.SIZES_DIFFER,
                  args.at(),
                  "the kernel takes "
                      + kernel.type().dim(space)
                      + " features in "
                      + groups
                      + " groups, and the input has "
                      + inputs)
              .label(args.span("x"), x.type().toString())
              .label(args.span("kernel"), kernel.type().toString()));
    }
    var last = new ArrayList<Integer>(List.of(0, space + 1));
    var kernelAxes = new ArrayList<Integer>(List.of(space + 1, space));
    IntStream.range(0, space).forEach(i -> last.add(i + 1));
    IntStream.range(0, space).forEach(kernelAxes::add);
    return e.emit1(new Convolution(last, kernelAxes, last, slides, groups, 1), x, kernel);
  }

  /// One positive number for each axis, or for all.
  private static List<Long> each(Elaboration e, Intrinsic.Args args, String name, int space) {
    List<Val> items =
        args.get(name) instanceof Val.Tuple(var all)
            ? all
            : java.util.Collections.nCopies(space, args.get(name));
    if (items.size() != space) {
      throw e.fault(
          Code.WRONG_ARGUMENTS,
          args.span(name),
          "`" + name + "` has " + items.size() + " numbers for " + space + " axes");
    }
    return items.stream().map(v -> number(e, args, name, v, 1)).toList();
  }

  private static long number(Elaboration e, Intrinsic.Args args, String name, Val val, long least) {
    long number =
        e.size(
            StaticArithmetic.dim(val)
                .orElseThrow(
                    () ->
                        e.fault(
                            Code.NOT_STATIC,
                            args.span(name),
                            "`"
                                + name
                                + "` is a static integer an axis, not "
                                + Trees.describe(val))));
    if (number < least || Math.abs(number) > Integer.MAX_VALUE) {
      throw e.fault(Code.BAD_RANGE, args.span(name), "`" + name + "` of " + number);
    }
    return number;
  }

  /// "VALID" is none; "SAME" is what makes ⌈size / stride⌉ places, the greater half behind; a
  /// number or a pair an axis states it.
  private static long[] padding(
      Elaboration e,
      Intrinsic.Args args,
      Val.Array x,
      Val.Array kernel,
      long stride,
      long base,
      long dilation,
      int axis) {
    Val all = args.get("padding");
    LongFunction<long[]> both = n -> new long[] {n, n};
    return switch (all) {
      case Val.Str(String text) when text.equals("VALID") -> both.apply(0);
      case Val.Str(String text) when text.equals("SAME") && base == 1 -> {
        long size = e.size(x.type().dim(axis + 1));
        long width = (e.size(kernel.type().dim(axis)) - 1) * dilation + 1;
        long places = -Math.floorDiv(-size, stride);
        long total = Math.max((places - 1) * stride + width - size, 0);
        yield new long[] {total / 2, total - total / 2};
      }
      case Val.Tuple(var items) when items.size() == x.rank() - 2 ->
          items.get(axis) instanceof Val.Tuple(var pair) && pair.size() == 2
              ? new long[] {
                number(e, args, "padding", pair.get(0), Integer.MIN_VALUE),
                number(e, args, "padding", pair.get(1), Integer.MIN_VALUE)
              }
              : both.apply(number(e, args, "padding", items.get(axis), Integer.MIN_VALUE));
      case Val.Int number -> both.apply(number(e, args, "padding", number, Integer.MIN_VALUE));
      case Val other ->
          throw e.fault(
              Diagnostic.error(
                      Code.WRONG_ARGUMENTS,
                      args.span("padding"),
                      "expected a padding, got " + Trees.describe(other))
                  .help(
                      "\"SAME\" (without input dilation), \"VALID\", a number, or a number or a"
                          + " pair for each axis"));
    };
  }
}
