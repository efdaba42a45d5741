package org.girih.grammar.elaborate.intrinsic;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.girih.grammar.elaborate.array.BranchJoin;
import org.girih.grammar.elaborate.array.Carries;
import org.girih.grammar.elaborate.array.Statics;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Fault;
import org.girih.grammar.elaborate.core.Intrinsic;
import org.girih.grammar.elaborate.core.ModuleFrame;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.grammar.elaborate.module.Modules;
import org.girih.grammar.elaborate.module.Tabulation;
import org.girih.grammar.elaborate.transform.ClosureFunction;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.CompilerBug;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.type.ArrayType;

/// Modules and what their bodies declare: `param`, `state`; `init`, `apply` and `tabulate`.
final class VariableIntrinsics {
  private VariableIntrinsics() {}

  static List<Intrinsic> all() {
    return List.of(
        Intrinsic.of("init(model, key, *args, **named)", Modules::init),
        Intrinsic.of("apply(model, variables, *args, update = false, **named)", Modules::apply),
        Intrinsic.of("tabulate(model, key, *args, **named)", Tabulation::tabulate),
        Intrinsic.of("param(init, shape, dtype = none)", VariableIntrinsics::param),
        Intrinsic.of("state(collection, initial, update)", VariableIntrinsics::state));
  }

  /// `let kernel = param(init, shape)`. The initialiser gets a key, the shape and the dtype.
  private static Val param(Elaboration e, Intrinsic.Args args) {
    String name = name(e, args);
    ModuleFrame frame = frame(e, args);
    var shape = args.get("shape");
    var dims = Statics.shape(e, args, "shape");
    var dtype = ShapeIntrinsics.dtypeOr(e, args, org.girih.ir.type.DType.F32);
    int number = frame.nextParam();
    var known = frame.variable("params", name);
    if (known.isEmpty() && frame.mode().init()) {
      Val made =
          e.in(
              frame.trace(),
              () -> {
                Val.Array key =
                    RandomIntrinsics.folded(
                        e, frame.mode().key().orElseThrow(), hash(frame.names(), number));
                return e.apply(
                    args.span("init"), args.get("init"), key, shape, new Val.Type(dtype));
              });
      checked(e, args, frame.place("params", name), made, new ArrayType(dtype, dims));
      frame.variable("params", name, made);
      return made;
    }
    Val val = known.orElseThrow(() -> missing(e, args, frame, "params", name));
    checked(e, args, frame.place("params", name), val, new ArrayType(dtype, dims));
    return val;
  }

  private static void checked(
      Elaboration e, Intrinsic.Args args, String place, Val val, ArrayType due) {
    boolean fits =
        val instanceof Val.Array a
            && a.dtype() == due.dtype()
            && Carries.sameDims(e, a.type(), due);
    if (!fits) {
      throw e.fault(
          Diagnostic.error(
                  Code.WRONG_VARIABLES,
                  args.at(),
                  "`" + place + "` is " + Trees.describe(val) + ", and the module declares " + due)
              .help(
                  "a module is used on inputs of the sizes that it was initialised with; check that"
                      + " the variables are this model's"));
    }
  }

  private static Fault missing(
      Elaboration e, Intrinsic.Args args, ModuleFrame frame, String collection, String name) {
    return e.fault(
        Diagnostic.error(
                Code.WRONG_VARIABLES,
                args.at(),
                "the variables hold no `" + frame.place(collection, name) + "`")
            .help("`init` of this model makes it; the variables are those of another model"));
  }

  /// `let mean = state("batch_stats", zeros(n), old -> new)`: what is stored, and what is stored
  /// next where `apply` has `update = true`.
  private static Val state(Elaboration e, Intrinsic.Args args) {
    String name = name(e, args);
    String collection = Statics.text(e, args, "collection");
    ModuleFrame frame = frame(e, args);
    if (collection.equals("params")) {
      throw e.fault(
          Code.MISUSED_MODULE, args.span("collection"), "`params` holds what `param` declares");
    }
    var known = frame.variable(collection, name);
    if (known.isEmpty() && !frame.mode().init()) {
      throw missing(e, args, frame, collection, name);
    }
    Val old =
        known.orElseGet(() -> ClosureFunction.arrays(e, args.get("initial"), args.span("initial")));
    if (frame.mode().init()) {
      frame.variable(collection, name, old);
    } else if (frame.mode().update()) {
      Val next = e.apply(args.span("update"), args.get("update"), old);
      Val skeleton = Carries.settled(Trees.skeleton(old));
      if (!Carries.next(e, args.at(), skeleton, next, "").equals(skeleton)
          || e.trace() != frame.trace()) {
        throw e.fault(
            Code.MISUSED_MODULE,
            args.at(),
            "the state `" + name + "` changes its type, or changes in a loop");
      }
      frame.variable(collection, name, BranchJoin.convert(e, next, skeleton, args.at()));
    }
    return old;
  }

  private static String name(Elaboration e, Intrinsic.Args args) {
    return args.let()
        .orElseThrow(
            () ->
                e.fault(
                    Diagnostic.error(
                            Code.MISUSED_MODULE,
                            args.at(),
                            "`"
                                + args.function()
                                + "` is the whole value of a `let`, which names it")
                        .help("`let kernel = " + args.function() + "(…)`")));
  }

  private static ModuleFrame frame(Elaboration e, Intrinsic.Args args) {
    return e.frame()
        .orElseThrow(
            () ->
                e.fault(
                    Code.MISUSED_MODULE,
                    args.at(),
                    "`" + args.function() + "` is allowed only in the body of a module"));
  }

  /// Returns what Flax folds into the key: the first four bytes, big-endian, of the SHA-1 over the
  /// names of the path and the parameter's number in as few big-endian bytes as hold it.
  private static long hash(List<String> names, int number) {
    try {
      var sha = MessageDigest.getInstance("SHA-1");
      names.forEach(n -> sha.update(n.getBytes(StandardCharsets.UTF_8)));
      int bytes = (32 - Integer.numberOfLeadingZeros(number) + 7) / 8;
      for (int i = bytes - 1; i >= 0; i--) {
        sha.update((byte) (number >> 8 * i));
      }
      return java.nio.ByteBuffer.wrap(sha.digest()).getInt() & 0xffff_ffffL;
    } catch (NoSuchAlgorithmException impossible) {
      throw new CompilerBug("every JDK has SHA-1");
    }
  }
}
