package org.girih.grammar.elaborate;

import java.util.List;
import java.util.Locale;
import org.girih.grammar.ast.Expr.BinaryOp;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.op.AxisExtremum;
import org.girih.ir.op.AxisGather;
import org.girih.ir.op.AxisIndex;
import org.girih.ir.op.AxisSum;
import org.girih.ir.op.Extremum;
import org.girih.ir.op.Op;
import org.girih.ir.op.StopGradient;

/// Functions of functions, and what is said between the lanes of a `vmap`.
final class TransformIntrinsics {
  private TransformIntrinsics() {}

  static List<Intrinsic> all() {
    return List.of(
        derivative("grad(f, wrt = 0, aux = false)", Derived.GRAD),
        derivative("value_and_grad(f, wrt = 0, aux = false)", Derived.VALUE_AND_GRAD),
        jacobian("jacfwd(f, wrt = 0)", Derived.JACFWD),
        jacobian("jacrev(f, wrt = 0)", Derived.JACREV),
        Intrinsic.of(
            "hessian(f, wrt = 0)",
            (e, args) -> {
              Val options = Val.Tuple.of(args.get("wrt"));
              return new Val.Made(
                  Derived.JACFWD,
                  new Val.Made(Derived.JACREV, Traced.function(e, args, "f"), options),
                  options);
            }),
        Intrinsic.of(
            "vmap(f, in_axes = 0, out_axes = 0, axis = none)",
            (e, args) ->
                new Val.Made(
                    Derived.VMAP,
                    Traced.function(e, args, "f"),
                    Val.Tuple.of(args.get("in_axes"), args.get("out_axes"), name(e, args)))),
        Intrinsic.of("jit(f)", (e, args) -> plain(e, args, Derived.JIT)),
        Intrinsic.of("checkpoint(f)", (e, args) -> plain(e, args, Derived.CHECKPOINT)),
        Intrinsic.of("jvp(f, primals, tangents)", LinearMaps::jvp),
        Intrinsic.of("vjp(f, *primals)", LinearMaps::vjp),
        Intrinsic.of("linearize(f, *primals)", LinearMaps::linearize),
        Intrinsic.of(
            "stop_gradient(x)",
            (e, args) ->
                Trees.map(
                    args.get("x"),
                    leaf ->
                        leaf instanceof Val.Array a && a.dtype().inexact()
                            ? e.emit1(new StopGradient(), a)
                            : leaf)),
        Intrinsic.of("psum(x, axis)", TransformIntrinsics::sum),
        Intrinsic.of("pmean(x, axis)", TransformIntrinsics::mean),
        Intrinsic.of("pmax(x, axis)", (e, args) -> extremum(e, args, Extremum.MAXIMUM)),
        Intrinsic.of("pmin(x, axis)", (e, args) -> extremum(e, args, Extremum.MINIMUM)),
        Intrinsic.of(
            "all_gather(x, axis)",
            (e, args) -> {
              var lane = lane(e, args);
              return collective(e, args, new AxisGather(lane.id(), lane.size()));
            }),
        Intrinsic.of(
            "axis_index(axis)",
            (e, args) -> e.emit(new AxisIndex(lane(e, args).id()), List.of()).getFirst()));
  }

  private static Intrinsic derivative(String signature, Derived how) {
    return Intrinsic.of(
        signature,
        (e, args) -> {
          Statics.flag(e, args, "aux");
          return new Val.Made(
              how, Traced.function(e, args, "f"), Val.Tuple.of(args.get("wrt"), args.get("aux")));
        });
  }

  private static Intrinsic jacobian(String signature, Derived how) {
    return Intrinsic.of(
        signature,
        (e, args) ->
            new Val.Made(how, Traced.function(e, args, "f"), Val.Tuple.of(args.get("wrt"))));
  }

  private static Val plain(Elaboration e, Intrinsic.Args args, Derived how) {
    return new Val.Made(how, Traced.function(e, args, "f"), new Val.Tuple(List.of()));
  }

  private static Val name(Elaboration e, Intrinsic.Args args) {
    return args.get("axis") instanceof Val.None
        ? Val.NONE
        : new Val.Str(Statics.text(e, args, "axis"));
  }

  private static Elaboration.Lane lane(Elaboration e, Intrinsic.Args args) {
    String name = Statics.text(e, args, "axis");
    return e.lane(name)
        .orElseThrow(
            () ->
                e.fault(
                    Diagnostic.error(
                            Code.BAD_AXES, args.span("axis"), "no axis is called \"" + name + "\"")
                        .help(
                            "`vmap(f, axis = \""
                                + name.toLowerCase(Locale.ROOT)
                                + "\")` names one, for f and what it calls")));
  }

  private static Val collective(Elaboration e, Intrinsic.Args args, Op op) {
    return Trees.map(
        args.get("x"),
        leaf ->
            leaf instanceof Val.Array || leaf instanceof Val.Num
                ? e.emit1(op, Operands.array(e, leaf, args.span("x")))
                : leaf);
  }

  /// A static number is on each lane the same: `psum(1, "i")` is the number of lanes.
  private static Val sum(Elaboration e, Intrinsic.Args args) {
    var lane = lane(e, args);
    if (args.get("x") instanceof Val.Int(var one) && one.equals(java.math.BigInteger.ONE)) {
      return Val.of(lane.size());
    }
    return collective(e, args, new AxisSum(lane.id()));
  }

  private static Val mean(Elaboration e, Intrinsic.Args args) {
    var lane = lane(e, args);
    return Trees.map(
        collective(e, args, new AxisSum(lane.id())),
        leaf ->
            leaf instanceof Val.Array a
                ? Operators.binary(
                    e,
                    new Operators.Site(BinaryOp.DIVIDE, args.at(), args.at(), args.at()),
                    a,
                    Val.of(lane.size()))
                : leaf);
  }

  private static Val extremum(Elaboration e, Intrinsic.Args args, Extremum which) {
    return collective(e, args, new AxisExtremum(which, lane(e, args).id()));
  }
}
