package org.girih.grammar.elaborate.binding;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.girih.grammar.ast.SizeNames;
import org.girih.grammar.ast.TypeExpr;
import org.girih.grammar.elaborate.core.Derived;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Given;
import org.girih.grammar.elaborate.core.KeyUse;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.op.Broadcast;
import org.girih.ir.op.Constant;
import org.girih.ir.source.Span;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Literal;

/// Functions as annotated parameters: `f: (f32[n], key) -> f32[m]`.
final class FunctionTypes {
  private FunctionTypes() {}

  /// Checks that a value is a function that takes and gives what the type says. It is elaborated
  /// once on values of these types, and what comes of that is thrown away; sizes that occur in the
  /// result alone are solved so.
  ///
  /// Limits: where no parameter solves a size of its parameters, only calls decide.
  static Val check(
      Elaboration e, TypeExpr.FunctionType type, Val val, Sizes sizes, Span at, String what) {
    if (!(val instanceof Val.Fn)) {
      throw e.fault(
          Diagnostic.error(
                  Code.NOT_A_FUNCTION, at, what + " is a function, not " + Trees.describe(val))
              .label(type.span(), "annotated here"));
    }
    // Its sizes may be those of later parameters.
    sizes.later(again -> tried(again, type, val, sizes, at, what));
    return val;
  }

  private static void tried(
      Elaboration e, TypeExpr.FunctionType type, Val val, Sizes sizes, Span at, String what) {
    var names = new HashSet<String>();
    type.params().forEach(p -> names.addAll(SizeNames.of(p)));
    if (!names.stream().allMatch(sizes::knows)) {
      return;
    }
    e.aside(
        () -> {
          var given = new ArrayList<Given>();
          for (TypeExpr param : type.params()) {
            given.add(new Given(AssumedValues.make(e, param, sizes), at));
          }
          Val result = e.apply(at, val, given, java.util.Map.of());
          Annotations.check(e, type.result(), result, sizes, at, "the result of " + what);
        });
  }

  /// Makes a function of which only its type is known.
  static Val make(TypeExpr.FunctionType type, Sizes sizes) {
    return new Val.Made(new Abstract(type, sizes), Val.NONE, Val.NONE);
  }

  /// @param sizes of the def that is checked for all sizes
  private record Abstract(TypeExpr.FunctionType type, Sizes sizes) implements Derived {
    @Override
    public String label() {
      return "function";
    }

    @Override
    public Val apply(Elaboration e, Val.Made made, Arguments args) {
      List<Given> given = args.positional();
      if (!args.named().isEmpty() || given.size() != type.params().size()) {
        throw e.fault(
            Diagnostic.error(
                    Code.WRONG_ARGUMENTS,
                    args.at(),
                    "the function takes "
                        + type.params().size()
                        + " arguments, not "
                        + (given.size() + args.named().size()))
                .label(type.span(), "annotated here"));
      }
      for (int i = 0; i < given.size(); i++) {
        Annotations.check(
            e,
            type.params().get(i),
            given.get(i).val(),
            sizes,
            given.get(i).at(),
            "argument " + (i + 1) + " of the function");
      }
      return AssumedValues.make(e, type.result(), sizes, hole -> some(e, hole));
    }

    /// Some array of a type: what it holds does not matter to the types.
    private static Val.Array some(Elaboration e, Val.Hole hole) {
      ArrayType type = hole.type();
      Val.Array zero = e.emit1(new Constant(Literal.of(ArrayType.scalar(type.dtype()), 0)));
      Val.Array out = type.isScalar() ? zero : e.emit1(new Broadcast(type.dims(), List.of()), zero);
      return hole.key() ? out.as(KeyUse.in(e.trace(), type)) : out;
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }
}
