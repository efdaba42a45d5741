package org.girih.cli.docs.tiny;

import java.util.stream.Collectors;
import org.girih.cli.docs.tiny.Func.Equation;
import org.girih.cli.docs.tiny.Func.Value;
import org.girih.cli.docs.tiny.Op.Pair;
import org.girih.cli.docs.tiny.Op.Unary;

/// Writes a function as the text form of HLO.
final class Emitter {
  private Emitter() {}

  static String text(String name, Func f) {
    var out = new StringBuilder("HloModule " + name + "\n\n");
    out.append("add {\n  x = f32[] parameter(0)\n  y = f32[] parameter(1)\n");
    out.append("  ROOT z = f32[] add(x, y)\n}\n\nENTRY main {\n");
    f.params().forEach(p -> line(out, p, f, "parameter(" + p.id() + ")"));
    for (Equation e : f.equations()) {
      String in = e.operands().stream().map(x -> "v" + x.id()).collect(Collectors.joining(", "));
      if (e.op() instanceof Op.Sum) {
        out.append("  zero").append(e.result().id()).append(" = f32[] constant(0)\n");
      }
      line(
          out,
          e.result(),
          f,
          switch (e.op()) {
            case Op.Constant c when c.scalar() -> "constant(" + c.values().getFirst() + ")";
            case Op.Constant c ->
                c.values().toString().replace("[", "constant({").replace("]", "})");
            case Unary.SIN -> "sine(" + in + ")";
            case Unary.COS -> "cosine(" + in + ")";
            case Unary.NEGATE -> "negate(" + in + ")";
            case Pair.ADD -> "add(" + in + ")";
            case Pair.MULTIPLY -> "multiply(" + in + ")";
            case Op.Broadcast _ -> "broadcast(" + in + "), dimensions={}";
            case Op.Sum() ->
                "reduce(" + in + ", zero" + e.result().id() + "), dimensions={0}, to_apply=add";
          });
    }
    return out + "}\n";
  }

  private static void line(StringBuilder out, Value value, Func f, String text) {
    out.append(value.equals(f.result()) ? "  ROOT v" : "  v").append(value.id());
    out.append(" = ").append(value.type()).append(" ").append(text).append("\n");
  }
}
