package org.girih.grammar.elaborate.transform;

import org.girih.grammar.elaborate.core.Derived;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.op.Call;
import org.girih.ir.op.Checkpoint;

/// The functions of functions.
public enum Transformation implements Derived {
  GRAD("grad", (e, made, args) -> Gradients.grad(e, made, args, false)),
  VALUE_AND_GRAD("value_and_grad", (e, made, args) -> Gradients.grad(e, made, args, true)),
  /// The map from cotangents to cotangents that `vjp` returns.
  PULLBACK("the function that vjp gives", LinearMaps::pullback),
  /// The map from tangents to tangents that `linearize` returns.
  PUSHFORWARD("the function that linearize gives", LinearMaps::pushforward),
  JACFWD("jacfwd", Jacobians::forward),
  JACREV("jacrev", Jacobians::reverse),
  VMAP("vmap", VmapCall::vmap),
  PMAP("pmap", VmapCall::pmap),
  SHARD_MAP("shard_map", ShardMapping::apply),
  JIT("jit", (e, made, args) -> ClosureFunction.call(e, made, args, Call::new)),
  CHECKPOINT("checkpoint", (e, made, args) -> ClosureFunction.call(e, made, args, Checkpoint::new));

  private interface Body {
    Val apply(Elaboration e, Val.Made made, Arguments args);
  }

  private final String label;
  private final Body body;

  Transformation(String label, Body body) {
    this.label = label;
    this.body = body;
  }

  @Override
  public Val apply(Elaboration e, Val.Made made, Arguments args) {
    return body.apply(e, made, args);
  }

  @Override
  public String label() {
    return label;
  }
}
