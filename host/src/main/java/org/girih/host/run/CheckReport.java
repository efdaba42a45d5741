package org.girih.host.run;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.girih.host.array.HostArray;
import org.girih.host.print.ValuePrinter;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.op.Op;
import org.girih.ir.program.Origin;
import org.girih.ir.source.Span;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Elements;
import org.girih.passes.check.Checked.Finding;
import org.girih.passes.check.Checked.Iteration;
import org.girih.passes.check.RecordSite;

/// Reports what `--check` found, as a diagnostic: the place, the values, the lane, and the
/// iterations of all loops of the program around it, those of the host outermost.
final class CheckReport {
  /// Longer source texts are cut in messages; the excerpt shows them whole.
  private static final int MAX_TEXT = 40;

  /// An iteration of a loop of the host.
  ///
  /// @param at its range or condition
  /// @param number counted from 0
  record HostIteration(Span at, int number) {}

  private CheckReport() {}

  /// @param iterations the iterations of the host's loops, the outermost first
  static Diagnostic of(Finding finding, List<HostIteration> iterations) {
    Optional<Span> at =
        finding.around().map(RecordSite::origin).orElse(finding.site().origin()).span();
    var loops = new ArrayList<>(iterations);
    var lanes = new ArrayList<Integer>();
    for (Iteration iteration : finding.iterations()) {
      Optional<Span> loop = iteration.loop().origin().span();
      if (iteration.loop().lanes()) {
        lanes.add(iteration.number());
      } else if (loop.isPresent() && !loop.get().source().isLibrary()) {
        loops.add(new HostIteration(loop.get(), iteration.number()));
      }
    }
    Diagnostic diagnostic =
        switch (finding.site()) {
          case RecordSite.NotFinite site -> notFinite(site, finding, at, lanes, loops);
          case RecordSite.OutOfBounds site -> outOfBounds(site, finding, at, lanes, loops);
          case RecordSite.Asserted site -> asserted(site, finding, at, lanes, loops);
          case RecordSite.Loop _, RecordSite.Call _ ->
              throw new IllegalStateException("no failure");
        };
    for (HostIteration iteration : loops) {
      diagnostic = diagnostic.label(head(iteration.at), "iteration " + iteration.number);
    }
    return diagnostic;
  }

  private static Diagnostic notFinite(
      RecordSite.NotFinite site,
      Finding finding,
      Optional<Span> at,
      List<Integer> lanes,
      List<HostIteration> loops) {
    List<String> values = values(site.shown(), finding.values());
    String what = at.map(CheckReport::text).orElse(site.op().primitive());
    String subject =
        switch (site.origin().derivative()) {
          case NONE -> what;
          case TANGENT -> "the derivative of " + what;
          case COTANGENT -> "the way back through " + what;
        };
    String message =
        subject
            + " gives "
            + values.getFirst()
            + element(site.origin(), site.type(), finding.place(), lanes)
            + lanes(lanes)
            + iterations(loops);
    String label = operation(site.op()) + operands(values.subList(1, values.size()));
    return error(Code.NOT_FINITE, at, message)
        .primary(label)
        .help(
            "`print` the operands, or keep them where the operation is defined:"
                + " `log(where(x > 0, x, 1))`");
  }

  private static Diagnostic outOfBounds(
      RecordSite.OutOfBounds site,
      Finding finding,
      Optional<Span> at,
      List<Integer> lanes,
      List<HostIteration> loops) {
    int entries = site.bounds().size();
    RecordSite.Bound bound = site.bounds().get(finding.place() % entries);
    long position = (long) finding.values()[0];
    // What is still below 0 was counted from the end and did not reach the front.
    long written = position < 0 ? position - bound.size() : position;
    String what =
        bound.block() == 1
            ? "index " + written
            : "a block of " + bound.block() + " from " + written + " on";
    // The last axis of index vectors counts the axes that they index.
    ArrayType type = site.indices();
    ArrayType each =
        type.isScalar() ? type : type.withDims(type.dims().subList(0, type.rank() - 1));
    String element = element(site.origin(), each, finding.place() / entries, lanes);
    String message =
        what
            + " is out of bounds for size "
            + bound.size()
            + element
            + lanes(lanes)
            + iterations(loops);
    return error(Code.POSITION_OUT_OF_BOUNDS, at, message)
        .help(
            "without `--check` a read outside is clamped to the nearest element, a write dropped");
  }

  private static Diagnostic asserted(
      RecordSite.Asserted site,
      Finding finding,
      Optional<Span> at,
      List<Integer> lanes,
      List<HostIteration> loops) {
    var shown = new ArrayList<HostArray>();
    for (int i = 0; i < site.shown().size(); i++) {
      shown.add(scalar(site.shown().get(i), finding.values()[i]));
    }
    String element = element(site.origin(), site.type(), finding.place(), lanes);
    String message =
        PrintTemplate.of(site.template()).line(shown) + element + lanes(lanes) + iterations(loops);
    Diagnostic diagnostic = error(Code.ASSERTION_FAILED, at, message);
    Optional<Span> written = site.origin().span().filter(span -> !span.source().isLibrary());
    return written.isPresent() && !written.equals(at)
        ? diagnostic.label(written.get(), "asserted here")
        : diagnostic;
  }

  private static Diagnostic error(Code code, Optional<Span> at, String message) {
    return at.map(span -> Diagnostic.error(code, span, message))
        .orElseGet(() -> Diagnostic.error(code, message));
  }

  /// Returns ` at [2, 0]`, the element's place behind the lanes, which are added to `lanes`.
  private static String element(Origin origin, ArrayType type, int place, List<Integer> lanes) {
    long[] sizes = type.sizes();
    var indices = new ArrayList<Integer>();
    int rest = place;
    for (int axis = sizes.length - 1; axis >= 0; axis--) {
      indices.addFirst((int) (rest % sizes[axis]));
      rest = (int) (rest / sizes[axis]);
    }
    int count = Math.min(origin.lanes(), sizes.length);
    lanes.addAll(indices.subList(0, count));
    List<Integer> own = indices.subList(count, indices.size());
    return own.isEmpty() ? "" : " at " + own;
  }

  private static String lanes(List<Integer> lanes) {
    return lanes.isEmpty()
        ? ""
        : " in lane " + lanes.stream().map(Object::toString).collect(Collectors.joining(", "));
  }

  private static String iterations(List<HostIteration> loops) {
    return loops.reversed().stream()
        .map(r -> ", in iteration " + r.number + " of the loop at " + r.at.place())
        .collect(Collectors.joining());
  }

  private static String operation(Op op) {
    return op.primitive().replace('_', ' ');
  }

  private static String operands(List<String> values) {
    return values.isEmpty() ? "" : " of " + String.join(" and ", values);
  }

  private static List<String> values(List<DType> dtypes, double[] numbers) {
    var out = new ArrayList<String>();
    int next = 0;
    for (DType dtype : dtypes) {
      if (dtype.complex()) {
        String imaginary = number(dtype.real(), numbers[next + 1]);
        String sign = imaginary.startsWith("-") ? "" : "+";
        out.add("(" + number(dtype.real(), numbers[next]) + sign + imaginary + "j)");
        next += 2;
      } else {
        out.add(number(dtype, numbers[next++]));
      }
    }
    return out;
  }

  private static String number(DType dtype, double value) {
    return ValuePrinter.print(scalar(dtype, value));
  }

  private static HostArray scalar(DType dtype, double value) {
    Number exact = dtype.inexact() ? (Number) value : (Number) (long) value;
    return new HostArray(dtype, new long[0], MemorySegment.ofArray(Elements.of(dtype, exact)));
  }

  /// Returns the source's words, in one line.
  private static String text(Span at) {
    String line = at.text().replaceAll("\\s+", " ");
    return "`" + (line.length() > MAX_TEXT ? line.substring(0, MAX_TEXT - 1) + "…" : line) + "`";
  }

  /// Returns what comes before the body of a loop, in its first line.
  private static Span head(Span at) {
    int body = at.text().indexOf(" {");
    int line = at.source().line(at.start());
    int end = at.source().lineStart(line) + at.source().lineText(line).stripTrailing().length();
    int last = Math.min(body < 0 ? at.end() : at.start() + body, end);
    return new Span(at.source(), at.start(), Math.max(at.start(), last));
  }
}
