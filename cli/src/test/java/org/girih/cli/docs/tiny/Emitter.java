package org.girih.cli.docs.tiny;

import java.util.Locale;
import java.util.stream.Collectors;
import org.girih.cli.docs.tiny.Func.Equation;
import org.girih.cli.docs.tiny.Func.Value;

/// Writes a function as the text form of HLO.
record Emitter(Func f) {
  String text(String name) {
    var out = new StringBuilder("HloModule " + name + "\n\n");
    out.append("add {\n  x = f32[] parameter(0)\n  y = f32[] parameter(1)\n");
    out.append("  ROOT z = f32[] add(x, y)\n}\n\nENTRY main {\n  zero = f32[] constant(0)\n");
    f.params().forEach(p -> line(out, p, "parameter(" + p.id() + ")"));
    f.equations().forEach(e -> line(out, e.result(), instruction(e)));
    return out + "}\n";
  }

  private static String instruction(Equation e) {
    String in = e.operands().stream().map(x -> "v" + x.id()).collect(Collectors.joining(", "));
    return switch (e.op()) {
      case Op.Constant c when c.dims().isEmpty() -> "constant(" + c.values().getFirst() + ")";
      case Op.Constant c -> c.values().toString().replace("[", "constant({").replace("]", "})");
      case Op.Pointwise op -> op.name().toLowerCase(Locale.ROOT) + "(" + in + ")";
      case Op.Broadcast _ -> "broadcast(" + in + "), dimensions={}";
      case Op.Sum _ -> "reduce(" + in + ", zero), dimensions={0}, to_apply=add";
    };
  }

  private void line(StringBuilder out, Value value, String text) {
    out.append(value.equals(f.result()) ? "  ROOT v" : "  v").append(value.id());
    out.append(" = f32").append(value.dims()).append(" ").append(text).append("\n");
  }
}
