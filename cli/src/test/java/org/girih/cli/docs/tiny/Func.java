package org.girih.cli.docs.tiny;

import static java.util.stream.Collectors.toMap;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// A function of the IR: equations in order, each operand a parameter or an earlier result.
record Func(List<Value> params, List<Equation> equations, Value result) {
  /// An array of `f32`.
  ///
  /// @param dims none for a scalar, the size of a vector
  record Value(int id, List<Integer> dims) {}

  record Equation(Value result, Op op, List<Value> operands) {}

  /// What is found by each of some keys, in order.
  static <K, V> Map<K, V> zip(List<K> keys, List<V> values) {
    return IntStream.range(0, keys.size()).boxed().collect(toMap(keys::get, values::get));
  }

  /// Collects equations. Values are numbered in order, each is assigned once.
  static final class Builder {
    private final List<Value> params = new ArrayList<>();
    private final List<Equation> equations = new ArrayList<>();

    Value param(List<Integer> dims) {
      params.add(new Value(params.size() + equations.size(), dims));
      return params.getLast();
    }

    Value emit(Op op, Value... operands) {
      var in = List.of(operands);
      List<Integer> dims = op.infer(in.stream().map(Value::dims).toList());
      equations.add(new Equation(new Value(params.size() + equations.size(), dims), op, in));
      return equations.getLast().result();
    }

    /// The same, or the scalar in each element of a vector.
    Value stretch(Value x, List<Integer> dims) {
      return x.dims().size() < dims.size() ? emit(new Op.Broadcast(dims), x) : x;
    }

    Value fill(double number, List<Integer> dims) {
      return stretch(emit(new Op.Constant(List.of(number), List.of())), dims);
    }

    /// An equation again, of what its operands are here.
    void copy(Equation e, Map<Value, Value> here) {
      var in = e.operands().stream().map(here::get).toArray(Value[]::new);
      here.put(e.result(), emit(e.op(), in));
    }

    /// The equations of a function, in place of a call.
    Value inline(Func f, List<Value> args) {
      var here = new HashMap<>(zip(f.params(), args));
      f.equations().forEach(e -> copy(e, here));
      return here.get(f.result());
    }

    Func build(Value result) {
      return new Func(params, equations, result);
    }
  }
}
