package org.girih.passes.loop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.girih.ir.op.Barrier;
import org.girih.ir.op.Constant;
import org.girih.ir.op.Convert;
import org.girih.ir.op.FuncRef;
import org.girih.ir.op.Iota;
import org.girih.ir.op.Op;
import org.girih.ir.op.Reshape;
import org.girih.ir.program.Block;
import org.girih.ir.program.Equation;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Value;
import org.girih.passes.rebuild.Effects;

/// Finds what in a function depends on some of its parameters only, the fixed ones, and which of
/// that is worth being handed over by the caller instead of being computed in the function.
///
/// What is cheap to compute again is not handed over where it would take memory meanwhile: numbers
/// of nothing (constants, iotas, masks of iotas), and cheap ops whose results are larger than what
/// they are made of, or larger than [#SMALL]. Those are computed on both sides where both need
/// them.
public final class Invariants {
  /// Bytes of a cheap result that is handed over at most.
  public static final long SMALL = 1 << 16;

  private enum Kind {
    /// Differs from call to call.
    VARIANT,
    /// Fixed, and made of nothing: cheap to make again.
    FREE,
    /// Fixed, cheap to make again from what is handed over, and large.
    CHEAP,
    /// Fixed, and worth being handed over.
    HELD
  }

  private final Block block;
  private final Kind[] kinds;
  private final Equation[] definedBy;
  private final List<Value> handed;
  private final Effects effects;

  /// @param fixed how many leading parameters are fixed
  /// @param movable which functions an equation may name if it is to be moved
  /// @param effects which equations stay where they are
  public Invariants(Block block, int fixed, Predicate<FuncRef> movable, Effects effects) {
    this.effects = effects;
    this.block = block;
    this.kinds = new Kind[block.ids()];
    this.definedBy = new Equation[block.ids()];
    Arrays.fill(kinds, Kind.VARIANT);
    for (Value param : block.params().subList(0, fixed)) {
      kinds[param.id()] = Kind.HELD;
    }
    for (Equation equation : block.equations()) {
      Kind kind = kind(equation, movable);
      for (Value result : equation.results()) {
        kinds[result.id()] = kind;
        definedBy[result.id()] = equation;
      }
    }
    this.handed = handedOver();
  }

  private Kind kind(Equation equation, Predicate<FuncRef> movable) {
    Op op = equation.op();
    if (op instanceof Constant || op instanceof Iota) {
      return Kind.FREE;
    }
    boolean free = true;
    boolean held = false;
    long largest = 0;
    for (Value operand : equation.operands()) {
      Kind kind = kinds[operand.id()];
      if (kind == Kind.VARIANT) {
        return Kind.VARIANT;
      }
      free &= kind == Kind.FREE;
      held |= kind == Kind.HELD;
      largest = kind == Kind.HELD ? Math.max(largest, bytes(operand.type())) : largest;
    }
    if (effects.in(op)
        || op instanceof Barrier
        || op.lanes().isPresent()
        || !op.callees().stream().allMatch(movable)) {
      return Kind.VARIANT;
    }
    boolean cheap = op instanceof Op.Plain plain && plain.cheap() || op instanceof Convert;
    if (!cheap) {
      return Kind.HELD;
    }
    if (free) {
      return Kind.FREE;
    }
    long bytes = equation.results().stream().mapToLong(r -> bytes(r.type())).sum();
    return held && bytes <= largest && bytes <= SMALL && !(op instanceof Reshape)
        ? Kind.HELD
        : Kind.CHEAP;
  }

  private static long bytes(ArrayType type) {
    return type.elements().known().orElse(Long.MAX_VALUE / 64) * type.dtype().bytes();
  }

  /// Returns the fixed results of equations that what differs asks for, by id.
  private List<Value> handedOver() {
    var needed = new boolean[block.ids()];
    block.results().forEach(r -> needed[r.id()] = true);
    var out = new ArrayList<Value>();
    for (Equation equation : block.equations().reversed()) {
      boolean effect = effects.in(equation.op());
      if (effect || isNeeded(needed, equation)) {
        if (!effect && kinds[equation.results().getFirst().id()] == Kind.HELD) {
          for (Value result : equation.results().reversed()) {
            if (needed[result.id()]) {
              out.add(result);
            }
          }
        } else {
          equation.operands().forEach(o -> needed[o.id()] = true);
        }
      }
    }
    return List.copyOf(out.reversed());
  }

  private static boolean isNeeded(boolean[] needed, Equation equation) {
    for (Value result : equation.results()) {
      if (needed[result.id()]) {
        return true;
      }
    }
    return false;
  }

  /// Returns what the caller hands over.
  public List<Value> handed() {
    return handed;
  }

  public List<ArrayType> handedTypes() {
    return handed.stream().map(Value::type).toList();
  }

  /// Returns the equations that compute some fixed values, in order.
  public List<Equation> computing(List<Value> values) {
    var needed = new boolean[block.ids()];
    values.forEach(v -> needed[v.id()] = true);
    var out = new ArrayList<Equation>();
    for (Equation equation : block.equations().reversed()) {
      if (isNeeded(needed, equation)) {
        out.add(equation);
        equation.operands().forEach(o -> needed[o.id()] = true);
      }
    }
    return List.copyOf(out.reversed());
  }

  /// Returns the equations that are left where some values are handed over.
  public List<Equation> without(List<Value> given) {
    var needed = new boolean[block.ids()];
    var there = new boolean[block.ids()];
    block.results().forEach(r -> needed[r.id()] = true);
    given.forEach(v -> there[v.id()] = true);
    var out = new ArrayList<Equation>();
    for (Equation equation : block.equations().reversed()) {
      boolean compute = effects.in(equation.op());
      for (Value result : equation.results()) {
        compute |= needed[result.id()] && !there[result.id()];
      }
      if (compute) {
        out.add(equation);
        equation.operands().forEach(o -> needed[o.id()] = true);
      }
    }
    return List.copyOf(out.reversed());
  }
}
