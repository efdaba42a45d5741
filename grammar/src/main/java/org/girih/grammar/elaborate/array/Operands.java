package org.girih.grammar.elaborate.array;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.girih.grammar.elaborate.core.ArrayOrigin;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Fault;
import org.girih.grammar.elaborate.core.Remake;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.op.Broadcast;
import org.girih.ir.op.Constant;
import org.girih.ir.op.Convert;
import org.girih.ir.op.Reshape;
import org.girih.ir.source.Span;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Condition;
import org.girih.ir.type.DType;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Elements;
import org.girih.ir.type.Literal;

/// Prepares operands for an op: literals take the dtype that they meet, shapes are stretched as
/// NumPy stretches them.
public final class Operands {
  private Operands() {}

  /// An operand with the place that a message points to.
  public record Operand(Val val, Span at) {}

  /// Operands of one dtype.
  ///
  /// @param weak whether that dtype is only a guess
  public record Unified(List<Val.Array> arrays, boolean weak) {}

  /// The value as an array; a literal alone is `i32` or `f32`.
  public static Val.Array array(Elaboration e, Val val, Span at) {
    return switch (val) {
      case Val.Array a when a.key() != null ->
          throw e.fault(
              Diagnostic.error(Code.NOT_A_NUMBER, at, "expected a number or an array, got a key")
                  .help("draw numbers from it: `random.normal(key, shape)`"));
      case Val.Array a -> a;
      case Val.Int _, Val.Size _ -> constant(e, (Val.Num) val, DType.I32, at);
      case Val.Real r -> constant(e, r, DType.F32, at);
      case Val.Bool(boolean value) ->
          e.emit1(new Constant(Literal.of(ArrayType.scalar(DType.BOOL), value ? 1 : 0)));
      case Val.Poison _ -> throw new Fault.Poisoned();
      case Val.Fn _ ->
          throw e.fault(
              Diagnostic.error(
                      Code.FUNCTION_AS_VALUE,
                      at,
                      "expected a number or an array, got " + Trees.describe(val))
                  .help("call it: its result is what can be computed with"));
      case Val.Hole _, Val.Str _, Val.None _, Val.Dots _, Val.Type _ ->
          throw notAnArray(e, val, at);
      case Val.Tuple _, Val.Record _, Val.Sum _, Val.Namespace _ -> throw notAnArray(e, val, at);
    };
  }

  private static Fault notAnArray(Elaboration e, Val val, Span at) {
    var diagnostic =
        Diagnostic.error(
            Code.NOT_A_NUMBER, at, "expected a number or an array, got " + Trees.describe(val));
    return e.fault(
        val instanceof Val.Tuple
            ? diagnostic.help("`[a, b]` makes an array, `stack((a, b))` joins arrays")
            : diagnostic);
  }

  /// A literal as a scalar of the dtype.
  public static Val.Array constant(Elaboration e, Val.Num number, DType dtype, Span at) {
    if (number instanceof Val.Size(var dim)) {
      // Only a check for all sizes gets here: which number it is does not matter to the types.
      return e.emit1(new Constant(Literal.of(ArrayType.scalar(dtype), 1)));
    }
    Number value =
        switch (number) {
          case Val.Int(var integer) -> integer;
          case Val.Real(double real) -> real;
          case Val.Size _ -> 1;
        };
    if (!fits(value, dtype)) {
      String text = Trees.describe(number);
      var diagnostic =
          Diagnostic.error(
              Code.LITERAL_DOES_NOT_FIT,
              at,
              "the number " + text + " does not fit " + dtype.text());
      throw e.fault(
          value instanceof Double && dtype.integer()
              ? diagnostic.help("convert the integers: `f32(x)`")
              : diagnostic);
    }
    return e.emit1(new Constant(Literal.of(ArrayType.scalar(dtype), value)));
  }

  /// Returns whether a literal has the dtype: integers in range, reals only as floats, no finite
  /// number becomes infinite.
  static boolean fits(Number value, DType dtype) {
    return switch (dtype.kind()) {
      case BOOL -> false;
      case SIGNED -> value instanceof BigInteger i && i.bitLength() < dtype.bits();
      case UNSIGNED ->
          value instanceof BigInteger i && i.signum() >= 0 && i.bitLength() <= dtype.bits();
      case FLOAT, COMPLEX -> {
        double real = value.doubleValue();
        boolean finite = value instanceof BigInteger || Double.isFinite(real);
        Number rounded =
            Elements.number(dtype, Elements.of(dtype, value instanceof BigInteger ? real : value));
        yield !finite || Double.isFinite(rounded.doubleValue());
      }
    };
  }

  /// Returns whether a literal of this kind may take the dtype at all.
  private static boolean takes(boolean real, DType dtype) {
    return real ? dtype.inexact() : dtype.numeric();
  }

  /// Brings operands to one dtype.
  ///
  /// @param what the operation, for the message: "`+`"
  public static Unified unify(Elaboration e, Span at, String what, List<Operand> operands) {
    DType strong = null;
    Operand first = null;
    boolean real = false;
    for (Operand o : operands) {
      if (o.val instanceof Val.Array a && a.key() != null) {
        array(e, a, o.at);
      }
      if (o.val instanceof Val.Real
          || o.val instanceof Val.Array a && a.weak() && a.dtype().inexact()) {
        real = true;
      }
      if (o.val instanceof Val.Array a && !a.weak() || o.val instanceof Val.Bool) {
        DType dtype = o.val instanceof Val.Array a ? a.dtype() : DType.BOOL;
        if (strong == null) {
          strong = dtype;
          first = o;
        } else if (strong != dtype) {
          Optional<DType> both = withComplex(strong, dtype);
          if (both.isEmpty()) {
            throw mixed(e, at, what, first, strong, o, dtype);
          }
          strong = both.get();
        }
      }
    }
    boolean weak = strong == null;
    DType dtype = weak ? real ? DType.F32 : DType.I32 : strong;
    var out = new ArrayList<Val.Array>();
    for (Operand o : operands) {
      out.add(as(e, o, dtype, what, at, first));
    }
    return new Unified(
        out, weak && operands.stream().anyMatch(o -> o.val instanceof Val.Array a && a.guess()));
  }

  /// Returns the complex dtype of the two, if the other one is the dtype of its parts.
  private static Optional<DType> withComplex(DType a, DType b) {
    boolean single = a == DType.F32 && b == DType.C64 || a == DType.C64 && b == DType.F32;
    boolean twice = a == DType.F64 && b == DType.C128 || a == DType.C128 && b == DType.F64;
    return single ? Optional.of(DType.C64) : twice ? Optional.of(DType.C128) : Optional.empty();
  }

  private static Val.Array as(
      Elaboration e, Operand o, DType dtype, String what, Span at, Operand strong) {
    return switch (o.val) {
      case Val.Num number -> {
        if (!takes(number instanceof Val.Real, dtype)) {
          throw mixed(
              e, at, what, strong, dtype, o, number instanceof Val.Real ? DType.F32 : DType.I32);
        }
        yield constant(e, number, dtype, o.at);
      }
      case Val.Array a when a.dtype() != dtype -> {
        boolean real = !a.weak() && withComplex(a.dtype(), dtype).isPresent();
        if (!real && !takes(a.dtype().inexact(), dtype)) {
          throw mixed(e, at, what, strong, dtype, o, a.dtype());
        }
        yield retyped(e, a, dtype);
      }
      case Val other -> array(e, other, o.at);
    };
  }

  /// The array in another dtype; one of literals is computed again from them.
  static Val.Array retyped(Elaboration e, Val.Array array, DType dtype) {
    return array.remake() == null
        ? e.emit1(new Convert(dtype), array)
        : array.remake().as(e, dtype);
  }

  /// Returns the result of an operation so that it takes the dtype that it meets, if its operands
  /// are literals, or results of such operations.
  ///
  /// @param operands those whose dtype decides on that of the result
  /// @param again does the operation with other operands
  public static Val pliable(
      Elaboration e, Val result, List<Val> operands, Function<List<Val>, Val> again) {
    boolean literals =
        operands.stream()
            .allMatch(o -> o instanceof Val.Num || o instanceof Val.Array a && a.remake() != null);
    if (!literals
        || !(result instanceof Val.Array array)
        || !array.dtype().numeric()
        || array.dtype().complex()) {
      return result;
    }
    Span at = e.here();
    return array.by(
        new Remake(
            dtype -> {
              var typed = new ArrayList<Val>();
              for (Val operand : operands) {
                typed.add(
                    operand instanceof Val.Num number
                        ? constant(e, number, dtype, at)
                        : retyped(e, (Val.Array) operand, dtype));
              }
              return (Val.Array) again.apply(typed);
            }));
  }

  private static Fault mixed(
      Elaboration e, Span at, String what, Operand a, DType da, Operand b, DType db) {
    if (b.at.start() < a.at.start() && a.at.source() == b.at.source()) {
      return mixed(e, at, what, b, db, a, da);
    }
    boolean booleans = da == DType.BOOL || db == DType.BOOL;
    DType wide = da == DType.BOOL ? db : db == DType.BOOL ? da : wider(da, db);
    Operand narrow = wide == da ? b : a;
    String text = narrow.at.text();
    String shown = text.length() <= 20 && text.matches("[\\w.]+(\\[.*\\])?") ? text : "…";
    return e.fault(
        Diagnostic.error(
                Code.DTYPES_DIFFER,
                at,
                what
                    + " of "
                    + Trees.describe(a.val)
                    + " and "
                    + Trees.describe(b.val)
                    + ": dtypes never mix silently")
            .label(a.at, typeOf(a.val, da))
            .label(b.at, typeOf(b.val, db))
            .help(
                "convert one of them: `"
                    + wide.text()
                    + "("
                    + shown
                    + ")`"
                    + (booleans ? ", or choose with `where`" : rounded(da, db))));
  }

  /// Returns where to convert: digits that an operand lost in a narrower type do not come back.
  private static String rounded(DType a, DType b) {
    boolean floats = a.inexact() && b.inexact() && a.bits() != b.bits();
    return floats ? ", before it is rounded: `log(f64(2))`, not `f64(log(2))`" : "";
  }

  private static String typeOf(Val val, DType dtype) {
    return val instanceof Val.Array a ? a.type().toString() : dtype.text();
  }

  private static DType wider(DType a, DType b) {
    int byKind = Integer.compare(a.kind().ordinal(), b.kind().ordinal());
    int order = byKind != 0 ? byKind : Integer.compare(a.bits(), b.bits());
    return order >= 0 ? a : b;
  }

  /// Stretches arrays to their common dims, NumPy's rule: aligned at the last axis, a size 1 or a
  /// missing axis stretches.
  public static List<Val.Array> broadcast(
      Elaboration e, Span at, String what, List<Val.Array> arrays, List<Span> places) {
    List<Dim> dims = commonDims(e, at, what, arrays, places);
    e.at(at);
    return arrays.stream().map(a -> stretch(e, a, dims)).toList();
  }

  private static List<Dim> commonDims(
      Elaboration e, Span at, String what, List<Val.Array> arrays, List<Span> places) {
    int rank = arrays.stream().mapToInt(Val.Array::rank).max().orElse(0);
    var dims = new ArrayList<Dim>();
    boolean[] stretched = new boolean[arrays.size()];
    for (int i = 0; i < rank; i++) {
      Dim common = null;
      int from = -1;
      for (int k = 0; k < arrays.size(); k++) {
        int axis = i - (rank - arrays.get(k).rank());
        Dim dim = axis < 0 ? Dim.of(1) : arrays.get(k).type().dim(axis);
        if (dim.equals(Dim.of(1))) {
          continue;
        }
        if (common == null) {
          common = dim;
          from = k;
        } else {
          switch (common.equalTo(dim)) {
            case YES -> {}
            case UNKNOWN -> e.condition(Condition.equal(common, dim));
            case NO -> throw sizesDiffer(e, at, what, arrays, places, from, common, k, dim);
          }
        }
      }
      for (int k = 0; k < arrays.size(); k++) {
        int axis = i - (rank - arrays.get(k).rank());
        boolean one = axis < 0 || arrays.get(k).type().dim(axis).equals(Dim.of(1));
        stretched[k] |= one && common != null && arrays.get(k).rank() > 0;
      }
      dims.add(common == null ? Dim.of(1) : common);
    }
    // Axes of size 1 on both sides were written, by `newaxis` or `keepdims`; a missing one was not.
    if (arrays.size() == 2
        && stretched[0]
        && stretched[1]
        && arrays.get(0).rank() != arrays.get(1).rank()) {
      e.warn(
          Diagnostic.warning(
                  Code.BOTH_SIDES_STRETCHED,
                  at,
                  what
                      + " of "
                      + arrays.get(0).type()
                      + " and "
                      + arrays.get(1).type()
                      + " stretches both sides to "
                      + arrays.get(0).type().withDims(dims))
              .help("if that is meant, write the missing axis as `newaxis`"));
    }
    return dims;
  }

  private static Fault sizesDiffer(
      Elaboration e,
      Span at,
      String what,
      List<Val.Array> arrays,
      List<Span> places,
      int i,
      Dim a,
      int k,
      Dim b) {
    var diagnostic =
        Diagnostic.error(
                Code.SHAPES_DO_NOT_BROADCAST,
                at,
                what
                    + " of "
                    + arrays.get(i).type()
                    + " and "
                    + arrays.get(k).type()
                    + ": sizes "
                    + a
                    + " and "
                    + b
                    + " differ")
            .label(places.get(i), arrays.get(i).type().toString())
            .label(places.get(k), arrays.get(k).type().toString());
    return e.fault(ArrayOrigin.made(ArrayOrigin.made(diagnostic, arrays.get(i)), arrays.get(k)));
  }

  /// Stretches an array to dims that its own allow.
  public static Val.Array stretch(Elaboration e, Val.Array array, List<Dim> dims) {
    if (array.type().dims().equals(dims)) {
      return array;
    }
    int missing = dims.size() - array.rank();
    var kept = new ArrayList<Dim>();
    var axes = new ArrayList<Integer>();
    for (int i = 0; i < array.rank(); i++) {
      Dim dim = array.type().dim(i);
      if (!dim.equals(Dim.of(1)) || dims.get(missing + i).equals(Dim.of(1))) {
        kept.add(dim);
        axes.add(missing + i);
      }
    }
    Val.Array narrow = kept.size() == array.rank() ? array : e.emit1(new Reshape(kept), array);
    Val.Array wide = e.emit1(new Broadcast(dims, axes), narrow);
    return new Val.Array(wide.owner(), wide.value(), array.guess());
  }

  /// Brings operands to one dtype and one shape.
  public static Unified together(Elaboration e, Span at, String what, List<Operand> operands) {
    Unified unified = unify(e, at, what, operands);
    var places = operands.stream().map(Operand::at).toList();
    return new Unified(broadcast(e, at, what, unified.arrays, places), unified.weak);
  }
}
