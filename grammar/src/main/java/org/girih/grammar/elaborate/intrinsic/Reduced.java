package org.girih.grammar.elaborate.intrinsic;

import java.util.ArrayList;
import java.util.List;
import org.girih.grammar.elaborate.array.Casts;
import org.girih.grammar.elaborate.array.Operands;
import org.girih.grammar.elaborate.array.Statics;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Intrinsic;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.op.Constant;
import org.girih.ir.op.Op;
import org.girih.ir.op.Reshape;
import org.girih.ir.op.Select;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Literal;

/// What all reductions take: `x`, `axis`, `keepdims`, and of some `dtype`, `where` (the elements
/// that count) and `initial` (a number that counts as well).
///
/// @param x the operand, in the dtype asked for
/// @param axes those that are reduced, ascending
record Reduced(Elaboration e, Intrinsic.Args args, Val.Array x, List<Integer> axes) {
  static Reduced of(Elaboration e, Intrinsic.Args args) {
    Val.Array x = typed(e, args);
    return new Reduced(e, args, x, Statics.axes(e, args, "axis", x.rank()));
  }

  /// Returns `x` in the dtype asked for, if the function takes one.
  static Val.Array typed(Elaboration e, Intrinsic.Args args) {
    Val.Array x = Statics.array(e, args, "x");
    Val dtype = args.get("dtype");
    if (dtype == null || dtype instanceof Val.None) {
      return x;
    }
    Val out = Casts.one(e, args.at(), Statics.dtype(e, args, "dtype"), x, args.span("x"));
    return Operands.array(e, out, args.span("x"));
  }

  /// Returns whether the caller gives an optional argument.
  boolean has(String name) {
    Val val = args.get(name);
    return val != null && !(val instanceof Val.None);
  }

  Reduced with(Val.Array operand) {
    return new Reduced(e, args, operand, axes);
  }

  /// Returns the same of the elements that `where` takes, `neutral` in place of the others.
  Reduced where(Number neutral) {
    if (!has("where")) {
      return this;
    }
    Val.Array mask = Statics.array(e, args, "where");
    if (!mask.dtype().isBool()) {
      throw e.fault(
          Diagnostic.error(
                  Code.BAD_DTYPE_FOR_OP,
                  args.span("where"),
                  "`where` of `" + args.function() + "` is bool, not " + mask.type())
              .help("compare: `where = m != 0`"));
    }
    Val.Array other = e.emit1(new Constant(Literal.of(ArrayType.scalar(x.dtype()), neutral)));
    var wide =
        Operands.broadcast(
            e,
            args.at(),
            "`where` of `" + args.function() + "`",
            List.of(mask, x, other),
            List.of(args.span("where"), args.span("x"), args.span("x")));
    return with(e.emit1(new Select(), wide.toArray(Val.Array[]::new))).checked();
  }

  /// A mask of more axes than `x` would give them to the result.
  private Reduced checked() {
    Val.Array before = Statics.array(e, args, "x");
    if (before.rank() != x.rank()) {
      throw e.fault(
          Code.BAD_RANK,
          args.span("where"),
          "`where` has " + x.rank() + " axes, `x` is " + before.type());
    }
    return this;
  }

  /// Returns a result with `initial` counted in, and the axes that `keepdims` keeps.
  ///
  /// @param join counts two numbers together
  Val.Array finish(Val.Array result, Op join) {
    Val.Array out = result;
    if (has("initial")) {
      var both =
          Operands.together(
              e,
              args.at(),
              "`initial` of `" + args.function() + "`",
              List.of(
                  new Operands.Operand(out, args.at()),
                  new Operands.Operand(args.get("initial"), args.span("initial"))));
      out = e.emit1(join, both.arrays().toArray(Val.Array[]::new));
    }
    return kept(out);
  }

  /// Returns a result with the axes that `keepdims` keeps.
  Val.Array kept(Val.Array result) {
    if (!Statics.flag(e, args, "keepdims")) {
      return result;
    }
    var dims = new ArrayList<>(x.type().dims());
    axes.forEach(i -> dims.set(i, Dim.of(1)));
    return e.emit1(new Reshape(dims), result);
  }
}
