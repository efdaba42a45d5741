package org.girih.passes.interpreter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.girih.ir.op.Call;
import org.girih.ir.op.Checkpoint;
import org.girih.ir.op.Cond;
import org.girih.ir.op.CustomJvp;
import org.girih.ir.op.CustomLinear;
import org.girih.ir.op.CustomVjp;
import org.girih.ir.op.FuncRef;
import org.girih.ir.op.Op;
import org.girih.ir.op.Scan;
import org.girih.ir.op.Structured;
import org.girih.ir.op.Transform;
import org.girih.ir.op.While;
import org.girih.ir.program.Equation;
import org.girih.ir.program.Func;
import org.girih.ir.program.Program;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Literal;
import org.girih.ir.type.Value;
import org.girih.passes.scalar.Scalar;

/// Runs a well-typed program. Loops are loops; the Java stack grows with the depth of calls only.
public final class Interpreter {
  private final Program program;

  public Interpreter(Program program) {
    this.program = program;
  }

  /// The results of a function.
  public List<Tensor> run(FuncRef ref, List<Tensor> arguments) {
    Func func = program.func(ref);
    var values = new Tensor[func.block().ids()];
    for (int i = 0; i < arguments.size(); i++) {
      values[i] = arguments.get(i);
    }
    for (Equation equation : func.block().equations()) {
      List<Tensor> operands = equation.operands().stream().map(v -> values[v.id()]).toList();
      List<ArrayType> types = equation.results().stream().map(Value::type).toList();
      List<Tensor> results =
          switch (equation.op()) {
            case Structured op -> structured(op, types, operands);
            case Op.Plain op -> PlainOps.apply(op, types, operands);
            case Transform op -> throw new AssertionError(op.primitive() + " is not expanded");
          };
      for (int i = 0; i < results.size(); i++) {
        values[equation.results().get(i).id()] = results.get(i);
      }
    }
    return func.block().results().stream().map(v -> values[v.id()]).toList();
  }

  private List<Tensor> structured(Structured op, List<ArrayType> types, List<Tensor> in) {
    return switch (op) {
      case Call(FuncRef callee) -> run(callee, in);
      case Cond(FuncRef then, FuncRef otherwise) ->
          run(in.getFirst().whole(0) != 0 ? then : otherwise, in.subList(1, in.size()));
      case While loop -> loop(loop, in);
      case Scan scan -> scan(scan, types, in);
      case Checkpoint(FuncRef callee) -> run(callee, in);
      case CustomJvp(FuncRef callee, _, _) -> run(callee, in);
      case CustomVjp(FuncRef callee, _, _, _) -> run(callee, in);
      case CustomLinear linear ->
          throw new AssertionError(linear.primitive() + " computes nothing");
    };
  }

  private List<Tensor> loop(While loop, List<Tensor> in) {
    List<Tensor> constants = in.subList(0, loop.constants());
    List<Tensor> carry = in.subList(loop.constants(), in.size());
    for (int i = 0; i < loop.max().orElse(Integer.MAX_VALUE); i++) {
      var all = new ArrayList<>(constants);
      all.addAll(carry);
      if (run(loop.condition(), all).getFirst().whole(0) == 0) {
        break;
      }
      carry = run(loop.body(), all);
    }
    return carry;
  }

  private List<Tensor> scan(Scan scan, List<ArrayType> types, List<Tensor> all) {
    int length = Math.toIntExact(scan.length().known().orElseThrow());
    List<Tensor> in = all.subList(scan.counted() ? 1 : 0, all.size());
    int steps = scan.counted() ? Math.clamp(all.getFirst().whole(0), 0, length) : length;
    List<Tensor> constants = in.subList(0, scan.constants());
    List<Tensor> carry = in.subList(scan.constants(), scan.constants() + scan.carries());
    List<Tensor> arrays = in.subList(scan.constants() + scan.carries(), in.size());
    List<ArrayType> stackedTypes = types.subList(scan.carries(), types.size());
    var stacks = new ArrayList<Scalar[]>();
    for (ArrayType type : stackedTypes) {
      stacks.add(Tensor.of(Literal.of(type, 0)).elements());
    }
    for (int step = 0; step < steps; step++) {
      int at = scan.reverse() ? steps - 1 - step : step;
      var inputs = new ArrayList<>(constants);
      inputs.add(Tensor.i32(at));
      inputs.addAll(carry);
      arrays.forEach(array -> inputs.add(row(array, at)));
      List<Tensor> out = run(scan.body(), inputs);
      carry = out.subList(0, scan.carries());
      for (int i = 0; i < stacks.size(); i++) {
        Scalar[] row = out.get(scan.carries() + i).elements();
        System.arraycopy(row, 0, stacks.get(i), at * row.length, row.length);
      }
    }
    var results = new ArrayList<>(carry);
    for (int i = 0; i < stacks.size(); i++) {
      results.add(new Tensor(stackedTypes.get(i), stacks.get(i)));
    }
    return results;
  }

  private static Tensor row(Tensor array, int at) {
    ArrayType type = array.type().withDims(array.type().dims().subList(1, array.rank()));
    int size = Math.toIntExact(type.elements().known().orElseThrow());
    return new Tensor(type, Arrays.copyOfRange(array.elements(), at * size, (at + 1) * size));
  }
}
