package org.girih.grammar.elaborate.intrinsic;

import java.util.ArrayList;
import java.util.List;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Intrinsic;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;

/// `zip` and `enumerate` of tuples, which give tuples. Behind `in` of a `for` they take arrays too
/// ([org.girih.grammar.elaborate.expression.Sequences]).
final class SequenceIntrinsics {
  private SequenceIntrinsics() {}

  static List<Intrinsic> all() {
    return List.of(
        Intrinsic.of("zip(*xs)", SequenceIntrinsics::zip),
        Intrinsic.of("enumerate(xs, start = 0)", SequenceIntrinsics::enumerate));
  }

  private static Val zip(Elaboration e, Intrinsic.Args args) {
    List<Val> columns = ((Val.Tuple) args.get("xs")).items();
    var rows = new ArrayList<Val>();
    int count = columns.isEmpty() ? 0 : items(e, args, columns.getFirst()).size();
    for (int i = 0; i < count; i++) {
      var row = new ArrayList<Val>();
      for (Val column : columns) {
        List<Val> items = items(e, args, column);
        if (items.size() != count) {
          throw e.fault(
              Diagnostic.error(
                      Code.SIZES_DIFFER,
                      args.at(),
                      "`zip` goes through " + count + " and " + items.size() + " values")
                  .help("cut the longer one: `xs[:n]`"));
        }
        row.add(items.get(i));
      }
      rows.add(new Val.Tuple(row));
    }
    return new Val.Tuple(rows);
  }

  private static Val enumerate(Elaboration e, Intrinsic.Args args) {
    var out = new ArrayList<Val>();
    if (!(args.get("start") instanceof Val.Int(var start))) {
      throw e.fault(
          Code.NOT_STATIC,
          args.span("start"),
          "`start` is a static integer, not " + Trees.describe(args.get("start")));
    }
    for (Val item : items(e, args, args.get("xs"))) {
      out.add(Val.Tuple.of(new Val.Int(start.add(java.math.BigInteger.valueOf(out.size()))), item));
    }
    return new Val.Tuple(out);
  }

  private static List<Val> items(Elaboration e, Intrinsic.Args args, Val val) {
    if (val instanceof Val.Tuple(var items)) {
      return items;
    }
    throw e.fault(
        Diagnostic.error(
                Code.NOT_A_SEQUENCE,
                args.at(),
                "here `" + args.function() + "` takes tuples, not " + Trees.describe(val))
            .help("behind `in` it takes arrays too: `for x in " + args.function() + "(…)`"));
  }
}
