package org.girih.ir.text;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.girih.ir.op.FuncRef;
import org.girih.ir.op.Op;
import org.girih.ir.program.Entry;
import org.girih.ir.program.Equation;
import org.girih.ir.program.Func;
import org.girih.ir.program.Program;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Literal;
import org.girih.ir.type.Value;

/// Writes programs as `.tir`. Total: it prints what is ill-typed too.
public final class TirPrinter {
  private final StringBuilder out = new StringBuilder();
  private final boolean origins;

  private TirPrinter(boolean origins) {
    this.origins = origins;
  }

  /// Returns the program's text.
  public static String print(Program program) {
    return new TirPrinter(false).text(program);
  }

  /// Returns the same, each equation followed by the place that it came from: `# mlp.girih:4:21`.
  public static String printWithOrigins(Program program) {
    return new TirPrinter(true).text(program);
  }

  /// Returns one function's text.
  public static String print(Func func) {
    var printer = new TirPrinter(false);
    printer.func(func);
    return printer.out.toString();
  }

  /// Returns `transpose {permutation = [1, 0]}`: an op without operands.
  public static String print(Op op) {
    var printer = new TirPrinter(false);
    printer.out.append(op.primitive());
    printer.attributes(op);
    return printer.out.toString();
  }

  private String text(Program program) {
    for (Func func : program.funcs().values()) {
      out.append(out.isEmpty() ? "" : "\n");
      func(func);
    }
    out.append(out.isEmpty() || program.entries().isEmpty() ? "" : "\n");
    for (Entry entry : program.entries()) {
      out.append("entry ").append(name(entry.func()));
      params(entry).append(" -> ");
      strings(entry.results()).append('\n');
    }
    return out.toString();
  }

  /// Appends `("x", "state" donated to 0)`: the result of this number takes the memory of `state`.
  private StringBuilder params(Entry entry) {
    out.append('(');
    for (int i = 0; i < entry.params().size(); i++) {
      out.append(i == 0 ? "" : ", ").append(quoted(entry.params().get(i)));
      if (entry.donated().containsKey(i)) {
        out.append(" donated to ").append(entry.donated().get(i));
      }
    }
    return out.append(')');
  }

  private StringBuilder strings(List<String> texts) {
    return out.append(
        texts.stream().map(TirPrinter::quoted).collect(Collectors.joining(", ", "(", ")")));
  }

  private void func(Func func) {
    out.append("func ").append(name(func.ref())).append('(');
    defined(func.block().params());
    out.append(") -> (");
    String separator = "";
    for (Value result : func.block().results()) {
      out.append(separator).append(result.type());
      separator = ", ";
    }
    out.append(") {\n");
    for (Equation equation : func.block().equations()) {
      equation(equation);
    }
    out.append("  return");
    separator = " ";
    for (Value result : func.block().results()) {
      out.append(separator).append(result);
      separator = ", ";
    }
    out.append("\n}\n");
  }

  private void defined(List<Value> values) {
    String separator = "";
    for (Value value : values) {
      out.append(separator).append(value).append(": ").append(value.type());
      separator = ", ";
    }
  }

  private void equation(Equation equation) {
    out.append("  ");
    defined(equation.results());
    out.append(equation.results().isEmpty() ? "= " : " = ").append(equation.op().primitive());
    for (Value operand : equation.operands()) {
      out.append(' ').append(operand);
    }
    attributes(equation.op());
    if (origins) {
      equation.origin().span().ifPresent(span -> out.append("  # ").append(span.place()));
    }
    out.append('\n');
  }

  private void attributes(Op op) {
    if (op instanceof Record
        && OpForms.of(op.primitive()) instanceof OpForms.Form.Attributed(RecordForm form)
        && !form.components().isEmpty()) {
      out.append(' ');
      record(form, op);
    }
  }

  private void record(RecordForm form, Object owner) {
    String separator = "{";
    for (var component : form.components()) {
      out.append(separator).append(component.name()).append(" = ");
      attribute(component.form(), component.of(owner));
      separator = ", ";
    }
    out.append('}');
  }

  private void attribute(AttributeForm form, Object value) {
    switch (form) {
      case AttributeForm.Simple simple -> simple(simple, value);
      case AttributeForm.EnumOf _ -> out.append(((Enum<?>) value).name().toLowerCase(Locale.ROOT));
      case AttributeForm.ListOf(AttributeForm element) -> {
        out.append('[');
        String separator = "";
        for (Object each : (List<?>) value) {
          out.append(separator);
          attribute(element, each);
          separator = ", ";
        }
        out.append(']');
      }
      case AttributeForm.RecordOf(RecordForm record) -> record(record, value);
    }
  }

  private void simple(AttributeForm.Simple form, Object value) {
    switch (form) {
      case INT, LONG, BOOLEAN -> out.append(value);
      case DIM -> out.append((Dim) value);
      case TEXT -> out.append(quoted((String) value));
      case FUNC -> out.append(name((FuncRef) value));
      case LITERAL -> LiteralText.print(out, (Literal) value);
      case OPTIONAL_INT -> {
        OptionalInt number = (OptionalInt) value;
        out.append(number.isPresent() ? Integer.toString(number.getAsInt()) : "none");
      }
    }
  }

  /// Returns `@predict`, `@loop.2`, `@"odd name"`.
  private static String name(FuncRef ref) {
    String name = ref.name();
    return "@" + (TirScanner.isName(name) ? name : quoted(name));
  }

  private static String quoted(String text) {
    var out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ' || c == 0x7f || Character.isSurrogate(c) || c == '\u2028') {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }
}
