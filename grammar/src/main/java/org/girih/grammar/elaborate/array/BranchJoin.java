package org.girih.grammar.elaborate.array;

import java.util.ArrayList;
import java.util.TreeMap;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Fault;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.source.Span;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;

/// Joins two values that are one at run time: what the branches of an `if` yield. Their trees must
/// be equal; literals take the dtype of the other side; static values that are equal stay static.
public final class BranchJoin {
  private BranchJoin() {}

  /// The common skeleton.
  public static Val join(Elaboration e, Span at, String what, Val a, Span aAt, Val b, Span bAt) {
    if (a instanceof Val.Poison || b instanceof Val.Poison) {
      throw new Fault.Poisoned();
    }
    if (a instanceof Val.Tuple(var x) && b instanceof Val.Tuple(var y) && x.size() == y.size()) {
      var items = new ArrayList<Val>();
      for (int i = 0; i < x.size(); i++) {
        items.add(join(e, at, what, x.get(i), aAt, y.get(i), bAt));
      }
      return new Val.Tuple(items);
    }
    if (a instanceof Val.Record(var x)
        && b instanceof Val.Record(var y)
        && x.keySet().equals(y.keySet())) {
      var fields = new TreeMap<String, Val>();
      x.forEach((name, v) -> fields.put(name, join(e, at, what, v, aAt, y.get(name), bAt)));
      return new Val.Record(fields);
    }
    if (Trees.isStatic(a) && a.equals(b)) {
      return a;
    }
    if (a instanceof Val.Sum x && b instanceof Val.Sum y && x.type() == y.type()) {
      return Sums.join(
          x,
          y,
          (p, q) -> join(e, at, what, p, aAt, q, bAt),
          p -> Carries.settled(Carries.guess(p)));
    }
    if (a instanceof Val.Fn || b instanceof Val.Fn) {
      throw e.fault(
          Diagnostic.error(
                  Code.FUNCTION_AS_VALUE,
                  at,
                  what + " give functions, chosen when the program runs")
              .label(aAt, Trees.describe(a))
              .label(bAt, Trees.describe(b))
              .help("choose inside: `x -> if c then f(x) else g(x)`"));
    }
    if (isKey(a) || isKey(b)) {
      boolean same =
          isKey(a)
              && isKey(b)
              && Carries.sameDims(e, ((Val.Array) a).type(), ((Val.Array) b).type());
      if (!same) {
        throw differ(e, at, what, a, aAt, b, bAt);
      }
      return Trees.hole((Val.Array) a);
    }
    DType da = dtype(a);
    DType db = dtype(b);
    if (da == null || db == null) {
      throw differ(e, at, what, a, aAt, b, bAt);
    }
    boolean strongA = a instanceof Val.Array x && !x.weak() || a instanceof Val.Bool;
    boolean strongB = b instanceof Val.Array y && !y.weak() || b instanceof Val.Bool;
    DType dtype = strongA ? da : strongB ? db : da.inexact() ? da : db;
    ArrayType shapeA = shape(a, dtype);
    ArrayType shapeB = shape(b, dtype);
    boolean fits =
        (strongA && strongB ? da == db : takes(da, strongA, dtype) && takes(db, strongB, dtype))
            && Carries.sameDims(e, shapeA, shapeB);
    if (!fits) {
      throw differ(e, at, what, a, aAt, b, bAt);
    }
    return new Val.Hole(
        shapeA,
        !strongA
            && !strongB
            && (a instanceof Val.Array p && p.guess() || b instanceof Val.Array q && q.guess()));
  }

  private static boolean isKey(Val val) {
    return val instanceof Val.Array a && a.key() != null;
  }

  private static boolean takes(DType own, boolean strong, DType dtype) {
    return strong ? own == dtype : own.inexact() ? dtype.inexact() : dtype.numeric();
  }

  private static Fault differ(
      Elaboration e, Span at, String what, Val a, Span aAt, Val b, Span bAt) {
    return e.fault(
        Diagnostic.error(
                Code.BRANCHES_DIFFER,
                at,
                what + " give " + Trees.describe(a) + " and " + Trees.describe(b))
            .label(aAt, Trees.describe(a))
            .label(bAt, Trees.describe(b)));
  }

  private static DType dtype(Val val) {
    return switch (val) {
      case Val.Array a -> a.dtype();
      case Val.Int _, Val.Size _ -> DType.I32;
      case Val.Real _ -> DType.F32;
      case Val.Bool _ -> DType.BOOL;
      case Val.Hole _, Val.Str _, Val.None _, Val.Dots _, Val.Type _, Val.Tuple _ -> null;
      case Val.Record _, Val.Sum _, Val.Fn _, Val.Namespace _, Val.Poison _ -> null;
    };
  }

  private static ArrayType shape(Val val, DType dtype) {
    return val instanceof Val.Array a ? a.type().withDType(dtype) : ArrayType.scalar(dtype);
  }

  /// The value with the leaves of the skeleton: literals as arrays where it has holes.
  public static Val convert(Elaboration e, Val val, Val skeleton, Span at) {
    return switch (skeleton) {
      case Val.Tuple(var items) -> {
        var parts = ((Val.Tuple) val).items();
        var out = new ArrayList<Val>();
        for (int i = 0; i < items.size(); i++) {
          out.add(convert(e, parts.get(i), items.get(i), at));
        }
        yield new Val.Tuple(out);
      }
      case Val.Record(var fields) when val instanceof Val.Record(var given) -> {
        var out = new TreeMap<String, Val>();
        fields.forEach((name, f) -> out.put(name, convert(e, given.get(name), f, at)));
        yield new Val.Record(out);
      }
      case Val.Sum sum -> Sums.convert(e, (Val.Sum) val, sum, at);
      case Val.Hole hole when hole.key() -> val;
      case Val.Hole(var type, boolean weak, _) -> leaf(e, val, type, weak, at);
      case Val.Array _, Val.Num _, Val.Bool _, Val.Str _, Val.None _, Val.Dots _ -> val;
      case Val.Type _, Val.Record _, Val.Fn _, Val.Namespace _, Val.Poison _ -> val;
    };
  }

  /// The value as an array of this dtype.
  public static Val.Array leaf(Elaboration e, Val val, ArrayType type, boolean weak, Span at) {
    Val.Array out =
        switch (val) {
          case Val.Num number -> Operands.constant(e, number, type.dtype(), at);
          case Val.Array a when a.dtype() != type.dtype() -> Operands.retyped(e, a, type.dtype());
          case Val other -> Operands.array(e, other, at);
        };
    return new Val.Array(out.owner(), out.value(), weak);
  }
}
