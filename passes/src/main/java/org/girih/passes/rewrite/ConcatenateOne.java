package org.girih.passes.rewrite;

import java.util.List;
import java.util.Optional;
import org.girih.ir.op.Concatenate;
import org.girih.ir.program.Equation;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Value;

/// A concatenation of one array is that array; operands of size 0 along the axis add nothing.
///
/// ```
/// %2: f32[3] = concatenate %0 %1 {axis = 0}  with %1: f32[0]  ───▶  %0
/// ```
final class ConcatenateOne implements Rewrite {
  @Override
  public Optional<Step> apply(Equation equation, Context context) {
    if (!(equation.op() instanceof Concatenate(int axis))) {
      return Optional.empty();
    }
    List<Value> in = equation.operands();
    if (in.size() == 1) {
      return Rewrite.is(in.getFirst());
    }
    List<Value> some = in.stream().filter(v -> !v.type().dim(axis).equals(Dim.of(0))).toList();
    if (some.size() == in.size()) {
      return Optional.empty();
    }
    return Optional.of(new Step.Becomes(equation.op(), some.isEmpty() ? in.subList(0, 1) : some));
  }
}
