package org.girih.passes.loop;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.girih.ir.op.Broadcast;
import org.girih.ir.op.Constant;
import org.girih.ir.program.Block;
import org.girih.ir.program.Equation;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Literal;
import org.girih.ir.type.Value;
import org.girih.passes.rewrite.DefiningEquations;

/// Finds what is the same in every iteration of one loop: of what the caller passes and of what the
/// body returns. Two answers of [#meaning] are equal only if the values are, in all iterations.
public final class LoopInvariants {
  /// A value of the loop that does not change: a literal, or what the caller has.
  public sealed interface Meaning {
    record Known(Literal literal) implements Meaning {}

    record Outer(Value value) implements Meaning {}
  }

  private final Block body;
  private final DefiningEquations caller;
  private final Equation[] definedBy;
  private final Map<Value, Meaning> params = new LinkedHashMap<>();

  /// @param constants what the caller passes for the leading parameters
  /// @param caller what defines the caller's values
  public LoopInvariants(Block body, List<Value> constants, DefiningEquations caller) {
    this.body = body;
    this.caller = caller;
    this.definedBy = new Equation[body.ids()];
    for (Equation equation : body.equations()) {
      equation.results().forEach(r -> definedBy[r.id()] = equation);
    }
    for (int i = 0; i < constants.size(); i++) {
      params.put(body.params().get(i), outer(constants.get(i)));
    }
  }

  /// Returns what a value of the caller is.
  public Meaning outer(Value value) {
    Optional<Literal> literal = caller.literal(value);
    return literal.isPresent() ? new Meaning.Known(literal.get()) : new Meaning.Outer(value);
  }

  /// Returns what each slice of an array of the caller is, if they are all the same.
  public Optional<Meaning> slice(Value array, ArrayType type) {
    Optional<Literal> splat = caller.splat(array);
    if (splat.isPresent()) {
      return Optional.of(new Meaning.Known(Literal.splat(type, splat.get().element(0))));
    }
    Equation made = caller.equation(array);
    return made != null
            && made.op() instanceof Broadcast(_, List<Integer> axes)
            && !axes.contains(0)
            && made.operands().getFirst().type().equals(type)
        ? Optional.of(outer(made.operands().getFirst()))
        : Optional.empty();
  }

  /// Takes note that a parameter has this meaning.
  public void param(Value param, Meaning meaning) {
    params.put(param, meaning);
  }

  /// Returns what a value of the body is in every iteration; empty if that is not known.
  public Optional<Meaning> meaning(Value value) {
    Meaning param = params.get(value);
    if (param != null) {
      return Optional.of(param);
    }
    Equation made = definedBy[value.id()];
    return made != null && made.op() instanceof Constant(Literal literal)
        ? Optional.of(new Meaning.Known(literal))
        : Optional.empty();
  }

  /// Finds the carries that no iteration changes: those that the body returns as they are, or
  /// replaces by what they were at first. One that is replaced by another is looked at after that
  /// one.
  ///
  /// @param carries their parameters; the body's leading results are their next values
  /// @param first what the caller passes
  /// @return for each whether it does not change; its parameter has a meaning then
  public boolean[] carries(List<Value> carries, List<Value> first) {
    var place = new LinkedHashMap<Value, Integer>();
    for (int i = 0; i < carries.size(); i++) {
      place.put(carries.get(i), i);
    }
    var steady = new boolean[carries.size()];
    var seen = new boolean[carries.size()];
    for (int start = 0; start < carries.size(); start++) {
      // The chain of carries each of which becomes the next one, up to one that was seen.
      var chain = new ArrayList<Integer>();
      for (Integer at = start; at != null && !seen[at]; ) {
        seen[at] = true;
        chain.add(at);
        Value next = body.results().get(at);
        at = next.equals(carries.get(at)) ? null : place.get(next);
      }
      for (int i : chain.reversed()) {
        Value next = body.results().get(i);
        Meaning meaning = outer(first.get(i));
        if (next.equals(carries.get(i)) || meaning(next).equals(Optional.of(meaning))) {
          steady[i] = true;
          params.put(carries.get(i), meaning);
        }
      }
    }
    return steady;
  }
}
