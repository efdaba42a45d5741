package org.girih.grammar.elaborate;

import java.util.List;
import java.util.Map;

/// What a function that was made from another does when it is called.
enum Derived {
  GRAD {
    @Override
    Val apply(Elaboration e, Val.Made made, Arguments args) {
      return Gradients.grad(e, made, args, false);
    }
  },
  VALUE_AND_GRAD {
    @Override
    Val apply(Elaboration e, Val.Made made, Arguments args) {
      return Gradients.grad(e, made, args, true);
    }
  },
  /// The map from cotangents to cotangents that `vjp` returns.
  PULLBACK {
    @Override
    Val apply(Elaboration e, Val.Made made, Arguments args) {
      return LinearMaps.pullback(e, made, args);
    }
  },
  /// The map from tangents to tangents that `linearize` returns.
  PUSHFORWARD {
    @Override
    Val apply(Elaboration e, Val.Made made, Arguments args) {
      return LinearMaps.pushforward(e, made, args);
    }
  },
  JACFWD {
    @Override
    Val apply(Elaboration e, Val.Made made, Arguments args) {
      return Jacobians.forward(e, made, args);
    }
  },
  JACREV {
    @Override
    Val apply(Elaboration e, Val.Made made, Arguments args) {
      return Jacobians.reverse(e, made, args);
    }
  },
  VMAP {
    @Override
    Val apply(Elaboration e, Val.Made made, Arguments args) {
      return Mapping.vmap(e, made, args);
    }
  },
  PMAP {
    @Override
    Val apply(Elaboration e, Val.Made made, Arguments args) {
      return Mapping.pmap(e, made, args);
    }
  },
  SHARD_MAP {
    @Override
    Val apply(Elaboration e, Val.Made made, Arguments args) {
      return ShardMapping.apply(e, made, args);
    }
  },
  JIT {
    @Override
    Val apply(Elaboration e, Val.Made made, Arguments args) {
      return Traced.call(e, made, args, org.girih.ir.op.Call::new);
    }
  },
  CHECKPOINT {
    @Override
    Val apply(Elaboration e, Val.Made made, Arguments args) {
      return Traced.call(e, made, args, org.girih.ir.op.Checkpoint::new);
    }
  };

  /// The arguments of a call.
  ///
  /// @param at the whole call
  record Arguments(org.girih.ir.source.Span at, List<Given> positional, Map<String, Given> named) {}

  abstract Val apply(Elaboration e, Val.Made made, Arguments args);

  /// How messages call it.
  String label() {
    return switch (this) {
      case GRAD, VALUE_AND_GRAD, JACFWD, JACREV, VMAP, PMAP, SHARD_MAP, JIT, CHECKPOINT ->
          name().toLowerCase(java.util.Locale.ROOT);
      case PULLBACK -> "the function that vjp gives";
      case PUSHFORWARD -> "the function that linearize gives";
    };
  }
}
