package org.girih.grammar.elaborate.array;

import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Intrinsic;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;

/// Reads the argument `key` of functions of the compiler.
public final class KeyArgument {
  private KeyArgument() {}

  /// Returns a single key.
  public static Val.Array one(Elaboration e, Intrinsic.Args args) {
    Val.Array keys = any(e, args);
    if (keys.rank() != 1) {
      throw e.fault(
          Diagnostic.error(
                  Code.BAD_RANK,
                  args.span("key"),
                  "`" + args.function() + "` takes one key, not " + Trees.describe(keys))
              .help("go over them: `vmap(k -> …)(keys)`"));
    }
    return keys;
  }

  /// Returns a key or an array of keys.
  public static Val.Array any(Elaboration e, Intrinsic.Args args) {
    if (args.get("key") instanceof Val.Array a && a.key() != null) {
      return a;
    }
    throw e.fault(
        Diagnostic.error(
                Code.WRONG_ARGUMENTS,
                args.span("key"),
                "`" + args.function() + "` takes a key, not " + Trees.describe(args.get("key")))
            .help("`random.key(0)` makes one from a number"));
  }
}
