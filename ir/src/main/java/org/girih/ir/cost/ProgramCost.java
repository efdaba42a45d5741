package org.girih.ir.cost;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Predicate;
import org.girih.ir.op.Call;
import org.girih.ir.op.Cond;
import org.girih.ir.op.Control;
import org.girih.ir.op.FuncRef;
import org.girih.ir.op.Scan;
import org.girih.ir.op.While;
import org.girih.ir.op.Work;
import org.girih.ir.program.Equation;
import org.girih.ir.program.Func;
import org.girih.ir.program.Origin;
import org.girih.ir.program.Program;
import org.girih.ir.source.Source;
import org.girih.ir.source.Span;
import org.girih.ir.type.Value;

/// The cost of each function of a program without transformations, by places of the source.
///
/// A `scan` costs its body as often as it turns, a `while max n` at most n bodies, a `while` of
/// which nothing is known one iteration; a `cond` costs its dearer branch, that with more
/// operations, or with as many, more bytes. Each such bound is [marked][Trips]. What a callee does
/// is counted where it is, or, if that is not a source that is shown (the library), where it is
/// called.
public final class ProgramCost {
  /// A line of a source, from 1.
  public record Place(Source source, int line) {}

  /// Tells what is known of how often something is done.
  public enum Trips {
    EXACT,
    /// As often as counted, or less.
    AT_MOST,
    /// That much per iteration of a loop whose number of iterations is not known.
    PER_ROUND;

    private Trips or(Trips other) {
      return compareTo(other) >= 0 ? this : other;
    }
  }

  /// The cost of a place.
  ///
  /// @param own the program's values
  /// @param derivative tangents and cotangents of them
  public record Share(Cost own, Cost derivative, Trips trips) {
    public Cost total() {
      return own.plus(derivative);
    }

    public Share plus(Share other) {
      return new Share(
          own.plus(other.own), derivative.plus(other.derivative), trips.or(other.trips));
    }

    /// Returns the share that many times, with what is known of that number.
    public Share times(double count, Trips known) {
      return new Share(own.times(count), derivative.times(count), trips.or(known));
    }
  }

  private final Predicate<Source> shown;
  private final boolean once;
  private final Map<FuncRef, SequencedMap<Optional<Place>, Share>> functions = new HashMap<>();

  private ProgramCost(Predicate<Source> shown, boolean once) {
    this.shown = shown;
    this.once = once;
  }

  /// @param shown the sources whose lines are told apart
  public static ProgramCost of(Program program, Predicate<Source> shown) {
    return of(program, shown, false);
  }

  /// Returns the same with each loop counted as if it turned once, as XLA's analysis does.
  public static ProgramCost turningOnce(Program program, Predicate<Source> shown) {
    return of(program, shown, true);
  }

  private static ProgramCost of(Program program, Predicate<Source> shown, boolean once) {
    var out = new ProgramCost(shown, once);
    // Callees come before callers.
    program.funcs().values().forEach(out::add);
    return out;
  }

  /// Returns the cost of a call of a function; what has no place is under the empty one.
  public SequencedMap<Optional<Place>, Share> of(FuncRef function) {
    return functions.get(function);
  }

  /// Returns the same in one sum.
  public Cost total(FuncRef function) {
    return total(functions.get(function));
  }

  public static Cost total(Map<Optional<Place>, Share> shares) {
    return shares.values().stream().map(Share::total).reduce(Cost.NONE, Cost::plus);
  }

  /// Returns the operations of one equation of the program, with those of the functions that it
  /// names.
  public double operations(Equation each) {
    Work work = each.op().work(types(each.operands()), types(each.results()));
    double named = each.op() instanceof Control control ? total(called(control)).operations() : 0;
    return work.flops() + work.transcendentals() + named;
  }

  private void add(Func func) {
    List<Equation> equations = func.block().equations();
    var works = new Work[equations.size()];
    for (int i = 0; i < works.length; i++) {
      Equation each = equations.get(i);
      works[i] = each.op().work(types(each.operands()), types(each.results()));
    }
    double[] bytes = Traffic.of(func.block(), works);
    var shares = new LinkedHashMap<Optional<Place>, Share>();
    for (int i = 0; i < works.length; i++) {
      Equation each = equations.get(i);
      Optional<Place> place = place(each.origin());
      var cost = new Cost(works[i].flops(), works[i].transcendentals(), bytes[i]);
      if (!cost.equals(Cost.NONE)) {
        merge(shares, place, share(cost, each.origin().derivative()));
      }
      if (each.op() instanceof Control control) {
        called(control).forEach((at, share) -> merge(shares, at.or(() -> place), share));
      }
    }
    functions.put(func.ref(), shares);
  }

  private static List<org.girih.ir.type.ArrayType> types(List<Value> values) {
    return values.stream().map(Value::type).toList();
  }

  private static Share share(Cost cost, Origin.Derivative derivative) {
    return switch (derivative) {
      case NONE -> new Share(cost, Cost.NONE, Trips.EXACT);
      case TANGENT, COTANGENT -> new Share(Cost.NONE, cost, Trips.EXACT);
    };
  }

  private Optional<Place> place(Origin origin) {
    return origin.span().filter(at -> shown.test(at.source())).map(ProgramCost::place);
  }

  private static Place place(Span at) {
    return new Place(at.source(), at.source().line(at.start()));
  }

  /// Returns what an equation costs by the functions that it names.
  private Map<Optional<Place>, Share> called(Control op) {
    return switch (op) {
      case Call(FuncRef callee) -> of(callee);
      case Cond(FuncRef then, FuncRef otherwise) -> dearer(of(then), of(otherwise));
      case Scan scan ->
          times(
              of(scan.body()),
              once ? Math.min(1, Work.size(scan.length())) : Work.size(scan.length()),
              scan.counted() ? Trips.AT_MOST : Trips.EXACT);
      case While loop -> {
        boolean bounded = loop.max().isPresent();
        double turns = bounded && !once ? loop.max().getAsInt() : 1;
        double tests = bounded && !once ? turns + 1 : 1;
        Trips known = bounded ? Trips.AT_MOST : Trips.PER_ROUND;
        var out = new LinkedHashMap<>(times(of(loop.body()), turns, known));
        times(of(loop.condition()), tests, known).forEach((at, share) -> merge(out, at, share));
        yield out;
      }
    };
  }

  private static Map<Optional<Place>, Share> times(
      Map<Optional<Place>, Share> shares, double count, Trips known) {
    var out = new LinkedHashMap<Optional<Place>, Share>();
    shares.forEach((at, share) -> out.put(at, share.times(count, known)));
    return out;
  }

  /// Returns that of two costs with more operations, or with as many, more bytes; marked where the
  /// other would have been cheaper.
  public static Map<Optional<Place>, Share> dearer(
      Map<Optional<Place>, Share> a, Map<Optional<Place>, Share> b) {
    Cost left = total(a);
    Cost right = total(b);
    int order = Double.compare(left.operations(), right.operations());
    if (order == 0) {
      order = Double.compare(left.bytes(), right.bytes());
    }
    return times(order >= 0 ? a : b, 1, left.equals(right) ? Trips.EXACT : Trips.AT_MOST);
  }

  /// Adds to what a place costs.
  public static void merge(Map<Optional<Place>, Share> into, Optional<Place> place, Share share) {
    into.merge(place, share, Share::plus);
  }
}
