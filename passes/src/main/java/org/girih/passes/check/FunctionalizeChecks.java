package org.girih.passes.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.girih.ir.diagnostic.CompilerBug;
import org.girih.ir.op.Bits;
import org.girih.ir.op.Call;
import org.girih.ir.op.Compare;
import org.girih.ir.op.Cond;
import org.girih.ir.op.Control;
import org.girih.ir.op.FuncRef;
import org.girih.ir.op.IllTyped;
import org.girih.ir.op.Inference;
import org.girih.ir.op.LanesApart;
import org.girih.ir.op.Scan;
import org.girih.ir.op.While;
import org.girih.ir.program.Block;
import org.girih.ir.program.Entry;
import org.girih.ir.program.Equation;
import org.girih.ir.program.Func;
import org.girih.ir.program.FuncBuilder;
import org.girih.ir.program.Origin;
import org.girih.ir.program.Program;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Condition;
import org.girih.ir.type.DType;
import org.girih.ir.type.Value;

/// Makes a program say what went wrong in it first: NaN, infinity, or a position out of bounds.
/// (To functionalize a check is to turn the effect "stop here" into a result; the name is JAX's, of
/// `checkify`.)
///
/// ```
/// func @main(%0: f32) -> (f32) {
///   %1: f32 = log %0
///   return %1                               func @main(%0: f32) -> (f32, i32[3], f64[6]) {
/// }                                           %1: f32 = log %0
///                                    ───▶     %2: bool = is_finite %1
///                                             … the record [1, 0, 1] and the values [log x, x]
///                                             … where %2 is false and %0 finite, else zeros
///                                             return %1, %12, %13
///                                           }
/// ```
///
/// A record ([Checked]) is the number of a *site*, an equation that may fail, the place of the
/// element that did, and the iterations of all loops around it. Functions give theirs as two more
/// results; calls pass on what the callee gave, choices what the branch taken gave, loops carry the
/// first they got and put their iteration in front. What failed first is the first in the order of
/// equations and iterations. An unbounded `while` ends with a finding, since a NaN may keep it from
/// ending otherwise; a scan goes on to its end.
///
/// Checked are, after transformations are expanded, so in derivatives and in lanes too:
///
/// - equations that compute floats or complex numbers ([Suspicion]): a NaN in the result, or an
///   infinity where the operands are finite (at the same place for pointwise ops, all of them for
///   sums and products). Constants, choices and moves make none: `inf`, `-inf`, `nan` and
///   `where(mask, x, -inf)` may be written, and infinities be carried on. A NaN that came from a
///   file or a constant is reported where something is first computed from it;
/// - not, however, elements that only a `where` sees and does not choose ([Chosen]);
/// - positions of slices, gathers and scatters of the run time ([Positions]), before they are
///   clamped or dropped. These count even where the element is then not chosen.
///
/// Lanes that go different ways must have been kept apart when transformations were expanded, or
/// what a lane computes of a branch that it does not take counts as well; those of a branch with a
/// collective are not.
///
/// Limits: an `i64` or `u32` position beyond the array is shown as the first one outside. Arrays of
/// more than 2³¹ - 1 elements are not looked at. One loop over all equations; linear in their
/// number.
public final class FunctionalizeChecks {
  private final Map<FuncRef, Func> made = new LinkedHashMap<>();
  private final Map<FuncRef, Integer> loops = new HashMap<>();
  private final Map<FuncRef, Set<Integer>> unused = new HashMap<>();
  private final Set<FuncRef> hidden = new HashSet<>();
  private final List<Site> sites = new ArrayList<>();
  private final Set<String> taken = new HashSet<>();

  private final Inference inference =
      new Inference() {
        @Override
        public Signature signature(FuncRef function) {
          Func func = made.get(function);
          if (func == null) {
            throw new CompilerBug(function + " is called before it is defined");
          }
          return func.signature();
        }

        @Override
        public void unknown(Condition condition) {
          throw new IllTyped("undecided: " + condition);
        }
      };

  private FunctionalizeChecks(Program program) {
    program.funcs().keySet().forEach(f -> taken.add(f.name()));
  }

  /// The program with what is checked in it. One without entries stays as it is, since nobody is
  /// there to be told, and so does one that has been checked.
  public static Checked run(Program program) {
    boolean done = program.entries().stream().anyMatch(e -> Checked.added(e) > 0);
    if (done || program.entries().isEmpty()) {
      return new Checked(program, List.of());
    }
    var pass = new FunctionalizeChecks(program);
    program.funcs().values().forEach(pass::add);
    var entries = new ArrayList<Entry>();
    for (Entry entry : program.entries()) {
      if (pass.loops.containsKey(entry.func())) {
        var results = new ArrayList<>(entry.results());
        results.add(Checked.RECORD);
        results.add(Checked.VALUES);
        entries.add(new Entry(entry.func(), entry.params(), results));
      } else {
        entries.add(entry);
      }
    }
    return new Checked(Program.of(List.copyOf(pass.made.values()), entries), pass.sites);
  }

  private void add(Func func) {
    var chosen = Chosen.of(func.block(), (f, i) -> unused.get(f).contains(i));
    var nobody = new HashSet<Integer>();
    for (int i = 0; i < func.block().params().size(); i++) {
      if (chosen.unused(func.block().params().get(i))) {
        nobody.add(i);
      }
    }
    unused.put(func.ref(), nobody);
    var definitions = new Equation[func.block().ids()];
    var places = new int[func.block().ids()];
    var equations = func.block().equations();
    int depth = -1;
    for (int i = 0; i < equations.size(); i++) {
      Equation equation = equations.get(i);
      for (Value result : equation.results()) {
        definitions[result.id()] = equation;
        places[result.id()] = i;
      }
      depth = Math.max(depth, depth(equation, definitions));
    }
    if (depth < 0) {
      made.put(func.ref(), func);
      return;
    }
    Func checked = new Body(func, chosen, definitions, places, depth).run();
    made.put(func.ref(), checked);
    loops.put(func.ref(), depth);
  }

  /// How many loops deep the deepest check of an equation stands; -1 if there is none.
  private int depth(Equation equation, Equation[] definitions) {
    if (equation.op() instanceof Control op) {
      int inner = op.callees().stream().mapToInt(f -> loops.getOrDefault(f, -1)).max().orElse(-1);
      boolean loop = op instanceof Scan || op instanceof While;
      return inner >= 0 && loop ? inner + 1 : inner;
    }
    boolean any =
        Suspicion.of(equation) != Suspicion.NONE || !Positions.of(equation, definitions).isEmpty();
    return any ? 0 : -1;
  }

  private int site(Site site) {
    sites.add(site);
    return sites.size();
  }

  private static boolean inProgram(Origin origin) {
    return origin.span().map(at -> !at.source().isLibrary()).orElse(false);
  }

  private FuncRef fresh(String base) {
    String name = base;
    for (int i = 2; !taken.add(name); i++) {
      name = base + "." + i;
    }
    return new FuncRef(name);
  }

  private FuncBuilder function(String base) {
    return new FuncBuilder(fresh(base), inference);
  }

  private FuncRef define(FuncBuilder builder, List<Value> results) {
    made.put(builder.ref(), builder.finish(results));
    return builder.ref();
  }

  /// One function, copied with its checks.
  private final class Body {
    private final Func func;
    private final Chosen chosen;
    private final Equation[] definitions;
    private final int[] places;
    private final FuncBuilder b;
    private final Value[] now;
    private final Findings findings;
    private final Map<Integer, List<Equation>> later = new TreeMap<>();

    Body(Func func, Chosen chosen, Equation[] definitions, int[] places, int depth) {
      this.func = func;
      this.chosen = chosen;
      this.definitions = definitions;
      this.places = places;
      this.b = new FuncBuilder(func.ref(), inference);
      this.now = new Value[func.block().ids()];
      this.findings = new Findings(b, depth);
    }

    Func run() {
      Block block = func.block();
      block.params().forEach(p -> now[p.id()] = b.param(p.type()));
      for (int i = 0; i < block.equations().size(); i++) {
        Equation equation = block.equations().get(i);
        b.at(equation.origin());
        if (equation.op() instanceof Control op
            && op.callees().stream().anyMatch(loops::containsKey)) {
          control(equation, op);
        } else {
          positions(equation);
          List<Value> results = b.emit(equation.op(), now(equation.operands()));
          set(equation, results);
          suspect(equation, i);
        }
        for (Equation due : later.getOrDefault(i, List.of())) {
          b.at(due.origin());
          notFinite(due);
        }
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
      if (!inProgram(origin)) {
        hidden.add(func.ref());
      }
      return inProgram(origin);
    }

    private void positions(Equation equation) {
      for (Positions each : Positions.of(equation, definitions)) {
        Origin origin = equation.origin();
        Value at = now[each.indices().id()];
        int site = site(new Site.OutOfBounds(origin, at.type(), each.bounds()));
        findings.add(site, user(origin), each.outside(b, at), List.of(at));
      }
    }

    /// Checks the equation, which stands at place `i`: now, or where all is known that chooses
    /// from its result.
    private void suspect(Equation equation, int i) {
      if (Suspicion.of(equation) == Suspicion.NONE || chosen.unused(equation.result())) {
        return;
      }
      int due = i;
      for (Chosen.Term term : chosen.terms(equation.result())) {
        due = Math.max(due, places[term.predicate().id()]);
      }
      later.computeIfAbsent(due, _ -> new ArrayList<>()).add(equation);
    }

    private void notFinite(Equation equation) {
      Suspicion suspicion = Suspicion.of(equation);
      Value y = now[equation.result().id()];
      List<Value> xs = now(equation.operands());
      var terms =
          chosen.terms(equation.result()).stream()
              .map(t -> new Chosen.Term(now[t.predicate().id()], t.truth()))
              .collect(java.util.stream.Collectors.toSet());
      Value bad = Chosen.among(b, suspicion.bad(b, y, xs), terms);
      List<Value> shown = suspicion.shown(y, xs);
      Origin origin = equation.origin();
      var dtypes = shown.stream().map(v -> v.type().dtype()).toList();
      int site = site(new Site.NotFinite(origin, equation.op(), y.type(), dtypes));
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
      if (op instanceof While loop && loops.containsKey(loop.condition())) {
        lastTest(equation, loop, xs, all);
      }
    }

    /// Takes what an equation gave, and says that it came up there, if that is in the program and
    /// what failed is not.
    private void add(Equation equation, Value record, Value values) {
      findings.add(named(equation, record), values);
    }

    private Value named(Equation equation, Value record) {
      if (equation.op().callees().stream().noneMatch(hidden::contains)) {
        return record;
      }
      return user(equation.origin())
          ? Findings.by(b, record, site(new Site.Call(equation.origin())))
          : record;
    }

    /// Branches that both give records of one size.
    private Cond balanced(Cond cond) {
      int depth =
          Math.max(loops.getOrDefault(cond.then(), -1), loops.getOrDefault(cond.otherwise(), -1));
      return new Cond(balanced(cond.then(), depth), balanced(cond.otherwise(), depth));
    }

    private FuncRef balanced(FuncRef branch, int depth) {
      if (loops.getOrDefault(branch, -1) == depth) {
        return branch;
      }
      FuncBuilder g = function(branch.name() + ".checked");
      List<Value> in = params(g, inference.signature(branch).params());
      var found = new Findings(g, depth);
      List<Value> all = g.emit(new Call(branch), in);
      int count = all.size();
      if (loops.containsKey(branch)) {
        count -= 2;
        found.add(all.get(count), all.get(count + 1));
      }
      var results = new ArrayList<>(all.subList(0, count));
      results.addAll(found.first());
      return define(g, results);
    }

    /// The loop with the first record and its values as carries behind the others.
    private List<Value> scan(Equation equation, Scan scan, List<Value> xs) {
      boolean lanes = scan.body().name().startsWith(LanesApart.NAME);
      int site = site(new Site.Loop(equation.origin(), lanes));
      int depth = loops.get(scan.body()) + 1;
      List<ArrayType> types = inference.signature(scan.body()).params();
      int carry = scan.constants() + 1 + scan.carries();
      FuncBuilder g = function(scan.body().name() + ".checked");
      var in = new ArrayList<>(params(g, types.subList(0, carry)));
      Value record = g.param(Findings.recordType(depth));
      Value values = g.param(Findings.valuesType());
      in.addAll(params(g, types.subList(carry, types.size())));
      List<Value> out = g.emit(new Call(scan.body()), in);
      int own = out.size() - 2;
      var first = new Findings(g, depth);
      first.add(record, values);
      Value inner = Findings.in(g, out.get(own), site, in.get(scan.constants()));
      first.add(inner, out.get(own + 1));
      var results = new ArrayList<>(out.subList(0, scan.carries()));
      results.addAll(first.first());
      results.addAll(out.subList(scan.carries(), own));
      FuncRef body = define(g, results);
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
      return List.of(b.zeros(Findings.recordType(depth)), b.zeros(Findings.valuesType()));
    }

    /// The loop with the first record, its values and the number of bodies as carries behind the
    /// others. It ends with a finding.
    private List<Value> loop(Equation equation, While loop, List<Value> xs) {
      int depth = 1 + loops.getOrDefault(loop.body(), 0);
      depth = Math.max(depth, 1 + loops.getOrDefault(loop.condition(), 0));
      int site = site(new Site.Loop(equation.origin(), false));
      var types = new ArrayList<>(xs.stream().map(Value::type).toList());
      int own = types.size();
      types.add(Findings.recordType(depth));
      types.add(Findings.valuesType());
      types.add(ArrayType.scalar(DType.I32));

      FuncBuilder test = function(loop.condition().name() + ".checked");
      List<Value> seen = params(test, types);
      Value holds = test.emit(new Call(loop.condition()), seen.subList(0, own)).getFirst();
      Value good = test.emit1(Bits.NOT, Findings.found(test, seen.get(own)));
      FuncRef condition = define(test, List.of(test.emit1(Bits.AND, holds, good)));

      FuncBuilder g = function(loop.body().name() + ".checked");
      List<Value> in = params(g, types);
      Value count = in.get(own + 2);
      var first = new Findings(g, depth);
      first.add(in.get(own), in.get(own + 1));
      if (loops.containsKey(loop.condition())) {
        List<Value> again = g.emit(new Call(loop.condition()), in.subList(0, own));
        first.add(Findings.in(g, again.get(1), site, count), again.get(2));
      }
      List<Value> out = g.emit(new Call(loop.body()), in.subList(0, own));
      int carries = own - loop.constants();
      if (loops.containsKey(loop.body())) {
        first.add(Findings.in(g, out.get(carries), site, count), out.get(carries + 1));
      }
      var results = new ArrayList<>(out.subList(0, carries));
      results.addAll(first.first());
      results.add(g.add(count, g.position(1)));
      FuncRef body = define(g, results);

      var operands = new ArrayList<>(xs);
      operands.addAll(nothing(depth));
      operands.add(b.position(0));
      return b.emit(new While(condition, body, loop.constants(), loop.max()), operands);
    }

    /// The test that ended a loop is in no body: it is done once more on the last carry, unless
    /// the loop ended because it had gone round often enough.
    private void lastTest(Equation equation, While loop, List<Value> xs, List<Value> all) {
      int carries = equation.results().size();
      var operands = new ArrayList<>(xs.subList(0, loop.constants()));
      operands.addAll(all.subList(0, carries));
      List<Value> tested = b.emit(new Call(loop.condition()), operands);
      Value count = all.get(carries + 2);
      int site = site(new Site.Loop(equation.origin(), false));
      Value record = named(equation, Findings.in(b, tested.get(1), site, count));
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
}
