package org.girih.grammar.elaborate.program;

import java.util.Map;
import java.util.TreeSet;
import org.girih.grammar.ast.Expr;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Fault;
import org.girih.grammar.elaborate.core.FileScope;
import org.girih.grammar.elaborate.core.Scope;
import org.girih.grammar.elaborate.core.Spelling;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.grammar.plan.EntryCall;
import org.girih.grammar.plan.Step;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.source.Span;

/// The arguments that the command line gives to a program, which asks for them by `arg`.
public final class ProgramArguments {
  private final Map<String, EntryCall.Arg> given;
  private final TreeSet<String> asked = new TreeSet<>();

  public ProgramArguments(Map<String, EntryCall.Arg> given) {
    this.given = given;
  }

  /// Returns an argument. A number, a string or a truth value is static and has the kind of the
  /// value that stands in for it; what comes from a file are arrays.
  Val value(Elaboration e, HostSegments segments, FileScope file, Span at, String name, Val plain) {
    asked.add(name);
    return switch (given.get(name)) {
      case null -> plain;
      case EntryCall.Arg.Arrays(var types, _) -> {
        Val val = segments.inputs(types);
        segments.effect(java.util.List.of(), new Step.Argument(name, segments.tree(val)));
        yield val;
      }
      case EntryCall.Arg.Static(Expr written) when plain instanceof Val.Str ->
          written instanceof Expr.Text
              ? e.eval(written, Scope.of(file, Integer.MAX_VALUE))
              : new Val.Str(written.span().text());
      case EntryCall.Arg.Static(Expr written) -> {
        Val val = e.eval(written, Scope.of(file, Integer.MAX_VALUE));
        yield like(e, at, name, plain, val);
      }
    };
  }

  private static Val like(Elaboration e, Span at, String name, Val plain, Val val) {
    if (plain instanceof Val.Real && val instanceof Val.Int(var number)) {
      return new Val.Real(number.doubleValue());
    }
    boolean fits =
        switch (plain) {
          case Val.Int _ -> val instanceof Val.Int;
          case Val.Real _ -> val instanceof Val.Real;
          case Val.Bool _ -> val instanceof Val.Bool;
          case Val _ -> true;
        };
    if (!fits) {
      throw wrong(e, at, name, plain, val);
    }
    return val;
  }

  private static Fault wrong(Elaboration e, Span at, String name, Val plain, Val val) {
    String kind =
        plain instanceof Val.Int
            ? "an integer"
            : plain instanceof Val.Real ? "a number" : "`true` or `false`";
    return e.fault(
        Diagnostic.error(
                Code.BAD_ARGUMENT_VALUE,
                at,
                "`--arg " + name + "`: expected " + kind + ", got " + Trees.describe(val))
            .help("the program has " + Trees.describe(plain) + " without it"));
  }

  /// Reports arguments that the program does not ask for.
  public void finish(Diagnostics diagnostics) {
    for (String name : new TreeSet<>(given.keySet())) {
      if (!asked.contains(name)) {
        var diagnostic =
            Diagnostic.error(
                Code.BAD_ARGUMENT_VALUE, "the program does not ask for `--arg " + name + "`");
        diagnostics.add(
            Spelling.nearest(name, asked.stream())
                .map(near -> diagnostic.help("did you mean `" + near + "`?"))
                .orElse(
                    diagnostic.help(
                        asked.isEmpty()
                            ? "`let x = arg(\""
                                + name
                                + "\", 1.0)` asks for it; `--entry DEF` calls a def"
                            : "it asks for `" + String.join("`, `", asked) + "`")));
      }
    }
  }
}
