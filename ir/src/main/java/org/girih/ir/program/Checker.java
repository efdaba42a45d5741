package org.girih.ir.program;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.girih.ir.op.FuncRef;
import org.girih.ir.op.IllTyped;
import org.girih.ir.op.Inference;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Condition;
import org.girih.ir.type.Value;

/// Proves a program well-formed: operands defined before use, in the same function, with their own
/// types; ids dense; each equation's results as its op infers them; callees before callers; entries
/// that name each parameter and result. One loop over all equations, linear in their number.
///
/// Its limit: it proves that a program is well-typed, not that it computes what was meant.
public final class Checker {
  /// The first thing that is wrong.
  ///
  /// @param where the equation's place, if it has one
  /// @param message what is wrong; of an equation it begins with the op's name
  public record Problem(FuncRef func, Optional<Equation> where, String message) {
    @Override
    public String toString() {
      return func + (where.isPresent() ? ", " : ": ") + message;
    }
  }

  private final Map<FuncRef, Inference.Signature> signatures = new HashMap<>();

  private final Inference inference =
      new Inference() {
        @Override
        public Signature signature(FuncRef function) {
          var signature = signatures.get(function);
          require(signature != null, "%s is not defined before", function);
          return signature;
        }

        @Override
        public void unknown(Condition condition) {
          throw new IllTyped("undecided: " + condition);
        }
      };

  private Checker() {}

  /// Returns the first problem, if there is one.
  public static Optional<Problem> check(Program program) {
    var checker = new Checker();
    for (Func func : program.funcs().values()) {
      var problem = checker.check(func);
      if (problem.isPresent()) {
        return problem;
      }
      checker.signatures.put(func.ref(), func.signature());
    }
    for (Entry entry : program.entries()) {
      var signature = checker.signatures.get(entry.func());
      if (signature == null) {
        return Optional.of(
            new Problem(entry.func(), Optional.empty(), "an entry without function"));
      }
      if (signature.params().size() != entry.params().size()
          || signature.results().size() != entry.results().size()
          || new HashSet<>(entry.params()).size() != entry.params().size()) {
        return Optional.of(
            new Problem(entry.func(), Optional.empty(), "an entry with other parameters"));
      }
      var taken = new HashSet<Integer>();
      for (var each : entry.donated().entrySet()) {
        int param = each.getKey();
        int result = each.getValue();
        boolean fits =
            param >= 0
                && param < signature.params().size()
                && result >= 0
                && result < signature.results().size()
                && taken.add(result)
                && signature.params().get(param).equals(signature.results().get(result));
        if (!fits) {
          return Optional.of(
              new Problem(
                  entry.func(),
                  Optional.empty(),
                  "parameter " + param + " donated to result " + result));
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Problem> check(Func func) {
    Block block = func.block();
    Value[] defined = new Value[block.ids()];
    int next = 0;
    for (Value param : block.params()) {
      if (param.id() != next || !param.type().known()) {
        return problem(func, null, "parameter " + param + ": " + param.type());
      }
      defined[next++] = param;
    }
    for (Equation equation : block.equations()) {
      for (Value operand : equation.operands()) {
        if (!isDefined(defined, operand)) {
          return problem(func, equation, operand + ": " + operand.type() + " is not defined");
        }
      }
      if (equation.op().callees().contains(func.ref())) {
        return problem(func, equation, "calls itself");
      }
      List<ArrayType> types;
      try {
        types =
            equation.op().infer(inference, equation.operands().stream().map(Value::type).toList());
      } catch (IllTyped e) {
        return Optional.of(new Problem(func.ref(), Optional.of(equation), e.text(equation.op())));
      } catch (ArithmeticException e) {
        return problem(func, equation, e.getMessage());
      }
      List<ArrayType> given = equation.results().stream().map(Value::type).toList();
      if (!types.equals(given)) {
        return problem(func, equation, "expected " + types + ", got " + given);
      }
      for (Value result : equation.results()) {
        if (result.id() != next) {
          return problem(func, equation, "expected the id " + next + ", got " + result.id());
        }
        defined[next++] = result;
      }
    }
    for (Value result : block.results()) {
      if (!isDefined(defined, result)) {
        return problem(func, null, "result " + result + " is not defined");
      }
    }
    return Optional.empty();
  }

  private static boolean isDefined(Value[] defined, Value value) {
    return value.id() >= 0
        && value.id() < defined.length
        && defined[value.id()] != null
        && defined[value.id()].equals(value);
  }

  private static Optional<Problem> problem(Func func, Equation equation, String message) {
    String of = equation == null ? "" : equation.op().primitive() + ": ";
    return Optional.of(new Problem(func.ref(), Optional.ofNullable(equation), of + message));
  }
}
