package org.girih.passes.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.girih.ir.diagnostic.CompilerBug;
import org.girih.ir.op.Assert;
import org.girih.ir.op.Control;
import org.girih.ir.op.FuncRef;
import org.girih.ir.op.IllTyped;
import org.girih.ir.op.Inference;
import org.girih.ir.op.Scan;
import org.girih.ir.op.While;
import org.girih.ir.program.Entry;
import org.girih.ir.program.Equation;
import org.girih.ir.program.Func;
import org.girih.ir.program.FuncBuilder;
import org.girih.ir.program.Origin;
import org.girih.ir.program.Program;
import org.girih.ir.type.Condition;
import org.girih.ir.type.Value;

/// Makes a program report what went wrong in it first: NaN, infinity, or a position out of bounds.
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
/// element that did, and the iterations of all loops around it. Functions return theirs as two more
/// results; calls pass on what the callee returned, choices what the branch taken returned, loops
/// carry the first they got and put their iteration in front. What failed first is the first in the
/// order of equations and iterations. An unbounded `while` ends with a finding, since a NaN may
/// keep it from ending otherwise; a scan goes on to its end.
///
/// Checked are, after transformations are expanded, so in derivatives and in lanes too:
///
/// - equations that compute floats or complex numbers ([NanCheck]): a NaN in the result, or an
///   infinity where the operands are finite (at the same place for pointwise ops, all of them for
///   sums and products). Constants, choices and moves make none: `inf`, `-inf`, `nan` and
///   `where(mask, x, -inf)` may be written, and infinities be carried on. A NaN that came from a
///   file or a constant is reported where something is first computed from it;
/// - not, however, elements that only a `where` sees and does not choose ([UsedElements]);
/// - assertions, [org.girih.ir.op.Assert]: the condition is their result;
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
  private final List<RecordSite> sites = new ArrayList<>();
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

  private final boolean numbers;

  private FunctionalizeChecks(Program program, boolean numbers) {
    this.numbers = numbers;
    program.funcs().keySet().forEach(f -> taken.add(f.name()));
  }

  /// Returns the program with what is checked in it. One without entries stays as it is, since no
  /// one is there to be told, and so does one that has been checked.
  public static Checked run(Program program) {
    return run(program, true);
  }

  /// Returns the same, or a program that looks at nothing but its assertions.
  ///
  /// @param numbers whether NaNs, infinities and positions are looked at too
  public static Checked run(Program program, boolean numbers) {
    boolean done = program.entries().stream().anyMatch(e -> Checked.added(e) > 0);
    if (done || program.entries().isEmpty()) {
      return new Checked(program, List.of());
    }
    var pass = new FunctionalizeChecks(program, numbers);
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
    var chosen = UsedElements.of(func.block(), (f, i) -> unused.get(f).contains(i));
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
    Func checked = new CheckedBody(this, func, chosen, definitions, places, depth).run();
    made.put(func.ref(), checked);
    loops.put(func.ref(), depth);
  }

  /// Returns how many loops deep the deepest check of an equation is; -1 if there is none.
  private int depth(Equation equation, Equation[] definitions) {
    if (equation.op() instanceof Control op) {
      int inner = op.callees().stream().mapToInt(f -> loops.getOrDefault(f, -1)).max().orElse(-1);
      boolean loop = op instanceof Scan || op instanceof While;
      return inner >= 0 && loop ? inner + 1 : inner;
    }
    boolean any =
        equation.op() instanceof Assert
            || nan(equation).isPresent()
            || !positions(equation, definitions).isEmpty();
    return any ? 0 : -1;
  }

  /// Returns how an equation is checked for a NaN and an infinity, if it is.
  Optional<NanCheck> nan(Equation equation) {
    return numbers ? NanCheck.of(equation) : Optional.empty();
  }

  /// Returns the positions of an equation that are checked.
  List<Positions> positions(Equation equation, Equation[] definitions) {
    return numbers ? Positions.of(equation, definitions) : List.of();
  }

  /// Returns whether a function has checks in it.
  boolean checks(FuncRef function) {
    return loops.containsKey(function);
  }

  /// Returns how many loops deep the deepest check of a function is; -1 if there is none.
  int depth(FuncRef function) {
    return loops.getOrDefault(function, -1);
  }

  Inference.Signature signature(FuncRef function) {
    return inference.signature(function);
  }

  /// Returns the number of a site, from 1.
  int site(RecordSite site) {
    sites.add(site);
    return sites.size();
  }

  /// Returns whether a site is in the program's own source; the function that one is not in is
  /// hidden.
  boolean inProgram(Origin origin, FuncRef function) {
    boolean own = origin.span().map(at -> !at.source().isLibrary()).orElse(false);
    if (!own) {
      hidden.add(function);
    }
    return own;
  }

  /// Returns whether a function has a site that is not in the program's own source.
  boolean hidden(FuncRef function) {
    return hidden.contains(function);
  }

  private FuncRef fresh(String base) {
    String name = base;
    for (int i = 2; !taken.add(name); i++) {
      name = base + "." + i;
    }
    return new FuncRef(name);
  }

  /// Begins a function with a name that no other has.
  FuncBuilder function(String base) {
    return function(fresh(base));
  }

  FuncBuilder function(FuncRef ref) {
    return new FuncBuilder(ref, inference);
  }

  /// Ends a function.
  FuncRef define(FuncBuilder builder, List<Value> results) {
    made.put(builder.ref(), builder.finish(results));
    return builder.ref();
  }
}
