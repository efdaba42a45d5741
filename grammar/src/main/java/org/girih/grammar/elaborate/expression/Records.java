package org.girih.grammar.elaborate.expression;

import java.util.TreeMap;
import org.girih.grammar.ast.Expr;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Members;
import org.girih.grammar.elaborate.core.Scope;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.diagnostic.Code;

/// Records: `{a = 1, b}` and `{r with a.b = v}`.
final class Records {
  private Records() {}

  static Val make(Elaboration e, Expr.RecordExpr record, Scope scope) {
    var fields = new TreeMap<String, Val>();
    for (Expr.FieldDef field : record.fields()) {
      if (fields.put(field.name(), Expressions.eval(e, field.value(), scope)) != null) {
        throw e.fault(
            Code.DEFINED_TWICE, field.span(), "two fields `" + field.name() + "` in one record");
      }
    }
    return new Val.Record(fields);
  }

  static Val update(Elaboration e, Expr.RecordUpdate update, Scope scope) {
    Val base = Expressions.eval(e, update.base(), scope);
    for (Expr.PathUpdate each : update.updates()) {
      base = replace(e, each, base, 0, Expressions.eval(e, each.value(), scope));
    }
    return base;
  }

  private static Val replace(
      Elaboration e, Expr.PathUpdate update, Val base, int depth, Val value) {
    if (depth == update.path().size()) {
      return value;
    }
    String name = update.path().get(depth);
    if (!(base instanceof Val.Record(var fields))) {
      throw e.fault(
          Code.NO_SUCH_FIELD,
          update.span(),
          "no field `" + name + "`: " + Trees.describe(base) + " is not a record");
    }
    if (!fields.containsKey(name)) {
      throw Members.noField(e, update.span(), name, base, fields.keySet());
    }
    var changed = new TreeMap<>(fields);
    changed.put(name, replace(e, update, fields.get(name), depth + 1, value));
    return new Val.Record(changed);
  }
}
