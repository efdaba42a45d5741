package org.girih.cli.docs.tiny;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/// A function of the IR: equations in order, each operand a parameter or an earlier result.
record Func(List<Value> params, List<Equation> equations, Value result) {
  /// An array of `f32`: a scalar, or a vector of a size.
  record Type(Optional<Integer> size) {
    static final Type SCALAR = new Type(Optional.empty());

    @Override
    public String toString() {
      return "f32[" + size.map(Object::toString).orElse("") + "]";
    }
  }

  record Value(int id, Type type) {}

  record Equation(Value result, Op op, List<Value> operands) {}

  /// Collects equations. Values are numbered in order, each is assigned once.
  static final class Builder {
    private final List<Value> params = new ArrayList<>();
    private final List<Equation> equations = new ArrayList<>();

    Value param(Type type) {
      var value = new Value(params.size() + equations.size(), type);
      params.add(value);
      return value;
    }

    Value emit(Op op, Value... operands) {
      var in = List.of(operands);
      Type type = op.infer(in.stream().map(Value::type).toList());
      var value = new Value(params.size() + equations.size(), type);
      equations.add(new Equation(value, op, in));
      return value;
    }

    /// The number in each element.
    Value fill(double number, Type type) {
      Value one = emit(new Op.Constant(List.of(number), true));
      return type.size().map(n -> emit(new Op.Broadcast(n), one)).orElse(one);
    }

    /// The equations of a function, in place of a call.
    Value inline(Func f, List<Value> args) {
      var here = new HashMap<Value, Value>();
      for (int i = 0; i < args.size(); i++) {
        here.put(f.params().get(i), args.get(i));
      }
      for (Equation e : f.equations()) {
        here.put(
            e.result(), emit(e.op(), e.operands().stream().map(here::get).toArray(Value[]::new)));
      }
      return here.get(f.result());
    }

    Func build(Value result) {
      return new Func(params, equations, result);
    }
  }
}
