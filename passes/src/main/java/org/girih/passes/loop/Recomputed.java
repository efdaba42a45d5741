package org.girih.passes.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.girih.ir.program.Equation;
import org.girih.ir.type.Value;
import org.girih.passes.rebuild.BlockCopy;

/// The part of a forward loop's body that another loop does again: what that loop has to take for
/// it, and the equations in its body.
public final class Recomputed {
  private final ForwardLoop loop;
  private final ForwardLoop.Needs needs;

  /// Values of the forward body that come as constants, and those that come as slices.
  private final List<Value> constants = new ArrayList<>();

  private final List<Value> slices = new ArrayList<>();
  private final Value[] now;

  public Recomputed(ForwardLoop loop, ForwardLoop.Needs needs) {
    this.loop = loop;
    this.needs = needs;
    this.now = new Value[loop.body.ids()];
  }

  /// Adds what the caller hands over.
  ///
  /// @param stacks of carries, by their numbers
  public void operands(
      BlockCopy copy, Map<Integer, Value> stacks, List<Value> fixed, List<Value> arrays) {
    int own = loop.scan.constants();
    List<Value> operands = copy.now(loop.equation.operands());
    List<Value> results = copy.now(loop.equation.results());
    for (Value param : needs.params()) {
      int at = loop.body.params().indexOf(param);
      int carry = loop.carry(param);
      if (at < own) {
        constants.add(param);
        fixed.add(operands.get(at));
      } else if (at > own) {
        slices.add(param);
        arrays.add(
            carry < 0
                ? operands.get(at - 1)
                : loop.stackOf(param).map(results::get).orElseGet(() -> stacks.get(carry)));
      }
    }
    for (int result : needs.kept()) {
      slices.add(loop.body.results().get(result));
      arrays.add(results.get(result));
    }
  }

  /// Makes parameters of the constants.
  public void constants(BlockCopy copy) {
    constants.forEach(value -> now[value.id()] = copy.param(value.type()));
  }

  /// Makes parameters of the slices.
  public void slices(BlockCopy copy) {
    slices.forEach(value -> now[value.id()] = copy.param(value.type()));
  }

  /// Puts the equations into the body.
  ///
  /// @param round the iteration's number
  public void compute(BlockCopy copy, Value round) {
    now[loop.body.params().get(loop.scan.constants()).id()] = round;
    needs.equations().stream()
        .forEach(
            i -> {
              Equation equation = loop.body.equations().get(i);
              List<Value> results =
                  copy.append(
                      equation.op(),
                      equation.operands().stream().map(x -> now[x.id()]).toList(),
                      equation.results().stream().map(Value::type).toList(),
                      equation.origin());
              for (int r = 0; r < results.size(); r++) {
                Value old = equation.results().get(r);
                if (now[old.id()] == null) {
                  now[old.id()] = results.get(r); // Or it is a slice.
                }
              }
            });
  }

  /// Returns the value that replaces a result of the forward body.
  public Value result(int number) {
    return now[loop.body.results().get(number).id()];
  }
}
