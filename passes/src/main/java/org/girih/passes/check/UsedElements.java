package org.girih.passes.check;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import org.girih.ir.op.Absolute;
import org.girih.ir.op.Arithmetic;
import org.girih.ir.op.Bits;
import org.girih.ir.op.Builder;
import org.girih.ir.op.Call;
import org.girih.ir.op.Compare;
import org.girih.ir.op.Convert;
import org.girih.ir.op.Elementary;
import org.girih.ir.op.ElementaryPair;
import org.girih.ir.op.Extremum;
import org.girih.ir.op.FuncRef;
import org.girih.ir.op.IsFinite;
import org.girih.ir.op.Op;
import org.girih.ir.op.Select;
import org.girih.ir.program.Block;
import org.girih.ir.program.Equation;
import org.girih.ir.type.Value;

/// Finds which elements of a block's values anything asks for. `where(x > 0, log(x), 0)` asks for
/// those of `log(x)` that it chooses, and the same of what `log(x)` is computed from, place by
/// place. To test whether something is a NaN or finite is not to ask for it.
///
/// One walk from the back. What is behind a call, a loop or a move is asked for everywhere.
final class UsedElements {
  /// More choices than this count as all elements.
  private static final int MAX = 4;

  /// The elements for which a predicate, a scalar or of the dims of what it chooses from, has this
  /// truth.
  record Term(Value predicate, boolean truth) {}

  // By id: null is nowhere, the empty set everywhere.
  private final Set<Term>[] asked;

  @SuppressWarnings({"unchecked", "rawtypes"})
  private UsedElements(int ids) {
    this.asked = new Set[ids];
  }

  /// @param unused whether a function does not ask for a parameter
  static UsedElements of(Block block, BiPredicate<FuncRef, Integer> unused) {
    var chosen = new UsedElements(block.ids());
    block.results().forEach(r -> chosen.ask(r, Set.of()));
    for (Equation equation : block.equations().reversed()) {
      chosen.walk(equation, unused);
    }
    return chosen;
  }

  private void walk(Equation equation, BiPredicate<FuncRef, Integer> unused) {
    if (equation.results().stream().allMatch(r -> asked[r.id()] == null)) {
      return;
    }
    List<Value> xs = equation.operands();
    switch (equation.op()) {
      case Select _ -> {
        ask(xs.get(0), Set.of());
        boolean same = xs.get(1).equals(xs.get(2));
        ask(xs.get(1), same ? asked(equation) : Set.of(new Term(xs.get(0), true)));
        ask(xs.get(2), same ? asked(equation) : Set.of(new Term(xs.get(0), false)));
      }
      case IsFinite _ -> {}
      case Compare op when op == Compare.NE && xs.get(0).equals(xs.get(1)) -> {}
      case Arithmetic _, Elementary _, ElementaryPair _, Extremum _, Absolute _, Convert _ ->
          xs.forEach(x -> ask(x, asked(equation)));
      case Call(FuncRef callee) -> {
        for (int i = 0; i < xs.size(); i++) {
          if (!unused.test(callee, i)) {
            ask(xs.get(i), Set.of());
          }
        }
      }
      case Op _ -> xs.forEach(x -> ask(x, Set.of()));
    }
  }

  private Set<Term> asked(Equation equation) {
    return asked[equation.results().getFirst().id()];
  }

  private void ask(Value value, Set<Term> where) {
    Set<Term> before = asked[value.id()];
    if (before == null || where.isEmpty()) {
      asked[value.id()] = where;
    } else if (!before.isEmpty()) {
      var all = new LinkedHashSet<>(before);
      all.addAll(where);
      asked[value.id()] = all.size() > MAX ? Set.of() : all;
    }
  }

  /// Returns whether nothing asks for a value.
  boolean unused(Value value) {
    return asked[value.id()] == null;
  }

  /// Returns the choices that ask for a value; none where all of it is asked for.
  Set<Term> terms(Value value) {
    return asked[value.id()] == null ? Set.of() : asked[value.id()];
  }

  /// Returns those of the elements in `bad` that some choice asks for.
  ///
  /// @param terms with predicates as they are where `b` emits
  static Value among(Builder b, Value bad, Set<Term> terms) {
    Value any = null;
    for (Term term : terms) {
      Value p = b.broadcast(term.predicate(), bad.type().dims(), places(term.predicate()));
      Value here = term.truth() ? p : b.emit1(Bits.NOT, p);
      any = any == null ? here : b.emit1(Bits.OR, any, here);
    }
    return any == null ? bad : b.emit1(Bits.AND, bad, any);
  }

  private static List<Integer> places(Value p) {
    return java.util.stream.IntStream.range(0, p.type().rank()).boxed().toList();
  }
}
