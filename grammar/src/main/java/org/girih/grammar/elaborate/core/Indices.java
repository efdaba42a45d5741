package org.girih.grammar.elaborate.core;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.girih.ir.op.Arithmetic;
import org.girih.ir.op.Broadcast;
import org.girih.ir.op.Constant;
import org.girih.ir.op.Convert;
import org.girih.ir.op.DynamicSlice;
import org.girih.ir.op.Iota;
import org.girih.ir.op.Reshape;
import org.girih.ir.op.Slice;
import org.girih.ir.program.Equation;
import org.girih.ir.type.DType;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Elements;
import org.girih.ir.type.Literal;
import org.girih.ir.type.Value;

/// Finds what is known of an integer of the run, read off the equations that compute it. Only what
/// cannot wrap around is taken apart.
public final class Indices {
  /// The position in an array of rank 1 that is spoken of.
  static final Symbol.Axis ALONG = new Symbol.Axis(OptionalLong.empty());

  /// At most this many equations are looked at.
  private int left = 100;

  private Indices() {}

  /// An integer; of an array with one axis its element at [#ALONG].
  public static Affine of(Val.Array array) {
    try {
      return new Indices().walk(array);
    } catch (ArithmeticException tooLarge) {
      return unknown(array);
    }
  }

  /// The element at a position of an array with one axis.
  public static Affine element(Val.Array array, Affine position) {
    try {
      return of(array).with(s -> s == ALONG ? position : null);
    } catch (ArithmeticException tooLarge) {
      return Affine.of(Symbol.Unknown.any());
    }
  }

  private static Affine unknown(Val.Array array) {
    FunctionTrace owner = array.owner();
    return Affine.of(
        array.rank() == 0
            ? new Symbol.Unknown(array, owner.number(), owner.depth())
            : Symbol.Unknown.any());
  }

  private Affine walk(Val.Array array) {
    if (!array.dtype().integer() || array.rank() > 1 || left-- <= 0) {
      return unknown(array);
    }
    FunctionTrace trace = array.owner();
    Affine out =
        trace
            .meaning(array.value())
            .or(() -> trace.definition(array.value()).flatMap(eq -> equation(trace, eq)))
            .orElseGet(() -> unknown(array));
    return fits(out, array) ? out : unknown(array);
  }

  /// Returns whether no value wraps around. Of what the run alone bounds, an i32 may: its wrapping
  /// is undone where the index that it yields is found to lie inside of an axis.
  private static boolean fits(Affine value, Val.Array array) {
    DType dtype = array.dtype();
    var range = range(value, array);
    if (range.isEmpty()) {
      return dtype == DType.I32
          || value.base() == 0 && value.terms().size() == 1 && value.terms().containsValue(1L);
    }
    int bits = Math.min(63, dtype.bits());
    boolean signed = dtype.kind() == DType.Kind.SIGNED;
    long high = signed ? (1L << (bits - 1)) - 1 : bits == 63 ? Long.MAX_VALUE : (1L << bits) - 1;
    return range.get().low() >= (signed ? -high - 1 : 0) && range.get().high() <= high;
  }

  private static Optional<Affine.Range> range(Affine value, Val.Array array) {
    OptionalLong length = array.rank() == 0 ? OptionalLong.of(1) : Axes.count(array.type().dim(0));
    return value.with(s -> s == ALONG ? Affine.of(new Symbol.Axis(length)) : null).range();
  }

  private Optional<Affine> equation(FunctionTrace trace, Equation eq) {
    return switch (eq.op()) {
      case Arithmetic op when op != Arithmetic.DIVIDE -> arithmetic(trace, op, eq);
      case Constant(Literal literal) when literal.isSplat() -> Optional.of(number(literal));
      case Iota(_, var dims, _) when dims.size() == 1 -> Optional.of(Affine.of(ALONG));
      case Convert _ ->
          Optional.of(operand(trace, eq, 0))
              .filter(a -> range(a, trace.array(eq.operands().getFirst())).isPresent());
      case Broadcast(_, var axes) when axes.isEmpty() -> Optional.of(operand(trace, eq, 0));
      case Reshape _ -> reshape(trace, eq);
      case Slice(var start, _, var stride) when start.size() == 1 && known(start.getFirst()) ->
          Optional.of(
                  Affine.of(ALONG)
                      .times(stride.getFirst())
                      .plus(Affine.of(start.getFirst().known().getAsLong())))
              .map(at -> operand(trace, eq, 0).with(s -> s == ALONG ? at : null));
      case DynamicSlice(var sizes) when sizes.equals(List.of(Dim.of(1))) -> {
        Val.Array from = trace.array(eq.operands().getFirst());
        Affine at = Affine.read(operand(trace, eq, 1), Axes.count(from.type().dim(0)), 1, "");
        yield at.reads().isEmpty()
            ? Optional.of(walk(from).with(s -> s == ALONG ? at : null))
            : Optional.empty();
      }
      default -> Optional.empty();
    };
  }

  private static boolean known(Dim dim) {
    return dim.known().isPresent();
  }

  private Affine operand(FunctionTrace trace, Equation eq, int i) {
    return walk(trace.array(eq.operands().get(i)));
  }

  private static Affine number(Literal literal) {
    ByteBuffer bytes = literal.bytes();
    byte[] element = new byte[bytes.remaining()];
    bytes.get(element);
    return Affine.of(
        new BigInteger(Elements.number(literal.type().dtype(), element).toString())
            .longValueExact());
  }

  private Optional<Affine> arithmetic(FunctionTrace trace, Arithmetic op, Equation eq) {
    Affine a = operand(trace, eq, 0);
    if (op == Arithmetic.NEGATE) {
      return Optional.of(a.times(-1));
    }
    Affine b = operand(trace, eq, 1);
    return switch (op) {
      case ADD -> Optional.of(a.plus(b));
      case SUBTRACT -> Optional.of(a.plus(b.times(-1)));
      case MULTIPLY ->
          a.isNumber()
              ? Optional.of(b.times(a.base()))
              : b.isNumber() ? Optional.of(a.times(b.base())) : Optional.empty();
      case NEGATE, DIVIDE -> Optional.empty();
    };
  }

  /// One element with and without an axis.
  private Optional<Affine> reshape(FunctionTrace trace, Equation eq) {
    Value from = eq.operands().getFirst();
    Value to = eq.result();
    if (from.type().equals(to.type()) || from.type().rank() == 0 && to.type().rank() == 1) {
      return Optional.of(operand(trace, eq, 0));
    }
    return from.type().rank() == 1 && to.type().rank() == 0
        ? Optional.of(operand(trace, eq, 0).with(s -> s == ALONG ? Affine.of(0) : null))
        : Optional.empty();
  }
}
