package org.girih.grammar.elaborate.intrinsic;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.girih.grammar.elaborate.array.Operands;
import org.girih.grammar.elaborate.array.Operators;
import org.girih.grammar.elaborate.array.Statics;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Fault;
import org.girih.grammar.elaborate.core.Intrinsic;
import org.girih.grammar.elaborate.core.Val;
import org.girih.grammar.elaborate.expression.Indexing;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.op.Arithmetic;
import org.girih.ir.op.Compare;
import org.girih.ir.op.Dot;
import org.girih.ir.op.Iota;
import org.girih.ir.op.ReduceSum;
import org.girih.ir.op.Reshape;
import org.girih.ir.op.Select;
import org.girih.ir.type.DType;
import org.girih.ir.type.Dim;

/// `einsum("ij,jk->ik", a, b)`: NumPy's notation, implicit output, repeated labels (diagonals) and
/// `...` included.
///
/// Operands are contracted pair by pair from the left; a label that no later operand and not the
/// output has is summed as soon as it can be. Each pair is one `dot`.
final class Einsum {
  private Einsum() {}

  /// An operand with one label an axis; no label twice.
  private record Labelled(Val.Array array, List<String> labels) {}

  static Val eval(Elaboration e, Intrinsic.Args args) {
    String formula = Statics.text(e, args, "formula").replace(" ", "");
    List<Val> items = ((Val.Tuple) args.get("operands")).items();
    var given = items.stream().map(i -> new Operands.Operand(i, args.at())).toList();
    if (given.isEmpty()) {
      throw bad(e, args, "no operands");
    }
    List<Val.Array> arrays = Operands.unify(e, args.at(), "`einsum`", given).arrays();
    if (!arrays.getFirst().dtype().numeric()) {
      throw PointwiseIntrinsics.badDType(e, args, arrays.getFirst(), "");
    }
    String[] halves = formula.split("->", -1);
    if (halves.length > 2) {
      throw bad(e, args, "`->` is repeated");
    }
    String[] inputs = halves[0].split(",", -1);
    if (inputs.length != arrays.size()) {
      throw bad(e, args, inputs.length + " terms for " + arrays.size() + " operands");
    }
    var operands = new ArrayList<Labelled>();
    var sizes = new LinkedHashMap<String, Dim>();
    int dots = 0;
    for (int i = 0; i < inputs.length; i++) {
      var labels = labels(e, args, inputs[i], arrays.get(i));
      dots = Math.max(dots, (int) labels.stream().filter(l -> l.startsWith(".")).count());
      operands.add(labelled(e, args, arrays.get(i), labels, sizes));
    }
    List<String> output =
        halves.length == 2
            ? output(e, args, halves[1], dots, sizes.keySet())
            : implicit(halves[0], dots);
    return contract(e, operands, output, sizes);
  }

  private static Fault bad(Elaboration e, Intrinsic.Args args, String problem) {
    return e.fault(Code.BAD_EINSUM, args.span("formula"), "in the formula of `einsum`: " + problem);
  }

  /// One label an axis; those of `...` are `.0` for the last of its axes, `.1` for the one before,
  /// ….
  private static List<String> labels(
      Elaboration e, Intrinsic.Args args, String term, Val.Array array) {
    var labels = new ArrayList<String>();
    int letters = term.replace(".", "").length();
    boolean any = term.contains("...");
    if (any ? letters > array.rank() : letters != array.rank()) {
      throw bad(e, args, "`" + term + "` for " + array.type());
    }
    for (int i = 0; i < term.length(); i++) {
      char c = term.charAt(i);
      if (term.startsWith("...", i)) {
        for (int k = array.rank() - letters; k > 0; k--) {
          labels.add("." + (k - 1));
        }
        i += 2;
      } else if (Character.isLetter(c) && c < 128) {
        labels.add(String.valueOf(c));
      } else {
        throw bad(e, args, "`" + c + "` is not a label");
      }
    }
    if (labels.size() != array.rank()) {
      throw bad(e, args, "`...` is repeated in `" + term + "`");
    }
    return labels;
  }

  /// Checks sizes against those of equal labels and takes diagonals.
  private static Labelled labelled(
      Elaboration e,
      Intrinsic.Args args,
      Val.Array array,
      List<String> labels,
      Map<String, Dim> sizes) {
    for (int i = 0; i < labels.size(); i++) {
      String label = labels.get(i);
      Dim size = array.type().dim(i);
      Dim before = sizes.putIfAbsent(label, size);
      if (before != null && before.equalTo(size) == Dim.Truth.NO) {
        if (before.equals(Dim.of(1))) {
          sizes.put(label, size);
        } else if (!size.equals(Dim.of(1))) {
          throw bad(e, args, "label `" + label + "` has sizes " + before + " and " + size);
        }
      }
    }
    var kept = new ArrayList<String>();
    Val.Array out = array;
    for (int i = 0; i < labels.size(); i++) {
      int first = kept.indexOf(labels.get(i));
      if (first < 0) {
        kept.add(labels.get(i));
      } else {
        out = diagonal(e, out, first, kept.size());
      }
    }
    return new Labelled(out, kept);
  }

  /// Keeps what has equal positions on two axes of one size; the second axis goes.
  private static Val.Array diagonal(Elaboration e, Val.Array x, int a, int b) {
    var dims = x.type().dims();
    Val.Array same =
        e.emit1(
            Compare.EQ,
            e.emit1(new Iota(DType.I32, dims, a)),
            e.emit1(new Iota(DType.I32, dims, b)));
    Val.Array masked = e.emit1(new Select(), same, x, Operators.fill(e, x, 0));
    return e.emit1(new ReduceSum(List.of(b)), masked);
  }

  private static List<String> output(
      Elaboration e, Intrinsic.Args args, String term, int dots, Set<String> known) {
    var labels = new ArrayList<String>();
    for (int i = 0; i < term.length(); i++) {
      if (term.startsWith("...", i)) {
        for (int k = dots; k > 0; k--) {
          labels.add("." + (k - 1));
        }
        i += 2;
      } else {
        labels.add(String.valueOf(term.charAt(i)));
      }
    }
    for (String label : labels) {
      if (!known.contains(label)) {
        throw bad(e, args, "no operand has label `" + label + "`");
      }
    }
    if (new LinkedHashSet<>(labels).size() != labels.size()) {
      throw bad(e, args, "a label is repeated in the output");
    }
    if (!term.contains("...") && dots > 0) {
      throw bad(e, args, "the output lacks `...`");
    }
    return labels;
  }

  /// Without `->`: the axes of `...`, then the labels that occur once, by the alphabet.
  private static List<String> implicit(String terms, int dots) {
    var counts = new TreeMap<String, Integer>();
    for (char c : terms.toCharArray()) {
      if (Character.isLetter(c)) {
        counts.merge(String.valueOf(c), 1, Integer::sum);
      }
    }
    var out = new ArrayList<String>();
    for (int k = dots; k > 0; k--) {
      out.add("." + (k - 1));
    }
    counts.forEach(
        (label, count) -> {
          if (count == 1) {
            out.add(label);
          }
        });
    return out;
  }

  private static Val contract(
      Elaboration e, List<Labelled> operands, List<String> output, Map<String, Dim> sizes) {
    Labelled acc = operands.getFirst();
    for (int i = 0; i < operands.size(); i++) {
      var later = new LinkedHashSet<>(output);
      for (Labelled o : operands.subList(Math.min(i + 1, operands.size()), operands.size())) {
        later.addAll(o.labels);
      }
      acc =
          i == 0
              ? summed(e, acc, later)
              : pair(e, acc, summed(e, operands.get(i), union(later, acc.labels)), later, sizes);
    }
    return arranged(e, acc, output, sizes);
  }

  private static Set<String> union(Set<String> a, List<String> b) {
    var out = new LinkedHashSet<>(a);
    out.addAll(b);
    return out;
  }

  /// Sums away the labels that nothing needs.
  private static Labelled summed(Elaboration e, Labelled x, Set<String> needed) {
    var axes = new ArrayList<Integer>();
    var kept = new ArrayList<String>();
    for (int i = 0; i < x.labels.size(); i++) {
      if (needed.contains(x.labels.get(i))) {
        kept.add(x.labels.get(i));
      } else {
        axes.add(i);
      }
    }
    return axes.isEmpty() ? x : new Labelled(e.emit1(new ReduceSum(axes), x.array), kept);
  }

  private static Labelled pair(
      Elaboration e, Labelled a, Labelled b, Set<String> needed, Map<String, Dim> sizes) {
    Labelled x = widened(e, a, b, sizes);
    Labelled y = widened(e, b, a, sizes);
    var xBatch = new ArrayList<Integer>();
    var yBatch = new ArrayList<Integer>();
    var xSum = new ArrayList<Integer>();
    var ySum = new ArrayList<Integer>();
    var labels = new ArrayList<String>();
    for (int i = 0; i < x.labels.size(); i++) {
      int j = y.labels.indexOf(x.labels.get(i));
      if (j >= 0 && needed.contains(x.labels.get(i))) {
        xBatch.add(i);
        yBatch.add(j);
        labels.add(x.labels.get(i));
      } else if (j >= 0) {
        xSum.add(i);
        ySum.add(j);
      }
    }
    x.labels.stream().filter(l -> !y.labels.contains(l)).forEach(labels::add);
    y.labels.stream().filter(l -> !x.labels.contains(l)).forEach(labels::add);
    if (xSum.isEmpty() && xBatch.isEmpty() && x.labels.isEmpty() && y.labels.isEmpty()) {
      return new Labelled(e.emit1(Arithmetic.MULTIPLY, x.array, y.array), labels);
    }
    Val.Array out = e.emit1(new Dot(xBatch, yBatch, xSum, ySum), x.array, y.array);
    // What was batched or contracted may still hold labels that nothing needs.
    return summed(e, new Labelled(out, labels), needed);
  }

  /// Shared labels of size 1 stretched to the size that they have elsewhere.
  private static Labelled widened(
      Elaboration e, Labelled x, Labelled other, Map<String, Dim> sizes) {
    var dims = new ArrayList<>(x.array.type().dims());
    for (int i = 0; i < dims.size(); i++) {
      String label = x.labels.get(i);
      if (other.labels.contains(label)) {
        dims.set(i, sizes.get(label));
      }
    }
    return new Labelled(Operands.stretch(e, x.array, dims), x.labels);
  }

  private static Val arranged(
      Elaboration e, Labelled x, List<String> output, Map<String, Dim> sizes) {
    var order = new ArrayList<Integer>();
    for (String label : output) {
      if (x.labels.contains(label)) {
        order.add(x.labels.indexOf(label));
      }
    }
    Val.Array out = Indexing.permute(e, x.array, order);
    var dims = output.stream().map(sizes::get).toList();
    if (out.rank() == dims.size()) {
      return Operands.stretch(e, out, dims);
    }
    var narrow = new ArrayList<Dim>();
    int next = 0;
    for (String label : output) {
      narrow.add(x.labels.contains(label) ? out.type().dim(next++) : Dim.of(1));
    }
    return Operands.stretch(e, e.emit1(new Reshape(narrow), out), dims);
  }
}
