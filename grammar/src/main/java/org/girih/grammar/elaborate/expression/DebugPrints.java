package org.girih.grammar.elaborate.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.girih.grammar.ast.Expr;
import org.girih.grammar.ast.Stmt;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.FunctionText;
import org.girih.grammar.elaborate.core.Scope;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.op.Constant;
import org.girih.ir.op.Convert;
import org.girih.ir.op.Print;
import org.girih.ir.source.Span;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Literal;

/// `debug.print("x = {x:.3f}")`: a line on standard error each time that the program gets there,
/// with the values that it has then.
public final class DebugPrints {
  private final Elaboration e;
  private final StringBuilder template = new StringBuilder();
  private final List<Val.Array> operands = new ArrayList<>();

  private DebugPrints(Elaboration e) {
    this.e = e;
  }

  /// Emits what prints the arguments, with a space between them, as `print` does.
  public static void emit(Elaboration e, Stmt.DebugPrint print, Scope scope) {
    var line = new DebugPrints(e);
    if (!print.call().callee().span().text().replaceAll("\\s", "").equals("debug.print")) {
      throw e.fault(Code.UNKNOWN_NAME, print.call().callee().span(), "expected `debug.print`");
    }
    boolean first = true;
    for (Expr.Arg arg : print.args()) {
      if (!(arg instanceof Expr.Arg.Positional)) {
        throw e.fault(
            Diagnostic.error(
                    Code.WRONG_ARGUMENTS, arg.span(), "`debug.print` takes values by position")
                .help("write the values into the text: `debug.print(\"x = {x:.3f}\")`"));
      }
      line.text(first ? "" : " ");
      first = false;
      if (arg.value() instanceof Expr.Text text) {
        line.parts(text, scope);
      } else {
        line.shown(e.eval(arg.value(), scope), Optional.empty(), arg.span());
      }
    }
    e.at(print.span());
    line.operands.add(e.emit1(new Constant(Literal.of(ArrayType.scalar(DType.U32), 0))));
    e.emit(new Print(line.template.toString(), 0), line.operands);
  }

  private void parts(Expr.Text text, Scope scope) {
    for (Expr.Part part : text.parts()) {
      switch (part) {
        case Expr.Part.ItemTokens(String chunk) -> text(chunk);
        case Expr.Part.Hole(Span at, var value, var format) ->
            shown(e.eval(value, scope), format, at);
      }
    }
  }

  private void text(String plain) {
    template.append(plain.replace("{", "{{").replace("}", "}}"));
  }

  private void shown(Val val, Optional<String> format, Span at) {
    switch (val) {
      case Val.Array array -> array(array, format, at);
      case Val.Tuple(var parts) -> {
        text("(");
        for (int i = 0; i < parts.size(); i++) {
          text(i == 0 ? "" : ", ");
          shown(parts.get(i), format, at);
        }
        text(parts.size() == 1 ? ",)" : ")");
      }
      case Val.Record(var fields) -> {
        String before = "{";
        for (Map.Entry<String, Val> field : fields.entrySet()) {
          text(before + field.getKey() + ": ");
          shown(field.getValue(), format, at);
          before = ", ";
        }
        text(fields.isEmpty() ? "{}" : "}");
      }
      case Val.Int _, Val.Real _ when format.isPresent() ->
          array(org.girih.grammar.elaborate.array.Operands.array(e, val, at), format, at);
      case Val.Str(String s) -> text(s);
      case Val.Bool(boolean known) -> text(known ? "True" : "False");
      case Val.Fn fn -> text(FunctionText.of(fn));
      case Val.Sum sum -> sum(sum, format, at);
      case Val other -> text(Trees.describe(other));
    }
  }

  /// `circle(2.0)`; of a value whose variant the run decides, its number and what each would hold.
  private void sum(Val.Sum sum, Optional<String> format, Span at) {
    if (sum.tag() instanceof Val.Int(var known)) {
      int number = known.intValueExact();
      text(sum.type().variant(number).name());
      if (((Val.Tuple) sum.payloads().get(number)).items().isEmpty()) {
        return;
      }
      String before = "(";
      for (Val part : ((Val.Tuple) sum.payloads().get(number)).items()) {
        text(before);
        shown(part, format, at);
        before = ", ";
      }
      text(")");
      return;
    }
    text("{tag: ");
    shown(sum.tag(), Optional.empty(), at);
    sum.payloads()
        .forEach(
            (number, payload) -> {
              text(", " + sum.type().variant(number).name() + ": ");
              shown(payload, format, at);
            });
    text("}");
  }

  private void array(Val.Array array, Optional<String> format, Span at) {
    e.at(at);
    DType dtype = array.type().dtype();
    // A byte is the least that a foreign function is given.
    Val.Array whole =
        dtype.bits() < 8 || dtype.floating() && dtype.bits() == 8
            ? e.emit1(new Convert(dtype.floating() ? DType.F32 : DType.I32), array)
            : array;
    template.append('{').append(operands.size());
    format.ifPresent(text -> template.append(':').append(text));
    template.append('}');
    operands.add(whole);
  }
}
