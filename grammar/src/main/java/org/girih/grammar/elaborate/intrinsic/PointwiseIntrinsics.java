package org.girih.grammar.elaborate.intrinsic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.girih.grammar.elaborate.array.Casts;
import org.girih.grammar.elaborate.array.Operands;
import org.girih.grammar.elaborate.array.Operators;
import org.girih.grammar.elaborate.array.PowerOperator;
import org.girih.grammar.elaborate.array.Statics;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Fault;
import org.girih.grammar.elaborate.core.Intrinsic;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.op.Absolute;
import org.girih.ir.op.Arithmetic;
import org.girih.ir.op.Bitcast;
import org.girih.ir.op.Bits;
import org.girih.ir.op.Compare;
import org.girih.ir.op.ComplexPart;
import org.girih.ir.op.Convert;
import org.girih.ir.op.Elementary;
import org.girih.ir.op.ElementaryPair;
import org.girih.ir.op.Extremum;
import org.girih.ir.op.IsFinite;
import org.girih.ir.op.Op;
import org.girih.ir.op.Rounding;
import org.girih.ir.op.Select;
import org.girih.ir.type.DType;

/// Functions of each element. Integers that meet a function of real numbers become `f32`, as they
/// do for `/`.
final class PointwiseIntrinsics {
  private PointwiseIntrinsics() {}

  /// NumPy's names first, then those of its 2.0 and of `jax.lax`.
  private static final Map<String, Elementary> ELEMENTARY =
      Map.ofEntries(
          Map.entry("exp", Elementary.EXP),
          Map.entry("exp2", Elementary.EXP2),
          Map.entry("expm1", Elementary.EXPM1),
          Map.entry("log", Elementary.LOG),
          Map.entry("log1p", Elementary.LOG1P),
          Map.entry("sqrt", Elementary.SQRT),
          Map.entry("rsqrt", Elementary.RSQRT),
          Map.entry("cbrt", Elementary.CBRT),
          Map.entry("sin", Elementary.SIN),
          Map.entry("cos", Elementary.COS),
          Map.entry("tan", Elementary.TAN),
          Map.entry("arcsin", Elementary.ASIN),
          Map.entry("arccos", Elementary.ACOS),
          Map.entry("arctan", Elementary.ATAN),
          Map.entry("asin", Elementary.ASIN),
          Map.entry("acos", Elementary.ACOS),
          Map.entry("atan", Elementary.ATAN),
          Map.entry("sinh", Elementary.SINH),
          Map.entry("cosh", Elementary.COSH),
          Map.entry("tanh", Elementary.TANH),
          Map.entry("arcsinh", Elementary.ASINH),
          Map.entry("arccosh", Elementary.ACOSH),
          Map.entry("arctanh", Elementary.ATANH),
          Map.entry("asinh", Elementary.ASINH),
          Map.entry("acosh", Elementary.ACOSH),
          Map.entry("atanh", Elementary.ATANH),
          Map.entry("sigmoid", Elementary.LOGISTIC),
          Map.entry("erf", Elementary.ERF),
          Map.entry("erfc", Elementary.ERFC),
          Map.entry("erfinv", Elementary.ERF_INV),
          Map.entry("lgamma", Elementary.LGAMMA),
          Map.entry("digamma", Elementary.DIGAMMA));

  static List<Intrinsic> all() {
    var out = new ArrayList<Intrinsic>();
    ELEMENTARY.forEach((name, op) -> out.add(elementary(name, op)));
    out.add(rounding("floor", Rounding.FLOOR));
    out.add(rounding("ceil", Rounding.CEIL));
    out.add(Intrinsic.of("round(x, decimals = 0)", PointwiseIntrinsics::round));
    out.add(Intrinsic.of("sign(x)", (e, args) -> numeric(e, args, x -> sign(e, x))));
    out.add(Intrinsic.of("abs(x)", (e, args) -> numeric(e, args, x -> e.emit1(new Absolute(), x))));
    out.add(Intrinsic.of("isfinite(x)", (e, args) -> finite(e, Statics.array(e, args, "x"))));
    out.add(pair("power(x, y)", (e, site, x, y) -> PowerOperator.eval(e, site, x, y)));
    out.add(pair("maximum(x, y)", (e, site, x, y) -> extremum(e, site, Extremum.MAXIMUM, x, y)));
    out.add(pair("minimum(x, y)", (e, site, x, y) -> extremum(e, site, Extremum.MINIMUM, x, y)));
    out.add(pair("arctan2(x, y)", PointwiseIntrinsics::atan2));
    out.add(pair("atan2(x, y)", PointwiseIntrinsics::atan2));
    out.add(Intrinsic.of("where(condition, x, y)", PointwiseIntrinsics::where));
    out.add(part("real(x)", ComplexPart.REAL));
    out.add(part("imag(x)", ComplexPart.IMAG));
    out.add(pair("complex(x, y)", PointwiseIntrinsics::complex));
    out.add(bits("population_count(x)", Bits.POPULATION_COUNT));
    out.add(bits("clz(x)", Bits.COUNT_LEADING_ZEROS));
    out.add(
        Intrinsic.of(
            "bitcast(x, dtype)",
            (e, args) -> {
              Val.Array x = Statics.array(e, args, "x");
              return e.emit1(new Bitcast(Statics.dtype(e, args, "dtype")), x);
            }));
    out.add(
        Intrinsic.of(
            "astype(x, dtype)",
            (e, args) ->
                Casts.one(
                    e, args.at(), Statics.dtype(e, args, "dtype"), args.get("x"), args.span("x"))));
    return out;
  }

  private interface Pair {
    Val apply(Elaboration e, Operators.Site site, Val x, Val y);
  }

  private interface One {
    Val apply(Val.Array x);
  }

  /// Of a complex z, z / |z|, and 0 of 0; it has a derivative, unlike that of a real number.
  private static Val.Array sign(Elaboration e, Val.Array x) {
    if (!x.dtype().complex()) {
      return e.emit1(Rounding.SIGN, x);
    }
    Val.Array isZero = e.emit1(Compare.EQ, x, Operators.fill(e, x, 0));
    Val.Array size = e.emit1(new Convert(x.dtype()), e.emit1(new Absolute(), x));
    Val.Array divisor = e.emit1(new Select(), isZero, Operators.fill(e, x, 1), size);
    return e.emit1(Arithmetic.DIVIDE, x, divisor);
  }

  private static Intrinsic pair(String signature, Pair body) {
    return Intrinsic.of(
        signature,
        (e, args) ->
            pair(
                e,
                body,
                new Operators.Site(null, args.at(), args.span("x"), args.span("y")),
                args.get("x"),
                args.get("y")));
  }

  private static Val pair(Elaboration e, Pair body, Operators.Site site, Val x, Val y) {
    return Operands.pliable(
        e,
        body.apply(e, site, x, y),
        List.of(x, y),
        typed -> body.apply(e, site, typed.get(0), typed.get(1)));
  }

  static Fault badDType(Elaboration e, Intrinsic.Args args, Val.Array x, String help) {
    var diagnostic =
        Diagnostic.error(
            Code.BAD_DTYPE_FOR_OP,
            args.at(),
            "`" + args.function() + "` does not take " + x.type());
    return e.fault(help.isEmpty() ? diagnostic : diagnostic.help(help));
  }

  private static Intrinsic elementary(String name, Elementary op) {
    return Intrinsic.of(
        name + "(x)",
        (e, args) -> {
          Val given = args.get("x");
          return Operands.pliable(
              e,
              elementary(e, args, op, given),
              List.of(given),
              typed -> elementary(e, args, op, typed.getFirst()));
        });
  }

  private static Val elementary(Elaboration e, Intrinsic.Args args, Elementary op, Val val) {
    Val.Array x = real(e, args, Operands.array(e, val, args.span("x")));
    if (x.dtype().complex() && !op.complex()) {
      throw badDType(e, args, x, "it is defined for real numbers");
    }
    Val.Array out = e.emit1(op, x);
    return new Val.Array(out.owner(), out.value(), x.guess());
  }

  /// Integers as `f32`.
  static Val.Array real(Elaboration e, Intrinsic.Args args, Val.Array x) {
    if (x.dtype().isBool()) {
      throw badDType(e, args, x, "convert: `f32(x)`");
    }
    return x.dtype().integer() ? e.emit1(new Convert(DType.F32), x) : x;
  }

  private static Intrinsic rounding(String name, Rounding op) {
    return Intrinsic.of(
        name + "(x)",
        (e, args) ->
            numeric(
                e,
                args,
                x -> {
                  if (x.dtype().complex()) {
                    throw badDType(e, args, x, "it is defined for real numbers");
                  }
                  return x.dtype().integer() ? x : e.emit1(op, x);
                }));
  }

  /// Returns whether a number is finite, both parts of a complex one; integers are.
  private static Val.Array finite(Elaboration e, Val.Array x) {
    if (x.dtype().complex()) {
      return e.emit1(
          Bits.AND,
          e.emit1(new IsFinite(), e.emit1(ComplexPart.REAL, x)),
          e.emit1(new IsFinite(), e.emit1(ComplexPart.IMAG, x)));
    }
    return x.dtype().inexact() ? e.emit1(new IsFinite(), x) : e.emit1(Compare.EQ, x, x);
  }

  /// Rounds to that many decimals, ties to even: x · 10ᵈ is rounded, and divided again.
  private static Val round(Elaboration e, Intrinsic.Args args) {
    long decimals = Statics.integer(e, args, "decimals");
    return numeric(
        e,
        args,
        x -> {
          if (x.dtype().complex()) {
            throw badDType(e, args, x, "it is defined for real numbers");
          }
          if (x.dtype().integer() || decimals == 0) {
            return x.dtype().integer() ? x : e.emit1(Rounding.ROUND, x);
          }
          Val.Array factor =
              Operands.stretch(
                  e,
                  Operands.constant(e, new Val.Real(Math.pow(10, decimals)), x.dtype(), args.at()),
                  x.type().dims());
          Val.Array rounded = e.emit1(Rounding.ROUND, e.emit1(Arithmetic.MULTIPLY, x, factor));
          return e.emit1(Arithmetic.DIVIDE, rounded, factor);
        });
  }

  private static Val numeric(Elaboration e, Intrinsic.Args args, One body) {
    Val.Array x = Statics.array(e, args, "x");
    if (!x.dtype().numeric()) {
      throw badDType(e, args, x, "convert: `i32(x)`");
    }
    return body.apply(x);
  }

  private static Intrinsic bits(String signature, Op op) {
    return Intrinsic.of(
        signature,
        (e, args) -> {
          Val.Array x = Statics.array(e, args, "x");
          if (!x.dtype().integer()) {
            throw badDType(e, args, x, "");
          }
          return e.emit1(op, x);
        });
  }

  private static Operands.Unified together(
      Elaboration e, Operators.Site site, String what, Val x, Val y) {
    return Operands.together(
        e,
        site.at(),
        what,
        List.of(new Operands.Operand(x, site.left()), new Operands.Operand(y, site.right())));
  }

  private static Val extremum(Elaboration e, Operators.Site site, Extremum op, Val x, Val y) {
    String name = "`" + op.primitive() + "`";
    var operands = together(e, site, name, x, y);
    if (operands.arrays().getFirst().dtype().complex()) {
      throw e.fault(
          Diagnostic.error(
                  Code.BAD_DTYPE_FOR_OP,
                  site.at(),
                  name + " does not take " + operands.arrays().getFirst().type())
              .help("complex numbers have no order"));
    }
    Val.Array out = e.emit(op, operands.arrays()).getFirst();
    return new Val.Array(out.owner(), out.value(), operands.weak());
  }

  private static Val atan2(Elaboration e, Operators.Site site, Val x, Val y) {
    var operands = together(e, site, "`arctan2`", x, y);
    Val.Array first = operands.arrays().getFirst();
    if (first.dtype().complex() || first.dtype().isBool()) {
      throw e.fault(Code.BAD_DTYPE_FOR_OP, site.at(), "`arctan2` does not take " + first.type());
    }
    var reals =
        operands.arrays().stream()
            .map(a -> a.dtype().integer() ? e.emit1(new Convert(DType.F32), a) : a)
            .toList();
    return e.emit(ElementaryPair.ATAN2, reals).getFirst();
  }

  private static Val complex(Elaboration e, Operators.Site site, Val x, Val y) {
    var operands = together(e, site, "`complex`", x, y);
    Val.Array first = operands.arrays().getFirst();
    if (first.dtype() != DType.F32 && first.dtype() != DType.F64 && !first.dtype().integer()) {
      throw e.fault(
          Diagnostic.error(
                  Code.BAD_DTYPE_FOR_OP, site.at(), "`complex` does not take " + first.type())
              .help("the parts of c64 are f32, of c128 f64"));
    }
    var reals =
        operands.arrays().stream()
            .map(a -> a.dtype().integer() ? e.emit1(new Convert(DType.F32), a) : a)
            .toList();
    return e.emit(ComplexPart.COMPLEX, reals).getFirst();
  }

  private static Intrinsic part(String signature, ComplexPart op) {
    return Intrinsic.of(
        signature,
        (e, args) ->
            numeric(
                e,
                args,
                x ->
                    x.dtype().complex()
                        ? e.emit1(op, x)
                        : op == ComplexPart.REAL ? x : Operators.fill(e, x, 0)));
  }

  private static Val where(Elaboration e, Intrinsic.Args args) {
    Val.Array condition = Statics.array(e, args, "condition");
    Val x = args.get("x");
    Val y = args.get("y");
    return Operands.pliable(
        e,
        where(e, args, condition, x, y),
        List.of(x, y),
        typed -> where(e, args, condition, typed.get(0), typed.get(1)));
  }

  private static Val where(Elaboration e, Intrinsic.Args args, Val.Array condition, Val x, Val y) {
    if (!condition.dtype().isBool()) {
      throw e.fault(
          Diagnostic.error(
                  Code.BAD_DTYPE_FOR_OP,
                  args.span("condition"),
                  "the condition of `where` is bool, not " + condition.type())
              .help("compare: `x != 0`"));
    }
    var values =
        Operands.unify(
            e,
            args.at(),
            "`where`",
            List.of(
                new Operands.Operand(x, args.span("x")), new Operands.Operand(y, args.span("y"))));
    var all = new ArrayList<Val.Array>();
    all.add(condition);
    all.addAll(values.arrays());
    var wide =
        Operands.broadcast(
            e,
            args.at(),
            "`where`",
            all,
            List.of(args.span("condition"), args.span("x"), args.span("y")));
    Val.Array out = e.emit(new Select(), wide).getFirst();
    return new Val.Array(out.owner(), out.value(), values.weak());
  }
}
