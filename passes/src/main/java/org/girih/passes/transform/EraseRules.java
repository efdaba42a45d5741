package org.girih.passes.transform;

import java.util.ArrayList;
import java.util.List;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.op.Builder;
import org.girih.ir.op.Call;
import org.girih.ir.op.Checkpoint;
import org.girih.ir.op.CustomJvp;
import org.girih.ir.op.CustomLinear;
import org.girih.ir.op.CustomVjp;
import org.girih.ir.op.FuncRef;
import org.girih.ir.op.IllTyped;
import org.girih.ir.op.Inference;
import org.girih.ir.op.IntegerPower;
import org.girih.ir.op.Op;
import org.girih.ir.op.StopGradient;
import org.girih.ir.program.Block;
import org.girih.ir.program.Equation;
import org.girih.ir.program.Func;
import org.girih.ir.program.Origin;
import org.girih.ir.program.Program;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Condition;
import org.girih.ir.type.Value;

/// Makes plain calls and multiplications of what only transformations asked about: rules,
/// checkpoints, stopped gradients, powers.
///
/// Before and after:
///
/// ```
/// %1: f32 = integer_power %0 {exponent = 3}        %1: f32 = multiply %0 %0
/// %2: f32 = stop_gradient %1                       %2: f32 = multiply %0 %1
/// %3: f32 = custom_jvp %2 {callee = @f, …}         %3: f32 = call %2 {callee = @f}
/// ```
public final class EraseRules {
  private EraseRules() {}

  /// Returns the program without them; reports a forward derivative that a `@vjp` rule cannot
  /// provide.
  public static Program run(Program program, Diagnostics diagnostics) {
    var funcs = new ArrayList<Func>();
    for (Func func : program.funcs().values()) {
      boolean plain = func.block().equations().stream().noneMatch(e -> isRule(e.op()));
      funcs.add(plain ? func : new Func(func.ref(), erase(func.block(), program, diagnostics)));
    }
    return program.withFuncs(funcs);
  }

  /// Returns whether only transformations ask about it.
  public static boolean isRule(Op op) {
    return op instanceof StopGradient
        || op instanceof IntegerPower
        || op instanceof Checkpoint
        || op instanceof CustomJvp
        || op instanceof CustomVjp
        || op instanceof CustomLinear;
  }

  /// A block without rules, under construction.
  private static final class Plain implements Builder, Inference {
    private final Program program;
    private final List<Equation> equations = new ArrayList<>();
    private Origin origin = Origin.NONE;
    private int next;

    Plain(Program program) {
      this.program = program;
    }

    @Override
    public Signature signature(FuncRef function) {
      return program.func(function).signature();
    }

    @Override
    public void unknown(Condition condition) {
      throw new IllTyped("undecided: " + condition);
    }

    @Override
    public List<Value> emit(Op op, List<Value> operands) {
      return add(op, operands, op.infer(this, operands.stream().map(Value::type).toList()));
    }

    private List<Value> add(Op op, List<Value> operands, List<ArrayType> types) {
      List<Value> results = types.stream().map(type -> new Value(next++, type)).toList();
      equations.add(new Equation(results, op, operands, origin));
      return results;
    }
  }

  private static Block erase(Block block, Program program, Diagnostics diagnostics) {
    var now = new Value[block.ids()];
    var plain = new Plain(program);
    for (Value param : block.params()) {
      now[plain.next++] = param;
    }
    for (Equation equation : block.equations()) {
      List<Value> operands = equation.operands().stream().map(o -> now[o.id()]).toList();
      Op op = equation.op();
      plain.origin = equation.origin();
      if (op instanceof CustomLinear) {
        forward(equation, diagnostics);
      }
      List<Value> results =
          switch (op) {
            case StopGradient _ -> operands;
            case IntegerPower power -> List.of(power.expand(plain, operands.getFirst()));
            case Op _ -> plain.add(called(op), operands, types(equation));
          };
      for (int i = 0; i < results.size(); i++) {
        now[equation.results().get(i).id()] = results.get(i);
      }
    }
    return new Block(
        block.params(), plain.equations, block.results().stream().map(r -> now[r.id()]).toList());
  }

  private static List<ArrayType> types(Equation equation) {
    return equation.results().stream().map(Value::type).toList();
  }

  private static Op called(Op op) {
    if (op instanceof Checkpoint(var callee)) {
      return new Call(callee);
    }
    if (op instanceof CustomJvp(var callee, _, _)) {
      return new Call(callee);
    }
    return op instanceof CustomVjp(var callee, _, _, _) ? new Call(callee) : op;
  }

  private static void forward(Equation equation, Diagnostics diagnostics) {
    var refusal = CustomLinear.forward();
    var diagnostic =
        equation
            .origin()
            .span()
            .map(at -> Diagnostic.error(refusal.code(), at, refusal.getMessage()))
            .orElseGet(() -> Diagnostic.error(refusal.code(), refusal.getMessage()));
    diagnostics.add(diagnostic.help(refusal.help()));
  }
}
