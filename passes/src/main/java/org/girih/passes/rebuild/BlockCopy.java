package org.girih.passes.rebuild;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiPredicate;
import org.girih.ir.op.Mask;
import org.girih.ir.op.Op;
import org.girih.ir.program.Block;
import org.girih.ir.program.Equation;
import org.girih.ir.program.Func;
import org.girih.ir.program.Origin;
import org.girih.ir.program.Program;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Value;
import org.girih.passes.rewrite.DefiningEquations;

/// A block that is being copied with changes: all or some parameters, then the equations that are
/// kept, their values numbered afresh. It knows for each old value what represents it now, and for
/// each new one what defines it.
public final class BlockCopy implements DefiningEquations {
  private final Block from;
  private final Value[] now;
  private final List<Equation> equations;
  private final List<Value> params = new ArrayList<>();
  private Equation[] definedBy;
  private int next;

  public BlockCopy(Block from) {
    this(from, Mask.all(from.params().size()));
  }

  /// @param kept which parameters it still has
  public BlockCopy(Block from, Mask kept) {
    this.from = from;
    this.now = new Value[from.ids()];
    this.equations = new ArrayList<>(from.equations().size());
    this.definedBy = new Equation[Math.max(16, from.ids())];
    for (Value param : kept.pick(from.params())) {
      params.add(fresh(param));
    }
  }

  /// Returns a block in which some equations become something else; the block itself if none does.
  ///
  /// @param changes puts what an equation becomes into the copy; false if it stays
  public static Block changing(Block block, BiPredicate<BlockCopy, Equation> changes) {
    var copy = new BlockCopy(block);
    boolean changed = false;
    for (Equation equation : block.equations()) {
      boolean other = changes.test(copy, equation);
      if (!other) {
        copy.keep(equation, equation.op(), copy.now(equation.operands()));
      }
      changed |= other;
    }
    return changed ? copy.finish() : block;
  }

  /// Returns a program in whose functions some equations become something else; the program itself
  /// if none does.
  ///
  /// @param changes as for one block
  public static Program changing(Program program, BiPredicate<BlockCopy, Equation> changes) {
    var funcs = new ArrayList<Func>(program.funcs().size());
    boolean changed = false;
    for (Func func : program.funcs().values()) {
      Block block = changing(func.block(), changes);
      changed |= block != func.block();
      funcs.add(block == func.block() ? func : new Func(func.ref(), block));
    }
    return changed ? program.withFuncs(funcs) : program;
  }

  /// Returns a copy without parameters so far: they come by [#param].
  public static BlockCopy bare(Block from) {
    return new BlockCopy(from, Mask.none(from.params().size()));
  }

  /// Returns a further parameter, before the first equation.
  public Value param(ArrayType type) {
    Value param = new Value(next++, type);
    params.add(param);
    return param;
  }

  private Value fresh(Value old) {
    Value fresh = old.id() == next ? old : new Value(next, old.type());
    next++;
    now[old.id()] = fresh;
    return fresh;
  }

  /// Returns the value that replaces an old one.
  public Value now(Value old) {
    return now[old.id()];
  }

  public List<Value> now(List<Value> old) {
    var values = new ArrayList<Value>(old.size());
    for (Value value : old) {
      values.add(now(value));
    }
    return values;
  }

  /// Replaces an old value by a new one.
  public void replace(Value old, Value by) {
    now[old.id()] = by;
  }

  /// Appends an old equation with this op and these new operands; its results have the types that
  /// they had.
  public Equation keep(Equation old, Op op, List<Value> operands) {
    return keep(old, op, operands, old.results());
  }

  /// Returns the same with some of the results.
  public Equation keep(Equation old, Op op, List<Value> operands, List<Value> kept) {
    var results = new ArrayList<Value>(kept.size());
    for (Value result : kept) {
      results.add(fresh(result));
    }
    return add(new Equation(results, op, operands, old.origin()));
  }

  /// Appends a new equation.
  public List<Value> append(Op op, List<Value> operands, List<ArrayType> types, Origin origin) {
    var results = new ArrayList<Value>(types.size());
    for (ArrayType type : types) {
      results.add(new Value(next++, type));
    }
    return add(new Equation(results, op, operands, origin)).results();
  }

  private Equation add(Equation equation) {
    equations.add(equation);
    if (next > definedBy.length) {
      definedBy = Arrays.copyOf(definedBy, 2 * next);
    }
    equation.results().forEach(r -> definedBy[r.id()] = equation);
    return equation;
  }

  @Override
  public Equation equation(Value value) {
    return value.id() < definedBy.length ? definedBy[value.id()] : null;
  }

  /// Returns the copy, whose results are those that replace the old ones.
  public Block finish() {
    return finish(from.results());
  }

  /// Returns the copy with some of the results.
  public Block finish(List<Value> kept) {
    return new Block(params, equations, now(kept));
  }
}
