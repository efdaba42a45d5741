package org.girih.grammar.elaborate.array;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Fault;
import org.girih.grammar.elaborate.core.FunctionTrace;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.source.Span;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Condition;
import org.girih.ir.type.DType;

/// The types of a loop's carry. A literal in the first carry takes the dtype that the body assigns
/// it: the body is tried with a guess (`i32`, `f32`) that yields to whatever it meets, until the
/// guess and the result agree. Nothing else may change from one iteration to the next.
public final class Carries {
  /// What paths begin with where the carry are the names that a loop of the host rebinds.
  public static final String HOST = "host";

  private Carries() {}

  /// The skeleton of the first carry: guesses for its literals.
  public static Val guess(Val first) {
    return Trees.map(
        first,
        leaf ->
            switch (leaf) {
              case Val.Array a when a.remake() != null -> new Val.Hole(a.type(), true);
              case Val.Array a -> Trees.hole(a);
              case Val.Int _, Val.Size _ -> new Val.Hole(ArrayType.scalar(DType.I32), true);
              case Val.Real _ -> new Val.Hole(ArrayType.scalar(DType.F32), true);
              case Val.Bool _ -> new Val.Hole(ArrayType.scalar(DType.BOOL), false);
              case Val other -> other;
            });
  }

  /// The skeleton without guesses: what is still one has its own dtype.
  public static Val settled(Val skeleton) {
    return Trees.map(
        skeleton,
        leaf ->
            leaf instanceof Val.Hole(var type, _, boolean key)
                ? new Val.Hole(type, false, key)
                : leaf);
  }

  public static boolean guessing(Val skeleton) {
    var found = new ArrayList<Val>();
    Trees.map(
        skeleton,
        leaf -> {
          if (leaf instanceof Val.Hole(_, boolean weak, _) && weak) {
            found.add(leaf);
          }
          return leaf;
        });
    return !found.isEmpty();
  }

  /// The next guess, given what the body made of the last one; equal to it where they agree.
  public static Val next(Elaboration e, Span at, Val carry, Val result, String path) {
    if (result instanceof Val.Poison) {
      throw new Fault.Poisoned();
    }
    return switch (carry) {
      case Val.Tuple(var items)
          when result instanceof Val.Tuple(var given) && given.size() == items.size() -> {
        var out = new ArrayList<Val>();
        for (int i = 0; i < items.size(); i++) {
          out.add(next(e, at, items.get(i), given.get(i), path + "." + i));
        }
        yield new Val.Tuple(out);
      }
      case Val.Record(var fields)
          when result instanceof Val.Record(var given)
              && given.keySet().equals(fields.keySet()) -> {
        var out = new TreeMap<String, Val>();
        fields.forEach((n, f) -> out.put(n, next(e, at, f, given.get(n), path + "." + n)));
        yield new Val.Record(out);
      }
      case Val.Sum own when result instanceof Val.Sum given && given.type() == own.type() ->
          Sums.join(
              own,
              given,
              (a, b) -> next(e, at, a, b, path),
              a -> settled(guess(Trees.skeleton(a))));
      case Val.Hole hole when hole.key() || result instanceof Val.Array a && a.key() != null -> {
        boolean same =
            hole.key()
                && result instanceof Val.Array a
                && a.key() != null
                && sameDims(e, hole.type(), a.type());
        if (!same) {
          throw changes(e, at, path, hole, result);
        }
        yield hole;
      }
      case Val.Hole(var type, boolean weak, _) -> leaf(e, at, type, weak, result, path);
      case Val.Tuple _, Val.Record _, Val.Sum _, Val.Array _, Val.Num _ ->
          throw changes(e, at, path, carry, result);
      case Val.Bool _, Val.Str _, Val.None _, Val.Dots _, Val.Type _, Val.Fn _ -> {
        if (carry.equals(result)) {
          yield carry;
        }
        throw carry instanceof Val.Fn
            ? e.fault(
                Diagnostic.error(
                        Code.FUNCTION_AS_VALUE, at, "a loop cannot carry a function that changes")
                    .help("a loop over a tuple is unrolled, and may"))
            : changes(e, at, path, carry, result);
      }
      case Val.Namespace _, Val.Poison _ -> throw changes(e, at, path, carry, result);
    };
  }

  private static Val leaf(
      Elaboration e, Span at, ArrayType type, boolean weak, Val result, String path) {
    Val hole = new Val.Hole(type, weak);
    if (result instanceof Val.Num number) {
      boolean real = number instanceof Val.Real;
      if (type.isScalar() && (real ? type.dtype().inexact() : type.dtype().numeric())) {
        return hole;
      }
      if (weak && real && type.isScalar()) {
        return new Val.Hole(type.withDType(DType.F32), true);
      }
      throw changes(e, at, path, hole, result);
    }
    if (result instanceof Val.Bool && type.equals(ArrayType.scalar(DType.BOOL))) {
      return hole;
    }
    if (!(result instanceof Val.Array a) || !sameDims(e, type, a.type())) {
      throw changes(e, at, path, hole, result);
    }
    if (a.dtype() == type.dtype()) {
      return new Val.Hole(type, weak && a.weak());
    }
    boolean yields = weak && (type.dtype().inexact() ? a.dtype().inexact() : a.dtype().numeric());
    if (yields) {
      return new Val.Hole(type.withDType(a.dtype()), a.weak());
    }
    if (a.weak() && (a.dtype().inexact() ? type.dtype().inexact() : type.dtype().numeric())) {
      return hole;
    }
    throw changes(e, at, path, hole, result);
  }

  private static Fault changes(Elaboration e, Span at, String path, Val carry, Val result) {
    if (path.startsWith(HOST)) {
      String name = path.substring(HOST.length() + 1);
      return e.fault(
          Diagnostic.error(
                  Code.CARRY_CHANGES,
                  at,
                  "the loop rebinds `"
                      + name
                      + "`, which is "
                      + Trees.describe(carry)
                      + " before it, as "
                      + Trees.describe(result))
              .help(
                  "a `let` in a loop keeps the type: give `"
                      + name
                      + "` that type before, convert, or take another name"));
    }
    String which = path.isEmpty() ? "the carry" : "part `" + path.substring(1) + "` of the carry";
    return e.fault(
        Diagnostic.error(
                Code.CARRY_CHANGES,
                at,
                which
                    + " begins as "
                    + Trees.describe(carry)
                    + ", and the body gives "
                    + Trees.describe(result))
            .help("give the first carry the type that the body gives, or convert in the body"));
  }

  /// Returns whether dims agree; what is open becomes a condition.
  public static boolean sameDims(Elaboration e, ArrayType a, ArrayType b) {
    if (a.rank() != b.rank()) {
      return false;
    }
    for (int i = 0; i < a.rank(); i++) {
      switch (a.dim(i).equalTo(b.dim(i))) {
        case YES -> {}
        case NO -> {
          return false;
        }
        case UNKNOWN -> e.condition(Condition.equal(a.dim(i), b.dim(i)));
      }
    }
    return true;
  }

  /// Parameters of a body for the leaves of a skeleton, in place.
  public static Val params(FunctionTrace trace, Val skeleton) {
    return Trees.map(skeleton, leaf -> leaf instanceof Val.Hole hole ? trace.param(hole) : leaf);
  }

  /// The arrays of a value that has the skeleton's tree.
  public static List<Val.Array> arrays(Elaboration e, Val val, Val skeleton, Span at) {
    return Trees.arrays(BranchJoin.convert(e, val, skeleton, at));
  }
}
