package org.girih.passes.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.girih.ir.op.Assert;
import org.girih.ir.op.Bits;
import org.girih.ir.op.Call;
import org.girih.ir.op.Compare;
import org.girih.ir.op.Cond;
import org.girih.ir.op.Control;
import org.girih.ir.op.FuncRef;
import org.girih.ir.op.LanesApart;
import org.girih.ir.op.Scan;
import org.girih.ir.op.While;
import org.girih.ir.program.Block;
import org.girih.ir.program.Equation;
import org.girih.ir.program.Func;
import org.girih.ir.program.FuncBuilder;
import org.girih.ir.program.Origin;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Value;

/// One function, copied with its checks.
final class CheckedBody {
  private final FunctionalizeChecks pass;
  private final Func func;
  private final UsedElements chosen;
  private final Equation[] definitions;
  private final int[] places;
  private final FuncBuilder b;
  private final Value[] now;
  private final CheckRecords findings;
  private final Map<Integer, List<Runnable>> later = new TreeMap<>();

  CheckedBody(
      FunctionalizeChecks pass,
      Func func,
      UsedElements chosen,
      Equation[] definitions,
      int[] places,
      int depth) {
    this.pass = pass;
    this.func = func;
    this.chosen = chosen;
    this.definitions = definitions;
    this.places = places;
    this.b = pass.function(func.ref());
    this.now = new Value[func.block().ids()];
    this.findings = new CheckRecords(b, depth);
  }

  Func run() {
    Block block = func.block();
    block.params().forEach(p -> now[p.id()] = b.param(p.type()));
    for (int i = 0; i < block.equations().size(); i++) {
      Equation equation = block.equations().get(i);
      b.at(equation.origin());
      if (equation.op() instanceof Control op && op.callees().stream().anyMatch(pass::checks)) {
        control(equation, op);
      } else if (equation.op() instanceof Assert check) {
        assertion(equation, check);
      } else {
        positions(equation);
        List<Value> results = b.emit(equation.op(), now(equation.operands()));
        set(equation, results);
        suspect(equation, i);
      }
      later.getOrDefault(i, List.of()).forEach(Runnable::run);
    }
    var results = new ArrayList<>(now(block.results()));
    b.at(Origin.NONE);
    results.addAll(findings.first());
    return b.finish(results);
  }

  private List<Value> now(List<Value> old) {
    return old.stream().map(v -> now[v.id()]).toList();
  }

  private void set(Equation equation, List<Value> results) {
    for (int i = 0; i < equation.results().size(); i++) {
      now[equation.results().get(i).id()] = results.get(i);
    }
  }

  private boolean user(Origin origin) {
    return pass.inProgram(origin, func.ref());
  }

  private void assertion(Equation equation, Assert check) {
    List<Value> xs = now(equation.operands());
    Value holds = xs.getFirst();
    set(equation, List.of(holds));
    if (holds.type().elements().known().orElse(0) == 0) {
      return;
    }
    List<Value> shown = xs.subList(1, xs.size());
    var dtypes = shown.stream().map(v -> v.type().dtype()).toList();
    Origin origin = equation.origin();
    int site = pass.site(new RecordSite.Asserted(origin, check.template(), holds.type(), dtypes));
    findings.add(site, user(origin), b.emit1(Bits.NOT, holds), shown);
  }

  private void positions(Equation equation) {
    for (Positions each : pass.positions(equation, definitions)) {
      Origin origin = equation.origin();
      Value at = now[each.indices().id()];
      int site = pass.site(new RecordSite.OutOfBounds(origin, at.type(), each.bounds()));
      findings.add(site, user(origin), each.outside(b, at), List.of(at));
    }
  }

  /// Checks the equation, which is at place `i`: now, or where all is known that chooses from its
  /// result.
  private void suspect(Equation equation, int i) {
    Optional<NanCheck> check = pass.nan(equation);
    if (check.isEmpty() || chosen.unused(equation.results().getFirst())) {
      return;
    }
    int due = i;
    for (UsedElements.Term term : chosen.terms(equation.results().getFirst())) {
      due = Math.max(due, places[term.predicate().id()]);
    }
    later.computeIfAbsent(due, _ -> new ArrayList<>()).add(() -> notFinite(equation, check.get()));
  }

  private void notFinite(Equation equation, NanCheck check) {
    b.at(equation.origin());
    Value y = now[equation.results().getFirst().id()];
    List<Value> xs = now(equation.operands());
    var terms =
        chosen.terms(equation.results().getFirst()).stream()
            .map(t -> new UsedElements.Term(now[t.predicate().id()], t.truth()))
            .collect(Collectors.toSet());
    Value bad = UsedElements.among(b, check.bad(b, y, xs), terms);
    List<Value> shown = check.shown(y, xs);
    Origin origin = equation.origin();
    var dtypes = shown.stream().map(v -> v.type().dtype()).toList();
    int site = pass.site(new RecordSite.NotFinite(origin, equation.op(), y.type(), dtypes));
    findings.add(site, user(origin), bad, shown);
  }

  private void control(Equation equation, Control op) {
    List<Value> xs = now(equation.operands());
    int count = equation.results().size();
    List<Value> all =
        switch (op) {
          case Call _ -> b.emit(op, xs);
          case Cond cond -> b.emit(balanced(cond), xs);
          case Scan scan -> scan(equation, scan, xs);
          case While loop -> loop(equation, loop, xs);
        };
    set(equation, all.subList(0, count));
    add(equation, all.get(count), all.get(count + 1));
    if (op instanceof While loop && pass.checks(loop.condition())) {
      lastTest(equation, loop, xs, all);
    }
  }

  /// Takes what an equation returned, and records that it came up there, if that is in the program
  /// and what failed is not.
  private void add(Equation equation, Value record, Value values) {
    findings.add(named(equation, record), values);
  }

  private Value named(Equation equation, Value record) {
    if (equation.op().callees().stream().noneMatch(pass::hidden)) {
      return record;
    }
    return user(equation.origin())
        ? CheckRecords.by(b, record, pass.site(new RecordSite.Call(equation.origin())))
        : record;
  }

  /// Returns branches that both return records of one size.
  private Cond balanced(Cond cond) {
    int depth = Math.max(pass.depth(cond.then()), pass.depth(cond.otherwise()));
    return new Cond(balanced(cond.then(), depth), balanced(cond.otherwise(), depth));
  }

  private FuncRef balanced(FuncRef branch, int depth) {
    if (pass.depth(branch) == depth) {
      return branch;
    }
    FuncBuilder g = pass.function(branch.name() + ".checked");
    List<Value> in = params(g, pass.signature(branch).params());
    var found = new CheckRecords(g, depth);
    List<Value> all = g.emit(new Call(branch), in);
    int count = all.size();
    if (pass.checks(branch)) {
      count -= 2;
      found.add(all.get(count), all.get(count + 1));
    }
    var results = new ArrayList<>(all.subList(0, count));
    results.addAll(found.first());
    return pass.define(g, results);
  }

  /// Returns the loop with the first record and its values as carries behind the others.
  private List<Value> scan(Equation equation, Scan scan, List<Value> xs) {
    boolean lanes = scan.body().name().startsWith(LanesApart.NAME);
    int site = pass.site(new RecordSite.Loop(equation.origin(), lanes));
    int depth = pass.depth(scan.body()) + 1;
    List<ArrayType> types = pass.signature(scan.body()).params();
    int carry = scan.constants() + 1 + scan.carries();
    FuncBuilder g = pass.function(scan.body().name() + ".checked");
    var in = new ArrayList<>(params(g, types.subList(0, carry)));
    Value record = g.param(CheckRecords.recordType(depth));
    Value values = g.param(CheckRecords.valuesType());
    in.addAll(params(g, types.subList(carry, types.size())));
    List<Value> out = g.emit(new Call(scan.body()), in);
    int own = out.size() - 2;
    var first = new CheckRecords(g, depth);
    first.add(record, values);
    Value inner = CheckRecords.in(g, out.get(own), site, in.get(scan.constants()));
    first.add(inner, out.get(own + 1));
    var results = new ArrayList<>(out.subList(0, scan.carries()));
    results.addAll(first.first());
    results.addAll(out.subList(scan.carries(), own));
    FuncRef body = pass.define(g, results);
    int head = scan.counted() ? 1 : 0;
    int slices = head + scan.constants() + scan.carries();
    var operands = new ArrayList<>(xs.subList(0, slices));
    operands.addAll(nothing(depth));
    operands.addAll(xs.subList(slices, xs.size()));
    var op =
        new Scan(
            body,
            scan.length(),
            scan.constants(),
            scan.carries() + 2,
            scan.reverse(),
            scan.counted());
    List<Value> all = b.emit(op, operands);
    var sorted = new ArrayList<>(all.subList(0, scan.carries()));
    sorted.addAll(all.subList(scan.carries() + 2, all.size()));
    sorted.addAll(all.subList(scan.carries(), scan.carries() + 2));
    return sorted;
  }

  private List<Value> nothing(int depth) {
    return List.of(b.zeros(CheckRecords.recordType(depth)), b.zeros(CheckRecords.valuesType()));
  }

  /// Returns the loop with the first record, its values and the number of bodies as carries behind
  /// the others. It ends with a finding.
  private List<Value> loop(Equation equation, While loop, List<Value> xs) {
    int depth = 1 + Math.max(0, pass.depth(loop.body()));
    depth = Math.max(depth, 1 + Math.max(0, pass.depth(loop.condition())));
    int site = pass.site(new RecordSite.Loop(equation.origin(), false));
    var types = new ArrayList<>(xs.stream().map(Value::type).toList());
    int own = types.size();
    types.add(CheckRecords.recordType(depth));
    types.add(CheckRecords.valuesType());
    types.add(ArrayType.scalar(DType.I32));

    FuncBuilder test = pass.function(loop.condition().name() + ".checked");
    List<Value> seen = params(test, types);
    Value holds = test.emit(new Call(loop.condition()), seen.subList(0, own)).getFirst();
    Value good = test.emit1(Bits.NOT, CheckRecords.found(test, seen.get(own)));
    FuncRef condition = pass.define(test, List.of(test.emit1(Bits.AND, holds, good)));

    FuncBuilder g = pass.function(loop.body().name() + ".checked");
    List<Value> in = params(g, types);
    Value count = in.get(own + 2);
    var first = new CheckRecords(g, depth);
    first.add(in.get(own), in.get(own + 1));
    if (pass.checks(loop.condition())) {
      List<Value> again = g.emit(new Call(loop.condition()), in.subList(0, own));
      first.add(CheckRecords.in(g, again.get(1), site, count), again.get(2));
    }
    List<Value> out = g.emit(new Call(loop.body()), in.subList(0, own));
    int carries = own - loop.constants();
    if (pass.checks(loop.body())) {
      first.add(CheckRecords.in(g, out.get(carries), site, count), out.get(carries + 1));
    }
    var results = new ArrayList<>(out.subList(0, carries));
    results.addAll(first.first());
    results.add(g.add(count, g.position(1)));
    FuncRef body = pass.define(g, results);

    var operands = new ArrayList<>(xs);
    operands.addAll(nothing(depth));
    operands.add(b.position(0));
    return b.emit(new While(condition, body, loop.constants(), loop.max()), operands);
  }

  /// Does the test that ended a loop, which is in no body, once more on the last carry, unless the
  /// loop ended because it had run its most iterations.
  private void lastTest(Equation equation, While loop, List<Value> xs, List<Value> all) {
    int carries = equation.results().size();
    var operands = new ArrayList<>(xs.subList(0, loop.constants()));
    operands.addAll(all.subList(0, carries));
    List<Value> tested = b.emit(new Call(loop.condition()), operands);
    Value count = all.get(carries + 2);
    int site = pass.site(new RecordSite.Loop(equation.origin(), false));
    Value record = named(equation, CheckRecords.in(b, tested.get(1), site, count));
    OptionalInt max = loop.max();
    if (max.isEmpty()) {
      findings.add(record, tested.get(2));
    } else {
      Value again = b.compare(Compare.LT, count, b.position(max.getAsInt()));
      findings.add(again, record, tested.get(2));
    }
  }

  private static List<Value> params(FuncBuilder g, List<ArrayType> types) {
    var out = new ArrayList<Value>();
    types.forEach(type -> out.add(g.param(type)));
    return out;
  }
}
