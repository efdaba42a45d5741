package org.girih.grammar.elaborate.intrinsic;

import java.util.List;
import org.girih.grammar.elaborate.array.Statics;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Intrinsic;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.grammar.elaborate.transform.ClosureFunction;
import org.girih.grammar.elaborate.transform.LinearMaps;
import org.girih.grammar.elaborate.transform.ShardMapping;
import org.girih.grammar.elaborate.transform.Transformation;
import org.girih.ir.op.Barrier;
import org.girih.ir.op.StopGradient;

/// Functions of functions.
final class TransformIntrinsics {
  private TransformIntrinsics() {}

  static List<Intrinsic> all() {
    return List.of(
        derivative("grad(f, wrt = 0, aux = false)", Transformation.GRAD),
        derivative("value_and_grad(f, wrt = 0, aux = false)", Transformation.VALUE_AND_GRAD),
        jacobian("jacfwd(f, wrt = 0)", Transformation.JACFWD),
        jacobian("jacrev(f, wrt = 0)", Transformation.JACREV),
        Intrinsic.of(
            "hessian(f, wrt = 0)",
            (e, args) -> {
              Val options = Val.Tuple.of(args.get("wrt"));
              return new Val.Made(
                  Transformation.JACFWD,
                  new Val.Made(
                      Transformation.JACREV, ClosureFunction.function(e, args, "f"), options),
                  options);
            }),
        Intrinsic.of(
            "vmap(f, in_axes = 0, out_axes = 0, axis_name = none)",
            (e, args) ->
                new Val.Made(
                    Transformation.VMAP,
                    ClosureFunction.function(e, args, "f"),
                    Val.Tuple.of(args.get("in_axes"), args.get("out_axes"), name(e, args)))),
        Intrinsic.of("jit(f)", (e, args) -> plain(e, args, Transformation.JIT)),
        Intrinsic.of("checkpoint(f)", (e, args) -> plain(e, args, Transformation.CHECKPOINT)),
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
        Intrinsic.of(
            "optimization_barrier(x)",
            (e, args) ->
                Trees.map(
                    args.get("x"),
                    leaf -> leaf instanceof Val.Array a ? e.emit1(new Barrier(), a) : leaf)),
        Intrinsic.of(
            "pmap(f, axis_name = none, in_axes = 0, out_axes = 0)",
            (e, args) ->
                new Val.Made(
                    Transformation.PMAP,
                    ClosureFunction.function(e, args, "f"),
                    Val.Tuple.of(args.get("in_axes"), args.get("out_axes"), name(e, args)))),
        Intrinsic.of(
            "shard_map(f, in_specs = none, out_specs = none)",
            (e, args) ->
                new Val.Made(
                    Transformation.SHARD_MAP,
                    ClosureFunction.function(e, args, "f"),
                    Val.Tuple.of(args.get("in_specs"), args.get("out_specs")))),
        Intrinsic.of("P(*axes)", ShardMapping::spec));
  }

  private static Intrinsic derivative(String signature, Transformation how) {
    return Intrinsic.of(
        signature,
        (e, args) -> {
          Statics.flag(e, args, "aux");
          return new Val.Made(
              how,
              ClosureFunction.function(e, args, "f"),
              Val.Tuple.of(args.get("wrt"), args.get("aux")));
        });
  }

  private static Intrinsic jacobian(String signature, Transformation how) {
    return Intrinsic.of(
        signature,
        (e, args) ->
            new Val.Made(
                how, ClosureFunction.function(e, args, "f"), Val.Tuple.of(args.get("wrt"))));
  }

  private static Val plain(Elaboration e, Intrinsic.Args args, Transformation how) {
    return new Val.Made(how, ClosureFunction.function(e, args, "f"), new Val.Tuple(List.of()));
  }

  private static Val name(Elaboration e, Intrinsic.Args args) {
    return args.get("axis_name") instanceof Val.None
        ? Val.NONE
        : new Val.Str(Statics.text(e, args, "axis_name"));
  }
}
