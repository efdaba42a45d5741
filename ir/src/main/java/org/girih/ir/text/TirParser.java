package org.girih.ir.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.op.FuncRef;
import org.girih.ir.op.IllTyped;
import org.girih.ir.op.Inference;
import org.girih.ir.op.Op;
import org.girih.ir.program.Block;
import org.girih.ir.program.Checker;
import org.girih.ir.program.Entry;
import org.girih.ir.program.Equation;
import org.girih.ir.program.Func;
import org.girih.ir.program.Origin;
import org.girih.ir.program.Program;
import org.girih.ir.source.Source;
import org.girih.ir.source.Span;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Condition;
import org.girih.ir.type.Literal;
import org.girih.ir.type.Value;

/// Reads `.tir`, in time linear in the text. No text makes it throw: what is wrong becomes one
/// diagnostic with [Code#BAD_TIR], at the first place where something is.
public final class TirParser {
  private final TirScanner in;
  private final AttributeReader attributes;
  private final LinkedHashMap<FuncRef, Func> funcs = new LinkedHashMap<>();
  private final List<Entry> entries = new ArrayList<>();
  private final Map<FuncRef, Inference.Signature> signatures = new HashMap<>();
  private final List<Value> defined = new ArrayList<>();

  private final Inference inference =
      new Inference() {
        @Override
        public Signature signature(FuncRef function) {
          Signature signature = signatures.get(function);
          require(signature != null, "%s is not defined before", function);
          return signature;
        }

        @Override
        public void unknown(Condition condition) {
          throw new IllTyped("undecided: " + condition);
        }
      };

  private TirParser(Source source) {
    this.in = new TirScanner(source);
    this.attributes = new AttributeReader(in);
  }

  /// Returns the program in the text, well-typed; empty if there was something wrong, which is then
  /// in `diagnostics`.
  public static Optional<Program> parse(Source source, Diagnostics diagnostics) {
    var program = parseUnchecked(source, diagnostics);
    var problem = program.flatMap(Checker::check);
    problem.ifPresent(
        p -> {
          Span span = p.where().flatMap(e -> e.origin().span()).orElse(new Span(source, 0, 0));
          diagnostics.add(Diagnostic.error(Code.BAD_TIR, span, p.toString()));
        });
    return problem.isPresent() ? Optional.empty() : program;
  }

  /// Returns the same without the checker: types are what the text states.
  public static Optional<Program> parseUnchecked(Source source, Diagnostics diagnostics) {
    try {
      return Optional.of(new TirParser(source).program());
    } catch (TirScanner.Refused e) {
      diagnostics.add(Diagnostic.error(Code.BAD_TIR, e.span(), e.getMessage()));
      return Optional.empty();
    }
  }

  /// Returns a literal alone, as it is written in a `constant`: `f32[2] [1.0, 2.0]`.
  public static Optional<Literal> parseLiteral(Source source, Diagnostics diagnostics) {
    try {
      var parser = new TirParser(source);
      Literal literal = parser.attributes.literal();
      if (!parser.in.atEnd()) {
        throw parser.in.expecting("the end");
      }
      return Optional.of(literal);
    } catch (TirScanner.Refused e) {
      diagnostics.add(Diagnostic.error(Code.BAD_TIR, e.span(), e.getMessage()));
      return Optional.empty();
    }
  }

  private Program program() {
    while (!in.atEnd()) {
      if (in.take("func")) {
        func();
      } else if (in.take("entry")) {
        entry();
      } else {
        throw in.expecting("`func` or `entry`");
      }
    }
    return new Program(funcs, entries);
  }

  private void entry() {
    FuncRef func = attributes.func();
    var donated = new TreeMap<Integer, Integer>();
    List<String> params = strings(i -> donated(donated, i));
    in.expect("->");
    entries.add(new Entry(func, params, strings(_ -> {}), donated));
  }

  /// Reads `"x" donated to 0`: what follows the name of a parameter.
  private void donated(Map<Integer, Integer> donated, int param) {
    if (in.take("donated")) {
      in.expect("to");
      int start = in.here();
      long result = in.integer("the number of a result");
      if (result != (int) result) {
        throw in.refused(start, "unknown result " + result);
      }
      donated.put(param, (int) result);
    }
  }

  /// @param behind reads what follows the name of this number
  private List<String> strings(IntConsumer behind) {
    var texts = new ArrayList<String>();
    in.expect("(");
    if (!in.take(")")) {
      do {
        texts.add(in.string("a name in quotes"));
        behind.accept(texts.size() - 1);
      } while (in.take(","));
      in.expect(")");
    }
    return texts;
  }

  private void func() {
    int start = in.here();
    FuncRef ref = attributes.func();
    if (funcs.containsKey(ref)) {
      throw in.refused(start, ref + " is defined twice");
    }
    defined.clear();
    in.expect("(");
    if (!in.take(")")) {
      do {
        int id = newId(defined.size());
        in.expect(":");
        defined.add(new Value(id, attributes.type()));
      } while (in.take(","));
      in.expect(")");
    }
    List<Value> params = List.copyOf(defined);
    var types = in.take("->") ? Optional.of(types()) : Optional.<List<ArrayType>>empty();
    in.expect("{");
    var equations = new ArrayList<Equation>();
    while (!in.looksAt("return")) {
      equations.add(equation());
    }
    in.expect("return");
    int end = in.here();
    var results = new ArrayList<Value>();
    if (in.peek() == '%') {
      do {
        results.add(use());
      } while (in.take(","));
    }
    in.expect("}");
    var func = new Func(ref, new Block(params, equations, results));
    List<ArrayType> given = func.signature().results();
    if (!types.orElse(given).equals(given)) {
      throw in.refused(end, "results of " + ref + " are " + given + ", not " + types.get());
    }
    funcs.put(ref, func);
    signatures.put(ref, func.signature());
  }

  private List<ArrayType> types() {
    var types = new ArrayList<ArrayType>();
    in.expect("(");
    if (!in.take(")")) {
      do {
        types.add(attributes.type());
      } while (in.take(","));
      in.expect(")");
    }
    return types;
  }

  private Equation equation() {
    int start = in.here();
    var types = new ArrayList<ArrayType>();
    int count = 0;
    if (!in.take("=")) {
      do {
        newId(defined.size() + count++);
        if (in.take(":")) {
          types.add(attributes.type());
        }
      } while (in.take(","));
      if (!types.isEmpty() && types.size() != count) {
        throw in.refused(start, "a type at some results and not at others");
      }
      in.expect("=");
    }
    int nameStart = in.here();
    String name = in.word("an op");
    OpForms.Form form = OpForms.of(name);
    if (form == null) {
      throw in.refused(nameStart, "no op is called " + name);
    }
    var operands = new ArrayList<Value>();
    while (in.onThisLine() && in.peek() == '%') {
      operands.add(use());
    }
    Op op =
        switch (form) {
          case OpForms.Form.Constant(Op constant) -> constant;
          case OpForms.Form.Attributed(RecordForm record) -> (Op) attributes.record(record);
        };
    Origin origin = Origin.at(in.span(start));
    List<ArrayType> all = types.isEmpty() ? infer(start, op, operands, count) : types;
    int first = defined.size();
    for (ArrayType type : all) {
      defined.add(new Value(defined.size(), type));
    }
    return new Equation(defined.subList(first, defined.size()), op, operands, origin);
  }

  private List<ArrayType> infer(int start, Op op, List<Value> operands, int count) {
    try {
      List<ArrayType> types = op.infer(inference, operands.stream().map(Value::type).toList());
      if (types.size() != count) {
        throw in.refused(start, op.primitive() + " has " + types.size() + " results, not " + count);
      }
      return types;
    } catch (IllTyped e) {
      throw in.refused(start, e.text(op));
    } catch (ArithmeticException e) {
      throw in.refused(start, op.primitive() + ": " + e.getMessage());
    }
  }

  /// Reads `%7` where 7 is expected.
  private int newId(int due) {
    int start = in.here();
    in.expect("%");
    long id = in.integer("an id");
    if (id != due) {
      throw in.refused(start, "expected the id %" + due + ", got %" + id);
    }
    return due;
  }

  /// Reads `%7`, defined before.
  private Value use() {
    int start = in.here();
    in.expect("%");
    long id = in.integer("an id");
    if (id < 0 || id >= defined.size()) {
      throw in.refused(start, "%" + id + " is not defined");
    }
    return defined.get((int) id);
  }
}
