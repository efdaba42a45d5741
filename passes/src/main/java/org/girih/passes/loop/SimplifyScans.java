package org.girih.passes.loop;

import java.util.ArrayList;
import java.util.List;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.op.Call;
import org.girih.ir.op.Constant;
import org.girih.ir.op.Op;
import org.girih.ir.op.Reshape;
import org.girih.ir.op.Scan;
import org.girih.ir.op.While;
import org.girih.ir.program.Block;
import org.girih.ir.program.Equation;
import org.girih.ir.program.Func;
import org.girih.ir.program.Program;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Literal;
import org.girih.ir.type.Value;
import org.girih.passes.rebuild.BlockCopy;
import org.girih.passes.rebuild.FunctionVersions;
import org.girih.passes.rebuild.RewriteBudget;

/// Takes out of loops what their iterations do not need to carry, read or stack:
///
/// - a carry that no iteration changes becomes a constant, and its last value is its first;
/// - an array whose slices are all the same becomes a constant, and one that is read twice is read
///   once, as is a constant that is captured twice;
/// - a literal that is captured is put into the body, if no other equation names that;
/// - a stack of a constant is a broadcast, of the iteration's number an iota, of an array's slices
///   the array; what is stacked twice is stacked once;
/// - a scan of no iterations returns its first carries and empty stacks, one of one iteration is a
///   call; a `while` that is false from the start returns its first carry.
///
/// ```
/// func @body(%0: i32, %1: f32, %2: f32) -> (f32, f32, f32) {
///   %3: f32 = add %1 %2
///   return %3, %2, %2
/// }                                                     %1 changes, %2 does not and is stacked
/// %2: f32, %3: f32, %4: f32[9] = scan %0 %1 {body = @body, constants = 0, carries = 2, …}
///   ───▶
/// func @body(%0: f32, %1: i32, %2: f32) -> (f32) {
///   %3: f32 = add %2 %0
///   return %3
/// }
/// %2: f32 = scan %1 %0 {body = @body, constants = 1, carries = 1, …}
/// %3: f32[9] = broadcast %1 {dims = [9], axes = []}     and %1 replaces what was %3
/// ```
///
/// Valid since each value replaces one that has the same elements in every iteration. What a
/// counted scan does not reach is zero in its stacks, so those stay.
///
/// Limits: carries that only change places with equal ones stay. Carries and stacks that nothing
/// needs are `dead_code`'s.
public final class SimplifyScans {
  private static final String SUFFIX = ".simplified";

  private final FunctionVersions versions;
  private final RewriteBudget budget;

  private SimplifyScans(Program program, RewriteBudget budget) {
    this.versions = new FunctionVersions(program);
    this.budget = budget;
  }

  public static Program run(Program program, Diagnostics diagnostics) {
    return run(program, RewriteBudget.each("simplify_scans", program, 8), diagnostics);
  }

  public static Program run(Program program, RewriteBudget budget, Diagnostics diagnostics) {
    var pass = new SimplifyScans(program, budget);
    for (Func func : program.funcs().values()) {
      Block block = BlockCopy.changing(func.block(), pass::simpler);
      pass.versions.add(block == func.block() ? func : new Func(func.ref(), block));
    }
    budget.tell(diagnostics);
    return pass.versions.finish();
  }

  private boolean simpler(BlockCopy copy, Equation equation) {
    return equation.op() instanceof Scan scan
        ? scan(copy, equation, scan)
        : equation.op() instanceof While loop && loop(copy, equation, loop);
  }

  private boolean scan(BlockCopy copy, Equation equation, Scan scan) {
    long length = scan.length().known().orElse(-1L);
    List<Value> operands = copy.now(equation.operands());
    List<Value> in = operands.subList(scan.counted() ? 1 : 0, operands.size());
    if (length == 0) {
      for (int i = 0; i < equation.results().size(); i++) {
        Value result = equation.results().get(i);
        copy.replace(
            result,
            i < scan.carries()
                ? in.get(scan.constants() + i)
                : one(copy, new Constant(Literal.of(result.type(), 0)), result.type(), equation));
      }
      return true;
    }
    if (length == 1 && !scan.counted()) {
      once(copy, equation, scan, in);
      return true;
    }
    return new LoopShape(versions, copy, equation, scan, operands).simplify(budget, SUFFIX);
  }

  /// Emits the only iteration, as a call.
  private void once(BlockCopy copy, Equation equation, Scan scan, List<Value> in) {
    Block body = versions.block(scan.body());
    var operands = new ArrayList<>(in.subList(0, scan.constants()));
    var i32 = ArrayType.scalar(DType.I32);
    operands.add(one(copy, new Constant(Literal.i32(0)), i32, equation));
    int arrays = scan.constants() + scan.carries();
    operands.addAll(in.subList(scan.constants(), arrays));
    for (Value array : in.subList(arrays, in.size())) {
      List<Dim> dims = array.type().dims().subList(1, array.type().rank());
      operands.add(one(copy, new Reshape(dims), array.type().withDims(dims), equation, array));
    }
    List<Value> results =
        copy.append(new Call(scan.body()), operands, body.resultTypes(), equation.origin());
    for (int i = 0; i < results.size(); i++) {
      Value old = equation.results().get(i);
      copy.replace(
          old,
          i < scan.carries()
              ? results.get(i)
              : one(copy, new Reshape(old.type().dims()), old.type(), equation, results.get(i)));
    }
  }

  private boolean loop(BlockCopy copy, Equation equation, While loop) {
    List<Value> operands = copy.now(equation.operands());
    Block condition = versions.block(loop.condition());
    if (loop.max().orElse(1) == 0 || isFalse(condition)) {
      for (int i = 0; i < equation.results().size(); i++) {
        copy.replace(equation.results().get(i), operands.get(loop.constants() + i));
      }
      return true;
    }
    return new LoopShape(versions, copy, equation, loop, operands).simplify(budget, SUFFIX);
  }

  private static boolean isFalse(Block condition) {
    Value result = condition.results().getFirst();
    return condition.equations().stream()
        .anyMatch(
            e ->
                e.results().contains(result)
                    && e.op() instanceof Constant(Literal literal)
                    && literal.element(0)[0] == 0);
  }

  private static Value one(BlockCopy copy, Op op, ArrayType type, Equation of, Value... operands) {
    return copy.append(op, List.of(operands), List.of(type), of.origin()).getFirst();
  }
}
